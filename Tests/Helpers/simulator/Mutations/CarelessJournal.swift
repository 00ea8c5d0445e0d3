import Session
import WebhookModel

/// A journal that keeps something else than it is told, or later.
struct CarelessJournal: JournalStore {
    let inner: ObservedJournal
    let mutation: Mutation?
    let process: Process

    func mark() async throws(JournalError) -> JournalMark { try await inner.mark() }

    func begin(
        _ header: RunHeader, entries: [JournalEntry], since mark: JournalMark
    ) async throws(JournalError) -> RunID {
        var entries = entries
        if mutation == .forgetBeforeImage { for index in entries.indices { entries[index].before = nil } }
        return try await inner.begin(header, entries: entries, since: try await latest(mark))
    }

    func reopen(_ run: RunID, for target: CommitTarget, since mark: JournalMark) async throws(JournalError) {
        try await inner.reopen(run, for: target, since: try await latest(mark))
    }

    private func latest(_ mark: JournalMark) async throws(JournalError) -> JournalMark {
        guard mutation == .ignoreMarks else { return mark }
        var latest = try await inner.mark()
        latest.settled = mark.settled
        return latest
    }

    func record(_ updates: [JournalUpdate], of run: RunID) async -> [Result<Void, JournalError>] {
        let updates = updates.map(changed)
        guard mutation == .journalLate, updates.contains(where: { $0.state == .sent }) else {
            return await inner.record(updates, of: run)
        }
        Task {
            _ = await process.world.kernel.sleep(for: .milliseconds(5))
            _ = await inner.record(updates, of: run)
        }
        return updates.map { _ in .success(()) }
    }

    private func changed(_ update: JournalUpdate) -> JournalUpdate {
        var update = update
        if mutation == .forgetCreated { update.createdID = nil }
        if mutation == .confirmFailures, update.state == .failed { update.state = .confirmed }
        return update
    }

    func release(_ run: RunID) async throws(JournalError) { try await inner.release(run) }

    func finish(_ run: RunID, at time: Timestamp) async throws(JournalError) { try await inner.finish(run, at: time) }

    func runs(limit: Int) async throws(JournalError) -> [RunSummary] { try await inner.runs(limit: limit) }

    func run(_ id: RunID) async throws(JournalError) -> RunSummary { try await inner.run(id) }

    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] { try await inner.entries(of: run) }

    func webhooks(besides run: RunID) async throws(JournalError) -> OtherWebhooks {
        try await inner.webhooks(besides: run)
    }

    func prune(before time: Timestamp) async throws(JournalError) -> Int { try await inner.prune(before: time) }
}
