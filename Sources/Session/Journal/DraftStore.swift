import WebhookModel

/// Where staged edits wait for the next start when the terminal is gone before they were committed: a port beside the
/// journal's, and in the same file.
package protocol DraftStore: Sendable {
    /// Puts what is staged now in place of what the session kept before for these webhooks; no lines forget one.
    func save(_ entries: [DraftEntry], of session: String, for target: CommitTarget, at time: Timestamp)
        async throws(JournalError)
    /// Forgets a session's draft.
    func drop(_ session: String) async throws(JournalError)
    /// The drafts of a profile on a host, newest first, but for those of sessions that live.
    func drafts(profile: String, host: String) async throws(JournalError) -> [Draft]
}

/// One webhook's staged edits, as commands.
package struct DraftEntry: Hashable, Sendable {
    package var key: WebhookKey
    /// In the order in which the webhooks were first staged.
    package var position: Int
    package var lines: [String]
    /// A digest of the document that they were made against; nil for a webhook to create.
    package var base: String?

    package init(key: WebhookKey, position: Int, lines: [String], base: String? = nil) {
        self.key = key
        self.position = position
        self.lines = lines
        self.base = base
    }
}

package struct Draft: Hashable, Sendable {
    package var session: String
    /// What it was staged for, the organization included.
    package var target: CommitTarget
    package var savedAt: Timestamp
    package var entries: [DraftEntry]

    package init(session: String, target: CommitTarget, savedAt: Timestamp, entries: [DraftEntry]) {
        self.session = session
        self.target = target
        self.savedAt = savedAt
        self.entries = entries
    }
}
