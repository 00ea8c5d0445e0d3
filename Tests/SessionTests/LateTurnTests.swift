import LosslessJSON
import TestSupport
import Testing
import WebhookModel

@testable import Session

/// Behind a limit of the rate, a write's turn may come when what was read of its webhook is too old.
@Suite("A write whose turn comes too late")
struct LateTurnTests {
    private let pause = Samples.set("active", false)
    private let start = Timestamp(seconds: 1_000)
    private let overdue = ServiceError(.overdue, operation: "update", host: "memory")

    /// A session with edits of webhooks 1 to 3, the first of which waits a minute for its turn, in vain.
    private func bench(_ edit: Edit) async throws -> Bench {
        let bench = try await Bench()
        try await bench.stage(edit, on: 1, 2, 3)
        bench.service.failNext(.update, .refuse(.overdue))
        bench.service.beforeNext(.update) { _ in bench.clock.advance(by: .seconds(61)) }
        return bench
    }

    @Test("is sent by a newer reading, and keeps what somebody wrote meanwhile")
    func isSentLater() async throws {
        let bench = try await bench(pause)
        bench.service.beforeNext(.list) { _ in }
        bench.service.beforeNext(.list) { $0[Samples.id(1)]?.put("Theirs", "webhook_name") }
        let report = try await bench.commit()
        #expect(report.outcome == .done && report.counts == [.confirmed: 3])
        #expect(bench.operations.prefix(6) == [.list, .update, .list, .update, .update, .update])
        let first = bench.service.webhooks[0].document
        #expect(first.at("webhook_name") == "Theirs" && first.at("is_active") == false)
    }

    @Test("is not sent where somebody wrote the same place meanwhile")
    func conflict() async throws {
        let bench = try await bench(Samples.set("description", "ours"))
        bench.service.beforeNext(.list) { _ in }
        bench.service.beforeNext(.list) { $0[Samples.id(1)]?.put("theirs", "description") }
        let report = try await bench.commit { $0.send.onError = .continue }
        #expect(report.counts == [.conflict: 1, .confirmed: 2])
        #expect(bench.service.webhooks[0].document.at("description") == "theirs")
    }

    @Test("is read again right before it with --careful")
    func careful() async throws {
        let bench = try await bench(pause)
        let report = try await bench.commit { $0.send.isCareful = true }
        #expect(report.outcome == .done)
        #expect(bench.operations.prefix(5) == [.list, .get, .update, .get, .update])
    }

    @Test("counts as none of the first few")
    func canary() async throws {
        let bench = try await bench(pause)
        var options = CommitOptions(secrets: .plain)
        options.send.canary = 1
        let report = try await bench.session.commit(options, canary: { false })
        #expect(report.stop == .canary && report.counts == [.confirmed: 1, .planned: 2])
    }

    @Test("ends the run where its turn always comes too late, and nothing is left as sent")
    func never() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2)
        for _ in 0..<100 { bench.service.failNext(.update, .refuse(.overdue)) }
        let report = try await bench.commit()
        guard case .service(let error) = report.stop else { throw CommitTests.Unexpected() }
        #expect(error.kind == .overdue && report.counts == [.planned: 2])
        let run = try #require(report.run)
        #expect(try await bench.journal.entries(of: run).map(\.state) == [.planned, .planned])
        #expect(bench.service.requests.count < 20)
    }

    @Test("is read by itself when it comes back from behind a list that told of the others")
    func behindTheList() throws {
        var options = SendOptions()
        options.concurrency = 2
        var machine = CommitMachine(
            items: [0: update(1), 1: update(2), 2: update(3)], knownIDs: Set((1...3).map(Samples.id)), readAt: start,
            planner: Planner(secrets: .plain), options: options)
        let (later, last) = (start.advanced(by: .seconds(61)), start.advanced(by: .seconds(62)))
        let sent = machine.start(at: start) + machine.handle(.recorded(position: 0), at: start)
        #expect(sent.contains(.send(position: 0, update(1).write, until: start.advanced(by: .seconds(60)))))
        _ = machine.handle(.recorded(position: 1), at: start)
        let asked = machine.handle(.answered(position: 0, .failure(overdue)), at: later)
        #expect(asked == [.record(JournalUpdate(position: 0, state: .planned))])
        // The list waits until it is back in line, so that it tells of this one as well.
        let list = machine.handle(.recorded(position: 0), at: later)
        guard case .refresh(let ids) = list.first, list.count == 1 else { throw CommitTests.Unexpected() }
        #expect(Set(ids) == Set((1...3).map(Samples.id)))
        _ = machine.handle(.refreshed(.success((1...3).map { Samples.webhook($0) })), at: later)
        let back = machine.handle(.answered(position: 1, .failure(overdue)), at: last)
        #expect(back.contains(.record(JournalUpdate(position: 1, state: .planned))))
        #expect(machine.handle(.recorded(position: 1), at: last) == [.read(position: 1, Samples.id(2))])
    }

    @Test("a list counts from its pages, not from when what they lack was read")
    func completedLate() throws {
        var options = SendOptions()
        options.concurrency = 1
        let all = (1...2).map { Samples.webhook($0) }
        var machine = CommitMachine(
            items: [0: update(1), 1: update(2)], knownIDs: Set((1...2).map(Samples.id)), readAt: start,
            planner: Planner(secrets: .plain), options: options)
        let (later, last) = (start.advanced(by: .seconds(61)), start.advanced(by: .seconds(122)))
        guard case .refresh = machine.start(at: later).first else { throw CommitTests.Unexpected() }
        let again = machine.handle(.refreshed(.success(all), age: .seconds(61)), at: last)
        guard case .refresh = again.first else { throw CommitTests.Unexpected() }
        let sent = machine.handle(.refreshed(.success(all), age: .seconds(59)), at: last)
        #expect(sent == [.record(JournalUpdate(position: 0, state: .sent))])
        let until = start.advanced(by: .seconds(123))
        #expect(machine.handle(.recorded(position: 0), at: last) == [.send(position: 0, update(1).write, until: until)])
    }

    private func update(_ number: Int) -> CommitItem {
        let target = Samples.document(number) { $0.put(false, "is_active") }
        return CommitItem(write: .update(Samples.id(number), target), before: Samples.document(number), intent: .exact)
    }
}
