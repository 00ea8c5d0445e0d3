import WebhookModel

extension SessionState {
    /// Takes what came of a commit: confirmed webhooks leave the staging, their answers become the listed copies, and
    /// `new:N` becomes an identifier. What was not confirmed stays staged. Undo stops here.
    ///
    /// `isOurs` is false for a run that another session began: its `new:N` is none of ours, unless it was restored.
    mutating func absorb(_ report: CommitReport, isOurs: Bool = true) {
        var renamed: [WebhookKey: WebhookKey] = [:]
        var isAnyDone = false
        for entry in report.entries where entry.status.kind.isDone {
            isAnyDone = true
            take(entry)
            if case .new = entry.key, !isOurs, !isStaged(entry) { continue }
            if case .new(let number) = entry.key, let id = entry.id {
                created[number] = id
                renamed[entry.key] = .existing(id)
            }
            let rest = remainder(of: entry)
            put(nil, for: entry.key)
            if let rest { put(rest, for: rest.key) }
        }
        guard isAnyDone else { return }
        undoLog.close()
        selection.rename(renamed)
        if let key = current, let id = renamed[key] { current = id }
        forgetGone()
    }

    /// The edits staged while the commit ran, over what it wrote.
    private func remainder(of entry: CommitEntry) -> Staged? {
        guard let staged = stagedByKey[entry.key], staged != entry.plan.staged, let id = entry.id else { return nil }
        guard staged.edits.starts(with: entry.plan.staged.edits), !entry.plan.staged.isDeleted else {
            if staged.isNew { return later(staged, than: entry, id) }
            return isFulfilled(staged, by: entry.answer) ? nil : staged
        }
        var rest = Staged(key: .existing(id), base: entry.answer ?? entry.plan.live)
        for edit in staged.edits.dropFirst(entry.plan.staged.edits.count) { _ = try? rest.append(edit) }
        return rest.edits.isEmpty ? nil : rest
    }

    /// Whether exactly what the entry did is staged.
    private func isStaged(_ entry: CommitEntry) -> Bool {
        guard let staged = stagedByKey[entry.key]?.webhook?.document else { return false }
        return staged == entry.plan.staged.webhook?.document
    }

    /// What a create that a resume has done was to become meanwhile.
    private func later(_ staged: Staged, than entry: CommitEntry, _ id: WebhookID) -> Staged? {
        guard let document = staged.webhook?.document, document != entry.plan.staged.webhook?.document else {
            return nil
        }
        var rest = Staged(key: .existing(id), base: entry.answer ?? entry.plan.live)
        _ = try? rest.append(.become(document))
        return rest
    }

    /// Whether the server holds already what the edits would make: a resume has sent those of a commit before it.
    private func isFulfilled(_ staged: Staged, by answer: Webhook?) -> Bool {
        if staged.isDeleted { return answer == nil }
        var again = Staged(key: staged.key, base: answer)
        _ = try? again.append(staged.edits)
        return again.result.document == answer?.document
    }

    private mutating func take(_ entry: CommitEntry) {
        guard let id = entry.id else { return }
        if entry.plan.staged.isDeleted {
            listing.remove(id)
        } else if let webhook = entry.answer ?? entry.plan.live {
            listing.put(webhook, as: id)
        }
        index(stagedByKey[.existing(id)], for: .existing(id))
    }
}
