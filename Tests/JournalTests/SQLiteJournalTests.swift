import Foundation
import GRDB
import Journal
import LosslessJSON
import Session
import Synchronization
import TestSupport
import Testing
import WebhookModel

@Suite("The durable journal")
struct SQLiteJournalTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private var path: String { folder.path + "/state/journal.db" }

    private func journal(_ holder: String = "me", isAlive: @escaping @Sendable (String) -> Bool = { _ in true })
        -> SQLiteJournal
    {
        SQLiteJournal(path: path, process: JournalProcess(holder: holder, isAlive: isAlive))
    }

    private static let header = RunHeader(
        startedAt: Timestamp(seconds: 5), target: CommitTarget(profile: "p", host: "h", organization: "o"))

    private static func entry(_ number: Int) -> JournalEntry {
        JournalEntry(
            key: .existing(WebhookID(rawValue: "wh_\(number)")!), operation: .update,
            before: ["n": JSON(number)], target: ["n": JSON(number + 1)])
    }

    @Test("conforms", arguments: JournalConformance.checks + JournalConformance.leaseChecks)
    func conforms(_ check: JournalConformance.Check) async throws {
        let dead = Mutex<Set<String>>([])
        let isAlive: @Sendable (String) -> Bool = { name in !dead.withLock { $0.contains(name) } }
        let path = path
        try await check.run(
            { SQLiteJournal(path: path, process: JournalProcess(holder: $0, isAlive: isAlive)) },
            { name in _ = dead.withLock { $0.insert(name) } })
    }

    @Test("what was recorded is on the disk: WAL, and a full sync for every transaction")
    func durability() async throws {
        let journal = journal()
        _ = try await journal.begin(Self.header, entries: [Self.entry(1)], since: JournalMark(place: 0))
        #expect(try await journal.pragma("journal_mode") == "wal")
        #expect(try await journal.pragma("synchronous") == "2")
        #expect(try await journal.pragma("wal_autocheckpoint") == "4000")
    }

    @Test("a run of many entries has all of them, in their order")
    func many() async throws {
        let journal = journal()
        let entries = (0..<1_300).map { number in
            var entry = Self.entry(number)
            if number % 3 == 0 { entry.equalBefore = [WebhookID(rawValue: "wh_same\(number)")!] }
            return entry
        }
        let run = try await journal.begin(Self.header, entries: entries, since: JournalMark(place: 0))
        #expect(try await journal.entries(of: run) == entries)
    }

    @Test("an interrupted task still reads and writes: a run's leases are given up after Ctrl-C")
    func interrupted() async throws {
        let journal = journal()
        let run = try await journal.begin(Self.header, entries: [Self.entry(1)], since: JournalMark(place: 0))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            let open = try await journal.run(run).openCount
            try await journal.release(run)
            return open
        }
        #expect(try await task.value == 1)
        _ = try await journal.begin(Self.header, entries: [Self.entry(1)], since: try await journal.mark())
    }

    @Test("the file and its companions are 0600, in a folder of 0700")
    func modes() async throws {
        let journal = journal()
        _ = try await journal.begin(Self.header, entries: [Self.entry(1)], since: JournalMark(place: 0))
        #expect(try mode(folder.path + "/state") == 0o700)
        for suffix in ["", "-wal", "-shm"] { #expect(try mode(path + suffix) == 0o600) }
    }

    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test("a file or folder that others may read is refused", arguments: ["", "file"])
    func exposed(_ what: String) async throws {
        _ = try await journal().mark()
        let wide = what.isEmpty ? folder.path + "/state" : path
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644 | (what.isEmpty ? 0o111 : 0)], ofItemAtPath: wide)
        await #expect(throws: JournalError.exposed(path: wide, mode: what.isEmpty ? 0o755 : 0o644)) {
            try await journal().mark()
        }
    }

    @Test("a link in the file's place is not followed")
    func link() async throws {
        _ = try await journal().mark()
        let elsewhere = folder.path + "/elsewhere"
        try FileManager.default.moveItem(atPath: path, toPath: elsewhere)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: elsewhere)
        await #expect(throws: JournalError.self) { try await journal().mark() }
    }

    @Test("a file of another program, damaged, or of a later version is refused and left as it is")
    func foreign() async throws {
        _ = try await journal().mark()
        let other = folder.path + "/state/other.db"
        let queue = try DatabaseQueue(path: other)
        try await queue.write { try $0.execute(sql: "CREATE TABLE t (a)") }
        try queue.close()
        chmod(other, 0o600)
        await #expect(throws: JournalError.self) {
            try await SQLiteJournal(path: other, process: JournalProcess(holder: "me", isAlive: { _ in true })).mark()
        }
        let later = try DatabaseQueue(path: path)
        try await later.write { try $0.execute(sql: "PRAGMA user_version = 99") }
        try later.close()
        await #expect(throws: JournalError.newer(path: path)) { try await journal().mark() }
        let garbage = Data(repeating: 7, count: 5000)
        try garbage.write(to: URL(fileURLWithPath: other))
        await #expect(throws: JournalError.self) {
            try await SQLiteJournal(path: other, process: JournalProcess(holder: "me", isAlive: { _ in true })).mark()
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == garbage)
    }

    @Test("a log cut off at any byte leaves a journal that reads, and holds a prefix of what was recorded")
    func tornWrites() async throws {
        let journal = journal()
        let run = try await journal.begin(
            Self.header, entries: (0..<20).map(Self.entry), since: JournalMark(place: 0))
        for position in 0..<20 { try await journal.record(JournalUpdate(position: position, state: .sent), of: run) }
        let (database, log) = (try Data(contentsOf: url("")), try Data(contentsOf: url("-wal")))
        var counts: [Int] = []
        for cut in Array(stride(from: 0, to: log.count, by: max(1, log.count / 60))) + [log.count] {
            let copy = folder.path + "/cut-\(cut)"
            try FileManager.default.createDirectory(
                atPath: copy, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            try private_(database, copy + "/journal.db")
            try private_(log.prefix(cut), copy + "/journal.db-wal")
            let torn = SQLiteJournal(
                path: copy + "/journal.db", process: JournalProcess(holder: "x", isAlive: { _ in false }))
            let runs = try await torn.runs(limit: 5)
            guard let first = runs.first else {
                counts.append(-1)
                continue
            }
            let states = try await torn.entries(of: first.id).map(\.state)
            let sent = states.prefix { $0 == .sent }.count
            #expect(states.dropFirst(sent).allSatisfy { $0 == .planned })
            counts.append(sent)
        }
        #expect(counts == counts.sorted() && counts.last == 20)
    }

    private func url(_ suffix: String) -> URL { URL(fileURLWithPath: path + suffix) }

    private func private_(_ data: Data, _ path: String) throws {
        #expect(FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600]))
    }

    @Test("several processes begin and record at once, and lose nothing")
    func concurrently() async throws {
        let path = path
        try await withThrowingTaskGroup { group in
            for process in 0..<8 {
                group.addTask {
                    let journal = SQLiteJournal(
                        path: path, process: JournalProcess(holder: "p\(process)", isAlive: { _ in true }))
                    let entries = (0..<25).map { Self.entry(process * 100 + $0) }
                    let run = try await journal.begin(Self.header, entries: entries, since: try await journal.mark())
                    for position in entries.indices {
                        try await journal.record(JournalUpdate(position: position, state: .confirmed), of: run)
                    }
                    try await journal.finish(run, at: Timestamp(seconds: 10))
                }
            }
            try await group.waitForAll()
        }
        let runs = try await journal().runs(limit: 99)
        #expect(runs.count == 8 && runs.allSatisfy { $0.counts == [.confirmed: 25] && $0.finishedAt != nil })
    }

    @Test("a disk that is full stops a run before it begins")
    func fullDisk() async throws {
        let journal = journal()
        _ = try await journal.mark()
        try await journal.limitPages()
        let big = JournalEntry(
            key: Self.entry(1).key, operation: .update, before: JSON(String(repeating: "x", count: 1 << 20)),
            target: ["n": 1])
        await #expect(throws: JournalError.self) {
            try await journal.begin(Self.header, entries: [big], since: JournalMark(place: 0))
        }
        #expect(try await journal.runs(limit: 5).isEmpty)
    }
}
