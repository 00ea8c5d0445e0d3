import Session

/// Notes new states of entries, those that come while the disk is busy together in one transaction.
///
/// An update that can't be made fails by itself; a transaction that fails, fails for all of its updates.
actor UpdateGroup {
    private struct Waiting {
        let updates: [JournalUpdate]
        let run: RunID
        let done: CheckedContinuation<[Result<Void, JournalError>], Never>
    }

    private let database: JournalDatabase
    private var waiting: [Waiting] = []
    private var isRunning = false

    init(_ database: JournalDatabase) {
        self.database = database
    }

    func add(_ updates: [JournalUpdate], of run: RunID) async -> [Result<Void, JournalError>] {
        await withCheckedContinuation { done in
            waiting.append(Waiting(updates: updates, run: run, done: done))
            guard !isRunning else { return }
            isRunning = true
            // A task of its own: one caller's cancellation must not reach the updates of others.
            Task { await self.work() }
        }
    }

    private func work() async {
        while !waiting.isEmpty {
            let group = waiting
            waiting = []
            let updates = group.map { ($0.updates, $0.run) }
            do throws(JournalError) {
                let results = try await database.write { database in
                    try updates.map { updates, run in try EntryUpdates.note(updates, of: run, database) }
                }
                for (one, results) in zip(group, results) { one.done.resume(returning: results) }
            } catch {
                for one in group { one.done.resume(returning: one.updates.map { _ in .failure(error) }) }
            }
        }
        isRunning = false
    }
}
