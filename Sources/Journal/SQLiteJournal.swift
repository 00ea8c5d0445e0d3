import GRDB
import LosslessJSON
import Session
import WebhookModel

/// The durable journal: a SQLite file in WAL mode that several processes may use at once.
///
/// A call that returns has its change on the disk (`synchronous = FULL`). Notes of states that come while the disk is busy
/// share the next transaction. The file holds whole documents, secrets included, since a rollback needs them: it is 0600
/// in a folder of 0700, and refused when it is wider.
package final class SQLiteJournal: JournalStore {
    let database: JournalDatabase
    private let updates: UpdateGroup
    let process: JournalProcess

    /// Nothing is opened before the first use.
    package init(path: String, process: JournalProcess) {
        database = JournalDatabase(path: path)
        updates = UpdateGroup(database)
        self.process = process
    }

    package func mark() async throws(JournalError) -> JournalMark {
        try await database.read { [process] in try Leases.mark(process, $0) }
    }

    package func begin(
        _ header: RunHeader, entries: [JournalEntry], since mark: JournalMark
    ) async throws(JournalError) -> RunID {
        let names = entries.compactMap(\.leasedName)
        let result = try await database.write { [process] database -> Result<RunID, JournalError> in
            if let error = try Leases.judge(names, of: header.target, since: mark, process, database) {
                return .failure(error)
            }
            let run = try Runs.insert(header, database)
            try Leases.take(names, for: run, of: header.target, process, database)
            try Entries.insert(entries, of: run, database)
            return .success(run)
        }
        return try result.get()
    }

    package func reopen(_ run: RunID, for target: CommitTarget, since mark: JournalMark) async throws(JournalError) {
        let result = try await database.write { [process] database -> Result<Void, JournalError> in
            let made = try Runs.open(run, database).target
            let names = try Entries.leasedNames(of: run, database)
            let targets = made.sharesLeases(with: target) ? [target] : [made, target]
            for target in targets {
                if let error = try Leases.judge(names, of: target, since: mark, resuming: run, process, database) {
                    return .failure(error)
                }
            }
            for target in targets { try Leases.take(names, for: run, of: target, process, database) }
            return .success(())
        }
        try result.get()
    }

    package func record(_ updates: [JournalUpdate], of run: RunID) async -> [Result<Void, JournalError>] {
        await self.updates.add(updates, of: run)
    }

    package func release(_ run: RunID) async throws(JournalError) {
        try await database.write { database in
            _ = try Runs.summary(run, database)
            try Leases.release(run, database)
        }
    }

    package func finish(_ run: RunID, at time: Timestamp) async throws(JournalError) {
        try await database.write { database in
            _ = try Runs.open(run, database)
            try Runs.finish(run, at: time, database)
            try Leases.release(run, database)
        }
    }

    package func runs(limit: Int) async throws(JournalError) -> [RunSummary] {
        try await database.read { try Runs.newest(max(0, limit), $0) }
    }

    package func run(_ id: RunID) async throws(JournalError) -> RunSummary {
        try await database.read { try Runs.summary(id, $0) }
    }

    package func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] {
        try await database.read { database in
            _ = try Runs.summary(run, database)
            return try Entries.all(of: run, database)
        }
    }

    package func webhooks(besides run: RunID) async throws(JournalError) -> OtherWebhooks {
        try await database.read { try Entries.webhooks(besides: run, $0) }
    }

    package func prune(before time: Timestamp) async throws(JournalError) -> Int {
        let count = try await database.write { try Runs.prune(before: time, $0) }
        await database.emptyLog()
        return count
    }
}

/// Which process holds leases, and how to tell whether another one still lives.
package struct JournalProcess: Sendable {
    package let holder: String
    package let isAlive: @Sendable (String) -> Bool

    /// `holder` names this process as no other is named while leases last, across reboots too.
    package init(holder: String, isAlive: @escaping @Sendable (String) -> Bool) {
        self.holder = holder
        self.isAlive = isAlive
    }
}
