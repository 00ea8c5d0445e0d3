import Session

extension Shell {
    /// Whether what is staged is kept: at a prompt, and wherever a draft was restored, which is not to outlive its edits.
    var keepsDraft: Bool {
        get async {
            if isInteractive { return true }
            return await connection.keepsDraft
        }
    }

    /// Keeps what is staged. A draft that can't be kept is no reason to refuse the edit.
    func keepDraft() async {
        do throws(JournalError) {
            if let warning = try await connection.keepDraft() { messages.warn(warning) }
        } catch {
            let problem = SessionSentences.problem(error)
            messages.warn("staged edits are not kept: \(problem.sentence.message)", hint: problem.sentence.hint)
        }
    }

    /// Says that a session before this one left edits behind.
    package func offerDrafts() async {
        guard await connection.mayHaveDrafts, let store = await connection.drafts else { return }
        let profile = await connection.profile
        guard let draft = try? await store.drafts(profile: profile.name, host: profile.host).first else { return }
        let count = draft.entries.count == 1 ? "1 webhook" : "\(draft.entries.count) webhooks"
        messages.note(
            "Staged edits of \(count) were left behind at \(draft.savedAt). draft restore brings them back, "
                + "draft drop forgets them.")
    }
}
