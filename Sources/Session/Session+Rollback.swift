import LosslessJSON
import WebhookModel

extension Session {
    /// Plans a run that takes another one back: its inverse over what it made, merged with what is there now, so that
    /// later changes by others are kept, or reported as conflicts. What it created is deleted only if nobody changed it
    /// since; what it deleted is created again, under a new identifier.
    ///
    /// `only` leaves the other webhooks of the run as they are. Where the run doesn't know what came of a create, that is
    /// looked up first, as a resume does it.
    ///
    /// What a rollback of the run before this one has created again is not created once more while it is there.
    ///
    /// - Throws: `unclear` where a create may have made one of several, `takenBackInPart` where an earlier rollback of the
    ///   run was interrupted and may have created something.
    package func prepareRollback(
        _ id: RunID, only: Set<WebhookID>? = nil, _ options: CommitOptions, sameOrganization: Bool = false,
        observer: CommitObserver = { _ in }
    ) async throws(RunError) -> PreparedCommit {
        let run = try await journalled { (journal) throws(JournalError) in try await journal.run(id) }
        var entries = try await journalled { (journal) throws(JournalError) in try await journal.entries(of: id) }
        try await check(run, entries, sameOrganization: sameOrganization)
        if only == nil { entries = try await lookedUp(entries, of: id, options, observer) }
        let wanted = entries.filter { entry in
            entry.mayBeOnServer && (only.map { only in entry.id.map(only.contains) ?? false } ?? true)
        }
        var there = wanted.contains { $0.operation == .delete } ? try await createdAgain(after: id) : []
        let staged = wanted.compactMap { inverse(of: $0) }.filter { !there.take($0) }
        if staged.isEmpty { throw .nothingDone(id) }
        var options = options
        options.holdsStandIns = false
        do throws(ServiceError) {
            return try await prepare(.rollback(of: id), keys: staged.map(\.key), options, observer) { staged }
        } catch { throw .service(error) }
    }

    /// What rollbacks of a run have created, and is there still.
    private func createdAgain(after run: RunID) async throws(RunError) -> [JSON] {
        let runs = try await journalled { (journal) throws(JournalError) in try await journal.runs(limit: .max) }
        var documents: [JSON] = []
        for rollback in runs where rollback.header.kind == .rollback(of: run) {
            let entries = try await journalled { (journal) throws(JournalError) in
                try await journal.entries(of: rollback.id)
            }
            if entries.contains(where: \.isOpenCreate) { throw .takenBackInPart(run, by: rollback.id) }
            for entry in entries {
                guard let id = entry.createdID, let target = entry.target else { continue }
                do throws(ServiceError) {
                    if try await readIfThere(id) != nil { documents.append(target) }
                } catch { throw .service(error) }
            }
        }
        return documents
    }

    /// The entries with what became of the creates of which the run doesn't know.
    private func lookedUp(
        _ entries: [JournalEntry], of run: RunID, _ options: CommitOptions, _ observer: CommitObserver
    ) async throws(RunError) -> [JournalEntry] {
        let open = entries.indices.filter { entries[$0].isOpenCreate }
        if open.isEmpty { return entries }
        let looked: PreparedCommit
        do throws(ServiceError) {
            looked = try await prepareResume(run, among: Set(open), options, observer)
        } catch { throw .service(error) }
        var entries = entries
        for (position, planned) in zip(looked.positions, looked.plan.entries) {
            switch planned.action {
            case .already: entries[position].createdID = planned.live?.id
            case .conflict: throw .unclear(run, entries[position].name)
            default: break
            }
        }
        return entries
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

extension [JSON] {
    /// Takes out one that is what a create is to make; false where there is none.
    fileprivate mutating func take(_ staged: Staged) -> Bool {
        guard staged.isNew, let document = staged.webhook?.document,
            let index = firstIndex(where: { ServerOwned.isSame($0, document) })
        else { return false }
        remove(at: index)
        return true
    }
}

extension JournalEntry {
    /// A create that may have happened.
    fileprivate var isOpenCreate: Bool {
        operation == .create && createdID == nil && (state == .sent || state == .unknown)
    }

    /// Whether the server holds what the entry wrote, as far as the journal knows.
    fileprivate var mayBeOnServer: Bool {
        switch state {
        case .confirmed, .sent, .unknown: true
        case .planned, .already, .conflict, .refused, .failed: false
        }
    }
}
