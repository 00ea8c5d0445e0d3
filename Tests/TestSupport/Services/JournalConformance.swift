import LosslessJSON
import Session
import WebhookModel

/// What every journal must do, as checks that each implementation's tests run. A check throws what it found wrong.
package enum JournalConformance {
    /// A journal on a storage of its own, as one of several processes that share the storage.
    package typealias Opening = @Sendable (_ process: String) -> any JournalStore

    package struct Check: Sendable, CustomStringConvertible {
        package let description: String
        /// Takes an opening of a new storage, and names the processes that have died.
        package let run: @Sendable (_ open: Opening, _ kill: @Sendable (String) -> Void) async throws -> Void
    }

    package struct Violation: Error, CustomStringConvertible {
        package let description: String
    }

    private static let target = CommitTarget(profile: "p", host: "h", organization: "o")
    private static let header = RunHeader(startedAt: Timestamp(seconds: 5), target: target, script: "s.hook")
    private static let start = JournalMark(place: 0)

    private static func id(_ number: Int) -> WebhookID { WebhookID(rawValue: "wh_sample\(number)")! }

    private static func update(_ number: Int) -> JournalEntry {
        JournalEntry(
            key: .existing(id(number)), operation: .update, before: document(number, "old"),
            target: document(number, "new"))
    }

    /// With spellings that must survive.
    private static func document(_ number: Int, _ name: String) -> JSON {
        try! JSON(
            parsing:
                #"{"webhook_id":"wh_sample\#(number)","webhook_name":"\#(name)","x":1.0,"y":1e3,"z":9007199254740993}"#)
    }

    private static let entries = [
        update(1),
        JournalEntry(key: .new(1), operation: .create, before: nil, target: ["x": 1], equalBefore: [id(9)]),
        JournalEntry(key: .existing(id(2)), operation: .delete, before: document(2, "gone"), target: nil),
        JournalEntry(
            key: .existing(id(3)), operation: .update, before: document(3, "a"), target: document(3, "b"),
            state: .conflict, detail: "why"),
    ]

    private static let many = (0..<12).map(update)

    /// Some of which may be of one entry, or of none.
    private static func anyUpdates(_ random: inout SeededGenerator) -> [JournalUpdate] {
        var positions = Array(0..<12).shuffled(using: &random)
        if Int.random(in: 0..<4, using: &random) == 0 { positions[1] = positions[0] }
        if Int.random(in: 0..<4, using: &random) == 0 { positions[2] = 99 }
        return positions.prefix(Int.random(in: 0...12, using: &random)).map { anyUpdate(at: $0, &random) }
    }

    /// Says no more than a state, mostly.
    private static func anyUpdate(at position: Int, _ random: inout SeededGenerator) -> JournalUpdate {
        var update = JournalUpdate(
            position: position, state: [.planned, .sent, .confirmed].randomElement(using: &random)!)
        switch Int.random(in: 0..<20, using: &random) {
        case 0: update.detail = "why"
        case 1: update.createdID = id(7)
        case 2: update.answer = ["x": 1]
        case 3: update.images = JournalUpdate.Images(before: ["n": 1], target: ["n": 2])
        default: break
        }
        return update
    }

    private static func isSuccess(_ result: Result<Void, JournalError>) -> Bool {
        if case .success = result { true } else { false }
    }

    package static let checks: [Check] = [
        Check(description: "keeps a run as it was begun, spelling included") { open, _ in
            let journal = open("a")
            let run = try await journal.begin(header, entries: entries, since: start)
            let kept = try await journal.entries(of: run)
            try expect(kept == entries, "the entries are other ones")
            try expect(kept[0].before?.text() == entries[0].before?.text(), "spelling was lost")
            let summary = RunSummary(id: run, header: header, finishedAt: nil, counts: [.planned: 3, .conflict: 1])
            try expect(try await journal.runs(limit: 1).first == summary, "the summary is another one")
            try expect(try await journal.run(run) == summary, "the run is another one")
        },
        Check(description: "knows what a rollback takes back") { open, _ in
            let journal = open("a")
            let first = try await journal.begin(header, entries: [], since: start)
            let inverse = RunHeader(startedAt: Timestamp(seconds: 6), target: target, kind: .rollback(of: first))
            let second = try await journal.begin(inverse, entries: [], since: start)
            try expect(try await journal.run(second).header == inverse, "the header is another one")
        },
        Check(description: "notes new states of several entries in one, and those that it can't fail by themselves") {
            open, _ in
            let journal = open("a")
            let run = try await journal.begin(header, entries: entries, since: start)
            let results = await journal.record(
                [
                    JournalUpdate(position: 0, state: .sent), JournalUpdate(position: 99, state: .sent),
                    JournalUpdate(position: 1, state: .sent), JournalUpdate(position: 0, state: .confirmed),
                ], of: run)
            let failures = results.map { result -> JournalError? in
                if case .failure(let error) = result { error } else { nil }
            }
            try expect(failures == [nil, .unknownEntry(run, position: 99), nil, nil], "the results are other ones")
            let states = try await journal.entries(of: run).map(\.state)
            try expect(states == [.confirmed, .sent, .planned, .conflict], "the states are other ones")
            try await journal.finish(run, at: Timestamp(seconds: 9))
            let late = await journal.record([JournalUpdate(position: 0, state: .sent)], of: run)
            if case .failure(.finished(run)) = late.first { return }
            try expect(false, "a finished run was written on")
        },
        Check(description: "notes what comes in one as it would one after the other") { open, _ in
            let journal = open("a")
            var random = SeededGenerator(seed: 20)
            for _ in 0..<60 {
                let updates = anyUpdates(&random)
                let together = try await journal.begin(header, entries: many, since: try await journal.mark())
                let answers = await journal.record(updates, of: together).map(isSuccess)
                try await journal.finish(together, at: Timestamp(seconds: 9))
                let alone = try await journal.begin(header, entries: many, since: try await journal.mark())
                var expected: [Bool] = []
                for update in updates { expected += await journal.record([update], of: alone).map(isSuccess) }
                try await journal.finish(alone, at: Timestamp(seconds: 9))
                try expect(answers == expected, "the results of \(updates) are other ones")
                let (kept, wanted) = (try await journal.entries(of: together), try await journal.entries(of: alone))
                try expect(kept == wanted, "the entries after \(updates) are other ones")
            }
        },
        Check(description: "notes new states, one entry at a time, with images and answers") { open, _ in
            let journal = open("a")
            let run = try await journal.begin(header, entries: entries, since: start)
            try await journal.record(JournalUpdate(position: 1, state: .sent), of: run)
            try await journal.record(
                JournalUpdate(position: 1, state: .confirmed, createdID: id(7), answer: ["x": 1, "id": 7]), of: run)
            let images = JournalUpdate.Images(before: document(1, "merged"), target: document(1, "both"))
            try await journal.record(JournalUpdate(position: 0, state: .sent, images: images), of: run)
            try await journal.record(JournalUpdate(position: 0, state: .refused, detail: "invalid 422"), of: run)
            let kept = try await journal.entries(of: run)
            try expect(kept.map(\.state) == [.refused, .confirmed, .planned, .conflict], "the states are other ones")
            try expect(kept[0].detail == "invalid 422" && kept[1].createdID == id(7), "detail or id was lost")
            try expect(kept[0].before == images.before && kept[0].target == images.target, "the images were lost")
            try expect(kept[1].answer == ["x": 1, "id": 7], "the answer was lost")
            try expect(kept[1].equalBefore == [id(9)], "the webhooks that were equal before were lost")
        },
        Check(description: "takes nothing for a run or entry that isn't there, or is finished") { open, _ in
            let journal = open("a")
            let run = try await journal.begin(header, entries: entries, since: start)
            let other = RunID(rawValue: run.rawValue + 100)
            let note = JournalUpdate(position: 0, state: .sent)
            try await expect(.unknownRun(other)) { try await journal.record(note, of: other) }
            try await expect(.unknownRun(other)) { _ = try await journal.entries(of: other) }
            try await expect(.unknownRun(other)) { _ = try await journal.run(other) }
            try await expect(.unknownRun(other)) { try await journal.finish(other, at: header.startedAt) }
            try await expect(.unknownRun(other)) { try await journal.reopen(other, for: header.target, since: start) }
            for position in [-1, 4] {
                try await expect(.unknownEntry(run, position: position)) {
                    try await journal.record(JournalUpdate(position: position, state: .sent), of: run)
                }
            }
            try await journal.finish(run, at: Timestamp(seconds: 9))
            try await expect(.finished(run)) { try await journal.record(note, of: run) }
            try await expect(.finished(run)) { try await journal.finish(run, at: header.startedAt) }
            try await expect(.finished(run)) { try await journal.reopen(run, for: header.target, since: start) }
            try expect(
                try await journal.runs(limit: 1).first?.finishedAt == Timestamp(seconds: 9), "the end was lost")
        },
        Check(description: "lists runs from the newest, as many as asked for") { open, _ in
            let journal = open("a")
            var runs: [RunID] = []
            for _ in 1...3 { runs.append(try await journal.begin(header, entries: [], since: start)) }
            try expect(runs == runs.sorted() && Set(runs).count == 3, "the numbers don't rise")
            try expect(try await journal.runs(limit: 2).map(\.id) == [runs[2], runs[1]], "the order is another one")
            try expect(try await journal.runs(limit: 0).isEmpty, "there is a run too many")
        },
        Check(description: "forgets runs that were finished before a time, and no others") { open, _ in
            let journal = open("a")
            let old = try await journal.begin(header, entries: entries, since: start)
            try await journal.finish(old, at: Timestamp(seconds: 6))
            let unfinished = try await journal.begin(header, entries: [update(8)], since: start)
            let new = try await journal.begin(header, entries: [], since: start)
            try await journal.finish(new, at: Timestamp(seconds: 101))
            try expect(try await journal.prune(before: Timestamp(seconds: 50)) == 1, "the count is another one")
            try expect(try await journal.runs(limit: 9).map(\.id) == [new, unfinished], "the wrong runs are left")
        },
        Check(description: "tells what other runs wrote before, and what they created at any time") { open, _ in
            let journal = open("a")
            let elsewhere = RunHeader(
                startedAt: header.startedAt, target: CommitTarget(profile: "p", host: "other", organization: "o"))
            var runs: [RunID] = []
            for (number, header) in [header, header, header, elsewhere].enumerated() {
                let create = JournalEntry(key: .new(1), operation: .create, before: nil, target: ["x": 1])
                let run = try await journal.begin(
                    header, entries: [update(number), create, create], since: try await journal.mark())
                let made = JournalUpdate(position: 1, state: .confirmed, createdID: id(10 + number))
                try await journal.record(made, of: run)
                try await journal.finish(run, at: Timestamp(seconds: 9))
                runs.append(run)
            }
            let others = try await journal.webhooks(besides: runs[1])
            try expect(others.older == [id(0)], "older are \(others.older)")
            try expect(others.created == [id(10), id(12)], "created are \(others.created)")
            let unknown = RunID(rawValue: runs[3].rawValue + 100)
            try await expect(.unknownRun(unknown)) { _ = try await journal.webhooks(besides: unknown) }
        },
        Check(description: "takes states of many entries at once") { open, _ in
            let journal = open("a")
            let many = (0..<200).map(update)
            let run = try await journal.begin(header, entries: many, since: start)
            try await withThrowingTaskGroup { group in
                for position in many.indices {
                    group.addTask { try await journal.record(JournalUpdate(position: position, state: .sent), of: run) }
                }
                try await group.waitForAll()
            }
            try expect(try await journal.runs(limit: 1).first?.counts == [.sent: 200], "some were lost")
        },
    ]

    private static func expect(_ holds: Bool, _ otherwise: String) throws {
        if !holds { throw Violation(description: otherwise) }
    }

    private static func expect(_ error: JournalError, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let thrown as JournalError where thrown == error {
            return
        }
        throw Violation(description: "\(error) was not thrown")
    }
}

/// What leases must do: kept apart, since it takes several processes.
extension JournalConformance {
    package static let leaseChecks: [Check] = [
        Check(description: "two runs never hold one webhook") { open, _ in
            let (one, two) = (open("a"), open("b"))
            let run = try await one.begin(header, entries: [update(1), update(2)], since: start)
            try await expect(.leased(by: run, [.webhook(id(2))])) {
                _ = try await two.begin(header, entries: [update(2), update(3)], since: try await two.mark())
            }
            try expect(try await two.runs(limit: 9).map(\.id) == [run], "a run began")
            _ = try await two.begin(header, entries: [update(3)], since: try await two.mark())
        },
        Check(description: "one run at a time creates webhooks") { open, _ in
            let (one, two) = (open("a"), open("b"))
            let create = JournalEntry(key: .new(1), operation: .create, before: nil, target: ["x": 1])
            let run = try await one.begin(header, entries: [create], since: start)
            try await expect(.leased(by: run, [.creation])) {
                _ = try await two.begin(header, entries: [create], since: try await two.mark())
            }
        },
        Check(description: "an entry that writes nothing is in nobody's way") { open, _ in
            let (one, two) = (open("a"), open("b"))
            var conflict = update(1)
            conflict.state = .conflict
            _ = try await one.begin(header, entries: [conflict], since: start)
            _ = try await two.begin(header, entries: [update(1)], since: start)
        },
        Check(description: "a reading that another run has overtaken stays so when that run is forgotten") { open, _ in
            let (a, b) = (open("a"), open("b"))
            let mark = try await a.mark()
            let run = try await b.begin(header, entries: [update(1)], since: try await b.mark())
            try await b.record(JournalUpdate(position: 0, state: .confirmed), of: run)
            try await b.finish(run, at: Timestamp(seconds: 10))
            try expect(try await b.prune(before: Timestamp(seconds: 20)) == 1, "nothing was forgotten")
            try await expect(.overtaken([.webhook(id(1))])) {
                _ = try await a.begin(header, entries: [update(1)], since: mark)
            }
        },
        Check(description: "a reading from before another run's end is overtaken") { open, _ in
            let (one, two) = (open("a"), open("b"))
            let mark = try await two.mark()
            let run = try await one.begin(header, entries: [update(1)], since: try await one.mark())
            try await one.finish(run, at: header.startedAt)
            try await expect(.overtaken([.webhook(id(1))])) {
                _ = try await two.begin(header, entries: [update(1), update(2)], since: mark)
            }
            _ = try await two.begin(header, entries: [update(1), update(2)], since: try await two.mark())
        },
        Check(description: "what a process held that died since the mark is read again") { open, kill in
            let (one, two) = (open("a"), open("b"))
            let run = try await one.begin(header, entries: [update(1)], since: start)
            let mark = try await two.mark()
            kill("a")
            try await expect(.overtaken([.webhook(id(1))])) {
                _ = try await two.begin(header, entries: [update(1)], since: mark)
            }
            let next = try await two.begin(header, entries: [update(1)], since: try await two.mark())
            let three = open("c")
            try await expect(.leased(by: next, [.webhook(id(1))])) {
                try await three.reopen(run, for: header.target, since: try await three.mark())
            }
        },
        Check(description: "a run that was released can be gone on with, by one process at a time") { open, _ in
            let (one, two, three) = (open("a"), open("b"), open("c"))
            let run = try await one.begin(header, entries: [update(1), update(2)], since: start)
            try await expect(.leased(by: run, [.webhook(id(1)), .webhook(id(2))])) {
                try await two.reopen(run, for: header.target, since: try await two.mark())
            }
            try await one.record(JournalUpdate(position: 0, state: .confirmed), of: run)
            try await one.release(run)
            try await two.reopen(run, for: header.target, since: try await two.mark())
            try await expect(.leased(by: run, [.webhook(id(2))])) {
                try await three.reopen(run, for: header.target, since: try await three.mark())
            }
            try await two.record(JournalUpdate(position: 1, state: .confirmed), of: run)
            try await two.finish(run, at: header.startedAt)
        },
        Check(description: "a run that a living process has open goes on nowhere else, though all of it is through") {
            open, _ in
            let (one, two) = (open("a"), open("b"))
            let run = try await one.begin(header, entries: [update(1), update(2)], since: start)
            for position in 0...1 {
                try await one.record(JournalUpdate(position: position, state: .refused), of: run)
            }
            try await expect(.leased(by: run, [.webhook(id(1)), .webhook(id(2))])) {
                try await two.reopen(run, for: header.target, since: try await two.mark())
            }
        },
        Check(description: "what another process has done of a run since the mark is read again") { open, _ in
            let (one, two) = (open("a"), open("b"))
            let run = try await one.begin(header, entries: [update(1), update(2)], since: start)
            try await one.release(run)
            let mark = try await two.mark()
            try await one.reopen(run, for: header.target, since: try await one.mark())
            try await one.record(JournalUpdate(position: 0, state: .confirmed), of: run)
            try await one.release(run)
            try await expect(.overtaken([.webhook(id(1)), .webhook(id(2))])) {
                try await two.reopen(run, for: header.target, since: mark)
            }
            try await two.reopen(run, for: header.target, since: try await two.mark())
        },
        Check(description: "a write that was under way when its process died is waited for") { open, kill in
            let (one, two) = (open("a"), open("b"))
            let run = try await one.begin(header, entries: [update(1), update(2)], since: start)
            try await one.record(JournalUpdate(position: 0, state: .sent), of: run)
            kill("a")
            for _ in 1...2 {
                try await expect(.unsettled([run])) {
                    _ = try await two.begin(header, entries: [update(1)], since: try await two.mark())
                }
            }
            _ = try await two.begin(header, entries: [update(2)], since: try await two.mark())
            var mark = try await two.mark()
            mark.settled = ["a"]
            _ = try await two.begin(header, entries: [update(1)], since: mark)
        },
        Check(description: "a process that died after another was waited for is waited for, too") { open, kill in
            let (one, two, three) = (open("a"), open("b"), open("c"))
            let run = try await one.begin(header, entries: [update(1)], since: start)
            kill("a")
            try await two.reopen(run, for: header.target, since: try await two.mark())
            try await two.record(JournalUpdate(position: 0, state: .sent), of: run)
            kill("b")
            var mark = try await three.mark()
            mark.settled = ["a"]
            try await expect(.unsettled([run])) {
                _ = try await three.begin(header, entries: [update(1)], since: mark)
            }
        },
        Check(description: "a run that goes on under another key keeps out sessions of either") { open, _ in
            let (one, two) = (open("a"), open("b"))
            let run = try await one.begin(header, entries: [update(1)], since: start)
            try await one.release(run)
            var renewed = header
            renewed.target = CommitTarget(
                profile: header.target.profile, host: header.target.host, organization: "another key")
            try await one.reopen(run, for: renewed.target, since: try await one.mark())
            for header in [header, renewed] {
                try await expect(.leased(by: run, [.webhook(id(1))])) {
                    _ = try await two.begin(header, entries: [update(1)], since: try await two.mark())
                }
            }
            try await one.release(run)
            _ = try await two.begin(renewed, entries: [update(1)], since: try await two.mark())
        },
        Check(description: "a run whose process had died before the mark goes on at once") { open, kill in
            let (one, two) = (open("a"), open("b"))
            let run = try await one.begin(header, entries: [update(1), update(2)], since: start)
            try await one.record(JournalUpdate(position: 0, state: .sent), of: run)
            let early = try await two.mark()
            kill("a")
            try await expect(.overtaken([.webhook(id(1)), .webhook(id(2))])) {
                try await two.reopen(run, for: header.target, since: early)
            }
            try await two.reopen(run, for: header.target, since: try await two.mark())
        },
        Check(description: "the process that let go of a run goes on with it") { open, _ in
            let one = open("a")
            let run = try await one.begin(header, entries: [update(1)], since: start)
            try await one.reopen(run, for: header.target, since: try await one.mark())
            try await expect(.leased(by: run, [.webhook(id(1))])) {
                _ = try await one.begin(header, entries: [update(1)], since: try await one.mark())
            }
        },
    ]
}
