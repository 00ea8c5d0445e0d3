import LosslessJSON
import WebhookModel

/// A plan with the reading it was made from: what a commit that was looked at and confirmed goes by.
package struct PreparedCommit: Sendable {
    package let plan: Plan
    package let options: CommitOptions
    /// What of the plan is over the limits; with any, nothing is sent.
    package let breaches: [LimitBreach]
    package let source: Source
    let snapshot: LiveSnapshot
    /// Webhooks that were there before anything is sent, though the reading may lack them: of replicas it may be older than
    /// the journal. None of them is what comes of a create.
    let seenBefore: Set<WebhookID>
    /// Where the journal stood before the reading, or why it can't be used.
    var mark: Result<JournalMark, JournalError>

    /// Where its edits come from.
    package enum Source: Hashable, Sendable {
        /// The session's staging.
        case staging
        /// The inverse of a run.
        case rollback(of: RunID)
        /// What is open of a run: entries by their position in it.
        case resume(RunID, positions: [Int])
    }

    /// When the server's copies were read.
    package var readAt: Timestamp { snapshot.readAt }

    var staged: [Staged] { plan.entries.map(\.staged) }

    /// The processes that died before the reading, and had leases.
    var dead: Set<String> { (try? mark.get().dead) ?? [] }

    /// Notes which of them were waited for.
    mutating func settle(_ holders: Set<String>) {
        mark = mark.map { mark in
            var mark = mark
            mark.settled = holders
            return mark
        }
    }

    /// Whether they are too old to go by; so they are, too, when the clock was set back, since then nobody knows their age.
    func isStale(at now: Timestamp) -> Bool { now < readAt || now.since(readAt) > options.send.maximumAge }

    /// The entries as the journal begins with them, position by position those of the plan.
    func journalEntries() -> [JournalEntry] {
        let lookAlikes = LookAlikes(plan, snapshot)
        return plan.entries.map { entry in
            JournalEntry(
                key: entry.key, operation: entry.operation, before: entry.live?.document,
                target: entry.action.target ?? entry.staged.webhook?.document,
                equalBefore: lookAlikes.ids(of: entry), state: entry.journalState)
        }
    }
}

/// The webhooks there were under the name of one to create, so that after an ambiguous answer they aren't taken for it.
private struct LookAlikes {
    private var ids: [String: [WebhookID]] = [:]

    init(_ plan: Plan, _ snapshot: LiveSnapshot) {
        guard plan.entries.contains(where: { $0.action.kind == .create }) else { return }
        for id in snapshot.ids {
            guard let name = snapshot.webhooks[id]?.name else { continue }
            ids[name, default: []].append(id)
        }
    }

    func ids(of entry: PlanEntry) -> [WebhookID] {
        guard case .create(let target) = entry.action else { return [] }
        return ids[Webhook(document: target).name] ?? []
    }
}

extension PlanEntry {
    fileprivate var operation: WriteOperation {
        if staged.isNew { return .create }
        return staged.isDeleted ? .delete : .update
    }

    fileprivate var journalState: JournalState {
        switch action {
        case .create, .update, .delete: .planned
        case .already: .already
        case .conflict: .conflict
        case .invalid, .masked: .refused
        }
    }

    /// The status of an entry that doesn't write, or is not sent.
    var unsentStatus: CommitStatus {
        switch action {
        case .create, .update, .delete: .planned
        case .already: .already
        case .conflict(let conflicts): .conflict(conflicts)
        case .invalid(let findings): .invalid(findings)
        case .masked(let paths): .masked(paths)
        }
    }
}
