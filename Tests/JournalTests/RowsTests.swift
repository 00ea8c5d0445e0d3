import GRDB
import LosslessJSON
import Session
import Testing
import WebhookModel

@testable import Journal

@Suite("Rows that are inserted together")
struct RowsTests {
    private func database() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.write { try $0.execute(sql: "CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT, document TEXT)") }
        return queue
    }

    private func insert(_ rows: Rows, _ database: Database) throws {
        try rows.insert(by: try database.makeStatement(sql: "INSERT INTO t VALUES (?, ?, ?)"), database)
    }

    @Test("are what they were: nothing, empty texts, texts of every kind, documents as they are spelled")
    func values() throws {
        let texts = [nil, "", "plain", "Grüße, 世界 👋🏽", "a\"b\\c\n", String(repeating: "x", count: 100_000)]
        let documents: [JSON?] = [nil, try JSON(parsing: #"{ "n": 1.50e+00, "t": "é" }"#), [], JSON("")]
        var rows = Rows()
        for (number, text) in texts.enumerated() {
            rows.append(number)
            rows.append(text)
            rows.append(documents[number % documents.count])
        }
        let queue = try database()
        try queue.write { try insert(rows, $0) }
        let found = try queue.read { try Row.fetchAll($0, sql: "SELECT * FROM t ORDER BY n") }
        #expect(found.map { $0["text"] as String? } == texts)
        #expect(found.map { $0["document"] as String? } == texts.indices.map { documents[$0 % 4]?.text() })
        #expect(found.map { $0["n"] as Int } == Array(texts.indices))
    }

    @Test("may have no text but an empty one")
    func empty() throws {
        var rows = Rows()
        rows.append(1)
        rows.append("")
        rows.append(nil as JSON?)
        let queue = try database()
        try queue.write { try insert(rows, $0) }
        #expect(try queue.read { try String.fetchOne($0, sql: "SELECT text FROM t") } == "")
    }

    @Test("may be none")
    func none() throws {
        let queue = try database()
        try queue.write { try insert(Rows(), $0) }
        #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") } == 0)
    }

    @Test("are there all or none: one that is refused is an error, and takes the others along")
    func refused() throws {
        var rows = Rows()
        for number in [1, 2, 2] {
            rows.append(number)
            rows.append("a")
            rows.append(nil as JSON?)
        }
        let queue = try database()
        let error = #expect(throws: DatabaseError.self) { try queue.write { try insert(rows, $0) } }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT && error?.message?.contains("t.n") == true)
        #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") } == 0)
    }
}

@Suite("What is made ahead")
struct AheadTests {
    private struct Failure: Error {}

    @Test("is used in its order", arguments: [0, 1, 2, 3, 100])
    func order(_ count: Int) throws {
        var used: [Int] = []
        try Ahead.forEach(count) {
            $0 * 10
        } use: {
            used.append($0)
        }
        #expect(used == (0..<count).map { $0 * 10 })
    }

    @Test("is not used any more after an error")
    func failure() {
        var used: [Int] = []
        #expect(throws: Failure.self) {
            try Ahead.forEach(100) {
                $0
            } use: {
                used.append($0)
                if $0 == 3 { throw Failure() }
            }
        }
        #expect(used == [0, 1, 2, 3])
    }
}
