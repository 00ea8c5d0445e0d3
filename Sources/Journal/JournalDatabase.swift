import GRDB
import Session

/// The open file: made, checked and migrated at the first use, so that a command that needs no journal opens none.
actor JournalDatabase {
    private let path: String
    private var opened: DatabaseQueue?

    init(path: String) {
        self.path = path
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(JournalError)
        -> Value
    {
        let queue = try await queue()
        do { return try await uninterrupted { try await queue.read(body) } } catch {
            throw Self.failure(error, path: path)
        }
    }

    /// What `body` wrote is on the disk when this returns.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(JournalError) -> Value {
        let queue = try await queue()
        do { return try await uninterrupted { try await queue.write(body) } } catch {
            throw Self.failure(error, path: path)
        }
    }

    /// Carries SQLite's log over and leaves nothing in it: what was pruned may stand there. While others use the file that
    /// waits for them.
    func emptyLog() async {
        guard let queue = try? await queue() else { return }
        _ = try? await uninterrupted { try await queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } }
    }

    /// Whoever was interrupted still has its end to note, and its leases to give up: the library would refuse a cancelled
    /// task.
    private nonisolated func uninterrupted<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await Task(operation: body).value
    }

    /// Sessions that open a new file at the same instant may find it locked in a way that SQLite does not wait for
    /// (turning WAL on is such a one): then once more.
    private func queue() async throws(JournalError) -> DatabaseQueue {
        var attempts = 0
        while true {
            if let opened { return opened }
            do {
                let queue = try open()
                opened = queue
                return queue
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && attempts < 500 {
                attempts += 1
                try? await Task.sleep(for: .milliseconds(20))
            } catch { throw Self.failure(error, path: path) }
        }
    }

    private func open() throws -> DatabaseQueue {
        try JournalFile.prepare(path)
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.busyMode = .timeout(10)
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // GRDB sets NORMAL as it turns WAL on; what was recorded is to survive a power cut.
        // What is pruned held secrets: its bytes are overwritten.
        // The log is carried over at 16 MB: at SQLite's 4, a run of some thousand webhooks waited for that before its first
        // request.
        try queue.writeWithoutTransaction {
            try $0.execute(
                sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4000")
        }
        try queue.write { try JournalSchema.migrate($0) }
        return queue
    }

    /// What went wrong with the journal at `path`.
    static func failure(_ error: any Error, path: String) -> JournalError {
        switch error {
        case let error as JournalError: error
        case JournalSchemaError.newer: .newer(path: path)
        case JournalSchemaError.foreign: .unavailable("\(path): it is no journal of hookline")
        case let error as DatabaseError: .unavailable("\(path): \(error.message ?? "\(error.resultCode)")")
        default: .unavailable("\(path): \(error)")
        }
    }
}
