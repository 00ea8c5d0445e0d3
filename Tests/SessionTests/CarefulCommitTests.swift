import LosslessJSON
import Session
import Synchronization
import TestSupport
import Testing
import WebhookModel

@Suite("A careful commit")
struct CarefulCommitTests {
    private let pause = Samples.set("active", false)

    private func commit(_ bench: Bench) async throws -> CommitReport {
        try await bench.commit { $0.send.isCareful = true }
    }

    @Test("reads each webhook right before its write and right after it")
    func threeRequests() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2)
        let report = try await commit(bench)
        #expect(report.outcome == .done)
        #expect(bench.operations == [.list, .get, .update, .get, .get, .update, .get, .list])
    }

    @Test("merges what somebody changed between the list and the write, and the journal has that as what was there")
    func mergesTheLast() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        bench.service.beforeNext(.get) { $0[Samples.id(1)]?.put("theirs", "description") }
        let report = try await commit(bench)
        let held = try #require(bench.service.world[Samples.id(1)])
        #expect(report.outcome == .done && held["description"] == "theirs" && held["is_active"] == false)
        let run = try #require(report.run)
        let entry = try #require(try await bench.journal.entries(of: run).first)
        #expect(entry.before?["description"] == "theirs" && entry.target?["description"] == "theirs")
    }

    @Test("sends nothing where somebody changed the same, or deleted it, after the list")
    func conflicts() async throws {
        let bench = try await Bench()
        try await bench.stage(Samples.set("description", "ours"), on: 1, 2, 3)
        bench.service.beforeNext(.get) { world in
            world[Samples.id(1)]?.put("theirs", "description")
            world[Samples.id(2)] = nil
        }
        let report = try await commit(bench)
        #expect(report.entries.map(\.status.kind) == [.conflict, .conflict, .confirmed])
        #expect(bench.service.puts.count == 1)
        #expect(bench.service.world[Samples.id(1)]?["description"] == "theirs")
    }

    @Test("sends nothing where the server holds already what it is to hold")
    func already() async throws {
        let bench = try await Bench()
        try await bench.stage(Samples.set("description", "ours"), on: 1)
        bench.service.beforeNext(.get) { $0[Samples.id(1)]?.put("ours", "description") }
        let report = try await commit(bench)
        #expect(report.entries.map(\.status.kind) == [.already] && bench.service.puts.isEmpty)
    }

    @Test("shows what somebody wrote right after it, and takes back its own alone")
    func lostRace() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        bench.service.beforeNext(.get) { _ in }
        bench.service.beforeNext(.get) { $0[Samples.id(1)]?.put("theirs", "description") }
        let report = try await commit(bench)
        guard case .confirmed(let verification) = report.entries.first?.status else {
            Issue.record("it is \(String(describing: report.entries.first?.status))")
            return
        }
        #expect(verification.differences.map(\.path.description) == ["description"])
        let run = try #require(report.run)
        let back = try await bench.session.commit(
            try await bench.session.prepareRollback(run, CommitOptions(secrets: .plain)))
        let held = try #require(bench.service.world[Samples.id(1)])
        #expect(back.outcome == .done && held["is_active"] == true && held["description"] == "theirs")
    }

    @Test("says that a webhook is gone where it was deleted right after its write")
    func deletedAfter() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        bench.service.beforeNext(.get) { _ in }
        bench.service.beforeNext(.get) { $0[Samples.id(1)] = nil }
        let report = try await commit(bench)
        guard case .confirmed(let verification) = report.entries.first?.status else {
            Issue.record("it is \(String(describing: report.entries.first?.status))")
            return
        }
        #expect(!verification.lost.isEmpty || verification.differences.contains { $0.path == .root })
    }

    @Test("sends nothing of what can't be read first")
    func readBeforeFails() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        bench.service.failNext(.get, .refuse(.serverError))
        let report = try await commit(bench)
        #expect(report.entries.map(\.status.kind) == [.failed] && bench.service.puts.isEmpty)
    }

    @Test("takes a write for confirmed by its answer where it can't be read again")
    func readAfterFails() async throws {
        let service = Mutex<InMemoryWebhookService?>(nil)
        let bench = try await Bench { request in
            if request.operation == .update { service.withLock { $0 }?.failNext(.get, .refuse(.serverError)) }
        }
        service.withLock { $0 = bench.service }
        try await bench.stage(pause, on: 1)
        #expect(try await commit(bench).outcome == .done)
        #expect(bench.operations == [.list, .get, .update, .get, .list])
    }
}
