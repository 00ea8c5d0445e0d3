import Foundation
import GRDB
import LosslessJSON
import Session
import TestSupport
import Testing
import WebhookModel

@testable import Journal

@Suite("A journal's file of an earlier version")
struct SchemaTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    /// A file of version 1 with a run of two webhooks, the second of which the server made something else of.
    private func former() throws -> String {
        try FileManager.default.createDirectory(
            atPath: folder.path + "/state", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = folder.path + "/state/journal.db"
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try JournalSchema.migrate(database, to: 1)
            try database.execute(
                sql: """
                    INSERT INTO run (id, started_at, profile, host, organization)
                    VALUES (7, '2026-01-01T00:00:00Z', 'p', 'h', 'o');
                    INSERT INTO entry (run, position, webhook, operation, before, target, answer, state, detail)
                    VALUES (7, 0, 'wh_1', 'update', '{"n":1.0}', '{"n":2}', NULL, 'sent', NULL),
                    (7, 1, 'wh_2', 'update', '{"n":3}', '{"n":4}', '{"n":5e0}', 'confirmed', 'said');
                    INSERT INTO lease (host, organization, name, run, holder, mark) VALUES ('h', 'o', 'wh_1', 7, 'me', 1);
                    """)
        }
        try queue.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    @Test("is read as it was, written on, and pruned")
    func isTaken() async throws {
        let journal = SQLiteJournal(path: try former(), process: JournalProcess(holder: "me", isAlive: { _ in true }))
        let run = RunID(rawValue: 7)
        let entries = try await journal.entries(of: run)
        #expect(entries.map(\.state) == [.sent, .confirmed] && entries.map(\.detail) == [nil, "said"])
        #expect(entries.map { $0.before?.text() } == ["{\"n\":1.0}", "{\"n\":3}"])
        #expect(entries.map { $0.target?.text() } == ["{\"n\":2}", "{\"n\":4}"])
        #expect(entries.map { $0.answer?.text() } == [nil, "{\"n\":5e0}"])
        try await journal.record(
            JournalUpdate(
                position: 0, state: .confirmed, images: JournalUpdate.Images(before: ["n": 8], target: ["n": 9]),
                answer: ["n": 10]), of: run)
        let first = try #require(try await journal.entries(of: run).first)
        #expect(first.state == .confirmed && first.before == ["n": 8] && first.target == ["n": 9])
        #expect(first.answer == ["n": 10])
        try await journal.finish(run, at: Timestamp(seconds: 10))
        #expect(try await journal.prune(before: Timestamp(seconds: 20)) == 1)
        #expect(try await journal.pragma("user_version") == "\(JournalSchema.version)")
        let left = try await journal.database.read { database in
            try ["entry", "image"].map { try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") }
        }
        #expect(left == [0, 0])
    }

    @Test("is brought up to date by one of several processes that open it at once")
    func atOnce() async throws {
        let path = try former()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let process = JournalProcess(holder: "\(number)", isAlive: { _ in true })
                    return try await SQLiteJournal(path: path, process: process).entries(of: RunID(rawValue: 7)).count
                }
            }
            for try await count in group { #expect(count == 2) }
        }
    }
}
