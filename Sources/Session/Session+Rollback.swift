import LosslessJSON
import WebhookModel

extension Session {
    /// Plans a run that takes another one back: its inverse over what it made, merged with what is there now, so that
    /// later changes by others are kept, or reported as conflicts. What it created is deleted only if nobody changed it
    /// since; what it deleted is created again, under a new identifier.
    ///
    /// `only` leaves the other webhooks of the run as they are.
    package func prepareRollback(
        _ id: RunID, only: Set<WebhookID>? = nil, _ options: CommitOptions, sameOrganization: Bool = false,
        observer: CommitObserver = { _ in }
    ) async throws(RunError) -> PreparedCommit {
        let run = try await journalled { (journal) throws(JournalError) in try await journal.run(id) }
        let entries = try await journalled { (journal) throws(JournalError) in try await journal.entries(of: id) }
        try await check(run, entries, sameOrganization: sameOrganization)
        let wanted = entries.filter { entry in
            entry.mayBeOnServer && (only.map { only in entry.id.map(only.contains) ?? false } ?? true)
        }
        let staged = wanted.compactMap { inverse(of: $0) }
        if staged.isEmpty { throw .nothingDone(id) }
        do throws(ServiceError) {
            return try await prepare(.rollback(of: id), keys: staged.map(\.key), options, observer) { staged }
        } catch { throw .service(error) }
    }

    /// The edits that lead back to the before-image; nil for an entry that can't have changed anything.
    private func inverse(of entry: JournalEntry) -> Staged? {
        switch entry.operation {
        case .update:
            guard let before = entry.before, let after = entry.after else { return nil }
            return edited(entry.key, from: after, .become(before))
        case .create:
            guard let id = entry.createdID, let after = entry.after else { return nil }
            return edited(.existing(id), from: after, .delete)
        case .delete:
            guard let before = entry.before else { return nil }
            let key = state.reserveKey()
            return edited(key, from: nil, .clone(of: entry.key, document: before))
        }
    }

    private func edited(_ key: WebhookKey, from base: JSON?, _ edit: Edit) -> Staged? {
        var staged = Staged(key: key, base: base.map { Webhook(document: $0) })
        return (try? staged.append(edit)) == nil ? nil : staged
    }
}

extension JournalEntry {
    /// Whether the server holds what the entry wrote, as far as the journal knows.
    fileprivate var mayBeOnServer: Bool {
        switch state {
        case .confirmed, .sent, .unknown: true
        case .planned, .already, .conflict, .refused, .failed: false
        }
    }
}
