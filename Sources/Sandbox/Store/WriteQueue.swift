import GRDB

/// Performs writes in the order they come, those that wait for one another's disk together in one transaction.
///
/// A write that throws undoes itself alone. What returned is durable: the transaction was committed.
actor WriteQueue {
    typealias Write = @Sendable (Database) throws -> any Sendable

    private struct Waiting {
        let write: Write
        let done: CheckedContinuation<any Sendable, any Error>
    }

    /// The most writes that share a transaction, so that none waits for too many others.
    private static let batch = 256

    private let database: any DatabaseWriter
    private var waiting: [Waiting] = []
    private var isRunning = false

    init(_ database: any DatabaseWriter) {
        self.database = database
    }

    /// Performs a write that has the database to itself, and gives its result once it is durable.
    func perform<Result: Sendable>(_ write: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        let result = try await withCheckedThrowingContinuation { done in
            waiting.append(Waiting(write: { try write($0) }, done: done))
            guard !isRunning else { return }
            isRunning = true
            // A task of its own: a client that goes away must not interrupt the writes of others.
            Task { await self.run() }
        }
        guard let result = result as? Result else { preconditionFailure("a write gave another's result") }
        return result
    }

    private func run() async {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(Self.batch))
            waiting.removeFirst(batch.count)
            let writes = batch.map(\.write)
            do {
                let results = try await database.write { try Self.results(of: writes, in: $0) }
                for (one, result) in zip(batch, results) { one.done.resume(with: result) }
            } catch {
                for one in batch { one.done.resume(throwing: error) }
            }
        }
        isRunning = false
    }

    private static func results(
        of writes: [Write], in database: Database
    ) throws -> [Result<any Sendable, any Error>] {
        try writes.map { write in
            let result = Result { try performAlone(write, in: database) }
            // Some failures (a full disk) undo the whole transaction: then none of its writes has happened.
            if !database.isInsideTransaction { _ = try result.get() }
            return result
        }
    }

    /// Performs a write such that a failure undoes it and nothing else.
    private static func performAlone(_ write: Write, in database: Database) throws -> any Sendable {
        // As `inSavepoint` of the library does, which parses its statements anew each time.
        try database.cachedStatement(sql: "SAVEPOINT one_write").execute()
        do {
            let result = try write(database)
            try database.cachedStatement(sql: "RELEASE one_write").execute()
            return result
        } catch {
            if database.isInsideTransaction { undo(in: database) }
            throw error
        }
    }

    /// Undoes the write in hand, or everything where that fails: what is left of a write must not be committed.
    private static func undo(in database: Database) {
        do {
            try database.execute(sql: "ROLLBACK TO one_write; RELEASE one_write")
        } catch {
            try? database.rollback()
        }
    }
}
