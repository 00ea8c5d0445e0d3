import GRDB
import Testing

@testable import Sandbox

@Suite("The write queue")
struct WriteQueueTests {
    private struct Refused: Error {}

    private func makeQueue() throws -> (WriteQueue, DatabaseQueue) {
        let database = try DatabaseQueue()
        try database.write { try $0.execute(sql: "CREATE TABLE t (n INTEGER UNIQUE)") }
        return (WriteQueue(database), database)
    }

    @Test("of writes that share a transaction, one that fails undoes itself alone")
    func isolation() async throws {
        let (queue, database) = try makeQueue()
        let outcomes = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<600 {
                group.addTask {
                    try? await queue.perform { database in
                        try database.execute(sql: "INSERT INTO t VALUES (?)", arguments: [number])
                        if number % 3 == 0 { throw Refused() }
                        return number
                    }
                }
            }
            return await group.reduce(into: [Int]()) { numbers, number in number.map { numbers.append($0) } }
        }
        let expected = (0..<600).filter { $0 % 3 != 0 }
        #expect(outcomes.sorted() == expected)
        let stored = try await database.read { try Int.fetchAll($0, sql: "SELECT n FROM t ORDER BY n") }
        #expect(stored == expected)
    }

    @Test("a failure that undoes the whole transaction fails every write that shared it")
    func lostTransaction() async throws {
        let (queue, database) = try makeQueue()
        let succeeded = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<300 {
                group.addTask {
                    do {
                        try await queue.perform { database in
                            try database.execute(sql: "INSERT INTO t VALUES (?)", arguments: [number])
                            guard number == 150 else { return }
                            try database.execute(sql: "INSERT OR ROLLBACK INTO t VALUES (?)", arguments: [number])
                        }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        // Whatever was said to be written is there.
        let stored = try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") }
        #expect(stored == succeeded)
        #expect(succeeded < 300)
    }

    @Test("of a failed write that can't be undone alone nothing is left")
    func spoiltSavepoint() async throws {
        let (queue, database) = try makeQueue()
        await #expect(throws: Refused.self) {
            try await queue.perform { (database: Database) throws -> Void in
                try database.execute(sql: "INSERT INTO t VALUES (1); RELEASE one_write")
                throw Refused()
            }
        }
        let stored = try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") }
        #expect(stored == 0)
    }

    @Test("writes of one task happen in their order, each with its own result")
    func order() async throws {
        let (queue, _) = try makeQueue()
        for number in 0..<50 {
            let count = try await queue.perform { database in
                try database.execute(sql: "INSERT INTO t VALUES (?)", arguments: [number])
                return try Int.fetchOne(database, sql: "SELECT count(*) FROM t") ?? 0
            }
            #expect(count == number + 1)
        }
    }
}
