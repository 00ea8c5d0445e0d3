import LosslessJSON
import WebhookModel

/// Why a run can't be resumed or rolled back.
package enum RunError: Error, Hashable, Sendable {
    case noRun
    /// Nothing in it is open.
    case nothingOpen(RunID)
    /// Nothing in it was done.
    case nothingDone(RunID)
    /// It may have created a webhook of this name, and nobody can tell which one it is.
    case unclear(RunID, String)
    /// A rollback of it was interrupted, and may have created something again.
    case takenBackInPart(RunID, by: RunID)
    /// It was made with another profile, on another host, or with another key.
    case otherTarget(RunID, CommitTarget)
    /// The organization has none of the webhooks that the run wrote.
    case otherOrganization(RunID)
    case journal(JournalError)
    case service(ServiceError)
}

extension JournalEntry {
    /// A create that a resume has something to do for.
    fileprivate var isCreateToDo: Bool { operation == .create && !state.isFinal }
}

extension Session {
    /// The newest run of this target that has something open, or, for a rollback, something done.
    package func newestRun(where isWanted: @Sendable (RunSummary) -> Bool) async throws(RunError) -> RunSummary {
        // In ever longer pieces: most of the journal may be of others.
        var (limit, seen) = (1000, 0)
        while true {
            let runs = try await journalled { [limit] (journal) throws(JournalError) in
                try await journal.runs(limit: limit)
            }
            if let run = runs.dropFirst(seen).first(where: { isOurs($0) && isWanted($0) }) { return run }
            if runs.count < limit { throw .noRun }
            (limit, seen) = (limit * 4, runs.count)
        }
    }

    private func isOurs(_ run: RunSummary) -> Bool {
        run.header.target == target
    }

    func journalled<Value: Sendable>(
        _ body: (any JournalStore) async throws(JournalError) -> Value
    ) async throws(RunError) -> Value {
        do throws(JournalError) { return try await body(journal) } catch { throw .journal(error) }
    }

    /// Reads the server's copies of all that is open in a run, and plans what is left to do: what the server holds
    /// already is confirmed, what is as it was before is sent, and anything else is a conflict.
    ///
    /// `sameOrganization` takes a run that another key made, if the organization has one of its webhooks.
    package func prepareResume(
        _ id: RunID, _ options: CommitOptions, sameOrganization: Bool = false, observer: CommitObserver = { _ in }
    ) async throws(RunError) -> PreparedCommit {
        let run = try await journalled { (journal) throws(JournalError) in try await journal.run(id) }
        let entries = try await journalled { (journal) throws(JournalError) in try await journal.entries(of: id) }
        try await check(run, entries, sameOrganization: sameOrganization)
        if entries.allSatisfy(\.state.isFinal) {
            // It was cut off between its last webhook and its end.
            if run.finishedAt == nil { try? await journal.finish(id, at: clock.now()) }
            throw .nothingOpen(id)
        }
        do throws(ServiceError) {
            return try await prepareResume(id, options, observer)
        } catch { throw .service(error) }
    }

    func check(
        _ run: RunSummary, _ entries: [JournalEntry], sameOrganization: Bool
    ) async throws(RunError) {
        let made = run.header.target
        if made == target { return }
        guard sameOrganization, made.host == target.host else { throw .otherTarget(run.id, made) }
        do throws(ServiceError) { try await refresh() } catch { throw .service(error) }
        guard entries.contains(where: { $0.id.map { state.listing[$0] != nil } ?? false }) else {
            throw .otherOrganization(run.id)
        }
    }

    /// The same with what is open of some of its entries. A write that was sent and isn't there may still be on its way, when the program ended a moment ago: before it is
    /// sent again it gets the time that any write gets whose outcome is unknown.
    func prepareResume(
        _ run: RunID, among positions: Set<Int>? = nil, _ options: CommitOptions, _ observer: CommitObserver
    ) async throws(ServiceError) -> PreparedCommit {
        var (prepared, isLate) = try await planResume(run, among: positions, options, observer)
        var waitedFor: Set<String>?
        // Whoever died while others were waited for is waited for, too.
        while isLate, waitedFor.map({ !prepared.dead.isSubset(of: $0) }) ?? true {
            waitedFor = prepared.dead
            await awaitWrites(of: run, options, observer)
            let seen = prepared.snapshot.ids
            (prepared, isLate) = try await planResume(run, among: positions, expecting: seen, options, observer)
        }
        return prepared
    }

    /// `expected` was there at a reading before: a list read in pages may pass over one while others come and go, and a
    /// create that was seen once is not done again.
    ///
    /// The mark comes first: what another session does to the run from then on is noticed when it is opened.
    private func planResume(
        _ run: RunID, among wanted: Set<Int>?, expecting expected: [WebhookID] = [], _ options: CommitOptions,
        _ observer: CommitObserver
    ) async throws(ServiceError) -> (prepared: PreparedCommit, isLate: Bool) {
        var mark = await currentMark()
        var (entries, others): ([JournalEntry], OtherWebhooks) = ([], OtherWebhooks())
        do throws(JournalError) {
            entries = try await journal.entries(of: run)
            if entries.contains(where: \.isCreateToDo) { others = try await journal.webhooks(besides: run) }
        } catch { mark = .failure(error) }
        let positions = entries.indices.filter { !entries[$0].state.isFinal && (wanted?.contains($0) ?? true) }
        let snapshot = try await snapshot(
            for: positions.map { entries[$0].key }, expecting: expected, options, observer)
        let seen = others.older.union(others.created).union(entries.compactMap(\.createdID))
        var reader = OpenEntries(entries: entries, others: others, snapshot: snapshot)
        let plan = Plan(entries: positions.map { reader.planned(entries[$0]) }, reads: snapshot.requests)
        observer(.planned(plan))
        let prepared = PreparedCommit(
            plan: plan, options: options, breaches: [], source: .resume(run, positions: positions),
            snapshot: snapshot, seenBefore: seen, mark: mark)
        let isLate = zip(positions, plan.entries).contains { position, planned in
            entries[position].state == .sent && planned.action.kind != .already
        }
        return (prepared, isLate)
    }
}
