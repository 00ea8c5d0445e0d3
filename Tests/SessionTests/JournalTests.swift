import LosslessJSON
import Session
import Testing
import WebhookModel

/// What every journal must do, as checks that each implementation's tests run.
enum JournalConformance {
    struct Check: Sendable, CustomStringConvertible {
        let description: String
        let run: @Sendable (any JournalStore) async throws -> Void
    }

    static let header = RunHeader(startedAt: Timestamp(seconds: 5), profile: "p", host: "h", script: "s.hook")
    static let entries = [
        JournalEntry(key: Samples.key(1), operation: .update, before: Samples.document(1), target: Samples.document(2)),
        JournalEntry(key: .new(1), operation: .create, before: nil, target: ["x": 1], equalBefore: [Samples.id(9)]),
        JournalEntry(key: Samples.key(2), operation: .delete, before: Samples.document(2), target: nil),
    ]

    static let checks: [Check] = [
        Check(description: "keeps a run as it was begun, spelling included") { journal in
            let run = try await journal.begin(header, entries: entries)
            let kept = try await journal.entries(of: run)
            #expect(kept == entries)
            #expect(kept[0].before?.text() == entries[0].before?.text())
            let summary = try #require(try await journal.runs(limit: 1).first)
            #expect(summary == RunSummary(id: run, header: header, finishedAt: nil, counts: [.planned: 3]))
        },
        Check(description: "notes new states, one entry at a time") { journal in
            let run = try await journal.begin(header, entries: entries)
            try await journal.record(JournalUpdate(position: 1, state: .sent), of: run)
            try await journal.record(JournalUpdate(position: 1, state: .confirmed, createdID: Samples.id(7)), of: run)
            try await journal.record(JournalUpdate(position: 0, state: .refused, detail: "invalid 422"), of: run)
            let kept = try await journal.entries(of: run)
            #expect(kept.map(\.state) == [.refused, .confirmed, .planned])
            #expect(kept[0].detail == "invalid 422" && kept[1].createdID == Samples.id(7))
            #expect(kept[1].equalBefore == [Samples.id(9)])
        },
        Check(description: "takes nothing for a run or entry that isn't there, or is finished") { journal in
            let run = try await journal.begin(header, entries: entries)
            let other = RunID(rawValue: run.rawValue + 100)
            let update = JournalUpdate(position: 0, state: .sent)
            await #expect(throws: JournalError.unknownRun(other)) { try await journal.record(update, of: other) }
            await #expect(throws: JournalError.unknownRun(other)) { try await journal.entries(of: other) }
            await #expect(throws: JournalError.unknownRun(other)) {
                try await journal.finish(other, at: header.startedAt)
            }
            for position in [-1, 3] {
                await #expect(throws: JournalError.unknownEntry(run, position: position)) {
                    try await journal.record(JournalUpdate(position: position, state: .sent), of: run)
                }
            }
            try await journal.finish(run, at: Timestamp(seconds: 9))
            await #expect(throws: JournalError.finished(run)) { try await journal.record(update, of: run) }
            #expect(try await journal.runs(limit: 1).first?.finishedAt == Timestamp(seconds: 9))
        },
        Check(description: "lists runs from the newest, as many as asked for") { journal in
            var runs: [RunID] = []
            for _ in 1...3 { runs.append(try await journal.begin(header, entries: [])) }
            #expect(runs == runs.sorted() && Set(runs).count == 3)
            #expect(try await journal.runs(limit: 2).map(\.id) == [runs[2], runs[1]])
            #expect(try await journal.runs(limit: 0).isEmpty)
        },
        Check(description: "takes states of many entries at once") { journal in
            let many = (0..<200).map {
                JournalEntry(key: Samples.key($0), operation: .update, before: [:], target: [:])
            }
            let run = try await journal.begin(header, entries: many)
            try await withThrowingTaskGroup { group in
                for position in many.indices {
                    group.addTask { try await journal.record(JournalUpdate(position: position, state: .sent), of: run) }
                }
                try await group.waitForAll()
            }
            #expect(try await journal.runs(limit: 1).first?.counts == [.sent: 200])
        },
    ]
}

@Suite("The in-memory journal")
struct JournalTests {
    @Test("conforms", arguments: JournalConformance.checks)
    func conforms(_ check: JournalConformance.Check) async throws {
        try await check.run(MemoryJournal())
    }
}
