import GRDB
import LosslessJSON
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
                    try updates.map { updates, run in try Self.perform(updates, of: run, database) }
                }
                for (one, results) in zip(group, results) { one.done.resume(returning: results) }
            } catch {
                for one in group { one.done.resume(returning: one.updates.map { _ in .failure(error) }) }
            }
        }
        isRunning = false
    }

    private static func perform(
        _ updates: [JournalUpdate], of run: RunID, _ database: Database
    ) throws -> [Result<Void, JournalError>] {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE entry SET state = ?, detail = ?, created_id = coalesce(?, created_id)
                WHERE run = ? AND position = ? AND (SELECT finished_at FROM run WHERE id = ?) IS NULL
                """)
        return try updates.map { update in
            try statement.execute(arguments: [
                update.state.rawValue, update.detail, update.createdID?.rawValue, run.rawValue, update.position,
                run.rawValue,
            ])
            guard database.changesCount == 1 else { return .failure(try reason(update, run, database)) }
            if let images = update.images {
                try Entries.replace(images, at: update.position, of: run, database)
            }
            if let answer = update.answer { try Entries.keep(answer, at: update.position, of: run, database) }
            return .success(())
        }
    }

    /// Why an update met no row.
    private static func reason(_ update: JournalUpdate, _ run: RunID, _ database: Database) throws -> JournalError {
        do {
            _ = try Runs.open(run, database)
            return .unknownEntry(run, position: update.position)
        } catch let error as JournalError {
            return error
        }
    }
}
