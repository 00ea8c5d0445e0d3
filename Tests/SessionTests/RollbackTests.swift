import LosslessJSON
import Session
import TestSupport
import Testing
import WebhookModel

@Suite("A rollback")
struct RollbackTests {
    private let pause = Samples.set("active", false)

    private func rollback(_ bench: Bench, _ run: RunID, only: Set<WebhookID>? = nil) async throws -> CommitReport {
        let options = CommitOptions(secrets: .plain)
        return try await bench.session.commit(
            try await bench.session.prepareRollback(run, only: only, options))
    }

    private func same(_ left: JSON?, _ right: JSON) -> Bool { left.map { ServerOwned.isSame($0, right) } ?? false }

    @Test("puts every webhook back as it was, and is a run of its own that can be taken back")
    func inverse() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, Edit.addEvents(["cluster.created"]), on: 1, 2)
        let run = try #require(try await bench.commit().run)
        let report = try await rollback(bench, run)
        #expect(report.outcome == .done && report.counts == [.confirmed: 2])
        for number in 1...3 { #expect(same(bench.service.world[Samples.id(number)], Samples.document(number))) }
        let back = try #require(report.run)
        #expect(try await bench.journal.run(back).header.kind == .rollback(of: run))
        #expect(try await rollback(bench, back).outcome == .done)
        #expect(bench.service.world[Samples.id(1)]?["is_active"] == false)
    }

    @Test("puts a channel back in its place, with what it was")
    func channelOrder() async throws {
        let channels: JSON = [
            ["channel": "slack", "configs": ["channel_id": "C1", "workspace_id": "T"]],
            ["channel": "email", "configs": ["to_addresses": ["a@example.com"]]],
        ]
        let before = Samples.document(1) { $0.put(channels, "channels") }
        let bench = try await Bench([before])
        try await bench.stage(Samples.set("channels[0].configs.channel_id", "C2"), on: 1)
        let run = try #require(try await bench.commit().run)
        #expect(bench.service.world[Samples.id(1)]?["channels"]?[0]?["configs"]?["channel_id"] == "C2")
        #expect(try await rollback(bench, run).outcome == .done)
        #expect(same(bench.service.world[Samples.id(1)], before))
    }

    @Test("keeps what others changed since, and conflicts where they changed the same")
    func foreignChanges() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, Samples.set("name", "Ours"), on: 1, 2)
        let run = try #require(try await bench.commit().run)
        bench.service.change { world in
            try? world[Samples.id(1)]?.set("theirs", at: [.name("description")])
            try? world[Samples.id(2)]?.set("Theirs", at: [.name("webhook_name")])
        }
        let report = try await rollback(bench, run)
        #expect(report.counts == [.confirmed: 1, .conflict: 1] && report.outcome == .partly)
        let first = try #require(bench.service.world[Samples.id(1)])
        #expect(first["description"] == "theirs" && first["is_active"] == true && first["webhook_name"] == "Webhook 1")
        #expect(bench.service.world[Samples.id(2)]?["webhook_name"] == "Theirs")
        #expect(bench.service.world[Samples.id(2)]?["is_active"] == false)
    }

    @Test("deletes what the run created, unless somebody has changed it since")
    func created() async throws {
        let bench = try await Bench()
        let new = NewWebhook(
            name: "New", events: ["object.created"],
            channels: [NewChannel(kind: "webhook", entries: [.init(["url"], "https://a.example.com")])])
        var other = new
        other.name = "Other"
        try await bench.session.update { [new, other] state in
            _ = try state.create(new)
            _ = try state.create(other)
        }
        let report = try await bench.commit()
        let ids = report.entries.compactMap(\.id)
        bench.service.change { try? $0[ids[1]]?.set("theirs", at: [.name("description")]) }
        let back = try await rollback(bench, try #require(report.run))
        #expect(back.counts == [.confirmed: 1, .conflict: 1])
        #expect(bench.service.world[ids[0]] == nil && bench.service.world[ids[1]] != nil)
    }

    /// A run that was cut off while it created a webhook, with what it was to create.
    private func cutOff(_ bench: Bench) async throws -> (run: RunID, target: JSON) {
        let target = Samples.document(9) { $0.drop("webhook_id") }
        let header = RunHeader(startedAt: bench.clock.now(), target: bench.session.target)
        let create = JournalEntry(key: .new(1), operation: .create, before: nil, target: target)
        let run = try await bench.journal.begin(header, entries: [create], since: try await bench.journal.mark())
        try await bench.journal.record(JournalUpdate(position: 0, state: .sent), of: run)
        try await bench.journal.release(run)
        return (run, target)
    }

    @Test("finds what came of a create that was cut off, and deletes it")
    func createOfUnknownOutcome() async throws {
        let bench = try await Bench()
        let (run, target) = try await cutOff(bench)
        await #expect(throws: RunError.nothingDone(run)) { try await rollback(bench, run) }
        let id = try #require(try await bench.service.create(target).id)
        #expect(try await rollback(bench, run).counts == [.confirmed: 1])
        #expect(bench.service.world[id] == nil && bench.service.webhooks.count == 3)
    }

    @Test("takes nothing back where nobody can tell which webhook a create has made")
    func unclearCreate() async throws {
        let bench = try await Bench()
        let (run, target) = try await cutOff(bench)
        for _ in 1...2 { _ = try await bench.service.create(target) }
        await #expect(throws: RunError.unclear(run, "Webhook 9")) { try await rollback(bench, run) }
        #expect(bench.service.webhooks.count == 5)
    }

    @Test("restores what looks like one of our masks, where that is what the server had")
    func heldMask() async throws {
        let before = Samples.document(1) { $0.put("••••1234", "channels[0].configs.bot_token") }
        let bench = try await Bench([before])
        try await bench.stage(.delete, on: 1)
        let run = try #require(try await bench.commit().run)
        #expect(try await rollback(bench, run).counts == [.confirmed: 1])
        let restored = try #require(bench.service.webhooks.first)
        #expect(restored.channels[0].config("bot_token") == "••••1234")
    }

    @Test("creates again what the run deleted, and says under which identifier")
    func deleted() async throws {
        let bench = try await Bench()
        try await bench.stage(.delete, on: 2)
        let report = try await rollback(bench, try #require(try await bench.commit().run))
        let id = try #require(report.entries.first?.id)
        #expect(report.outcome == .done && id != Samples.id(2))
        let created = try #require(bench.service.world[id])
        #expect(same(created, Samples.document(2)))
        let run = try #require(report.run)
        #expect(try await bench.journal.entries(of: run).first?.createdID == id)
    }

    @Test("creates nothing twice: what an earlier rollback has created again is left, while it is there")
    func deletedOnce() async throws {
        let bench = try await Bench()
        try await bench.stage(.delete, on: 1, 2)
        let run = try #require(try await bench.commit().run)
        let first = try await rollback(bench, run)
        #expect(first.counts == [.confirmed: 2] && bench.service.webhooks.count == 3)
        await #expect(throws: RunError.nothingDone(run)) { try await rollback(bench, run) }
        #expect(bench.service.webhooks.count == 3)
        // One of them goes again: it alone is created.
        let id = try #require(first.entries.first?.id)
        bench.service.change { $0[id] = nil }
        #expect(try await rollback(bench, run).counts == [.confirmed: 1])
        #expect(bench.service.webhooks.count == 3)
    }

    @Test("takes nothing back while an earlier rollback may have created something")
    func interruptedBefore() async throws {
        let bench = try await Bench()
        try await bench.stage(.delete, on: 1)
        let run = try #require(try await bench.commit().run)
        let header = RunHeader(startedAt: bench.clock.now(), target: bench.session.target, kind: .rollback(of: run))
        let create = JournalEntry(key: .new(1), operation: .create, before: nil, target: Samples.document(1))
        let back = try await bench.journal.begin(header, entries: [create], since: try await bench.journal.mark())
        try await bench.journal.record(JournalUpdate(position: 0, state: .sent), of: back)
        try await bench.journal.release(back)
        await #expect(throws: RunError.takenBackInPart(run, by: back)) { try await rollback(bench, run) }
        #expect(bench.service.webhooks.count == 2)
    }

    @Test("takes back only the webhooks that are named")
    func part() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2)
        let run = try #require(try await bench.commit().run)
        let report = try await rollback(bench, run, only: [Samples.id(2)])
        #expect(report.counts == [.confirmed: 1])
        #expect(bench.service.world[Samples.id(1)]?["is_active"] == false)
        #expect(bench.service.world[Samples.id(2)]?["is_active"] == true)
    }

    @Test("is refused for a run of another organization, and for one that did nothing")
    func refused() async throws {
        let bench = try await Bench()
        let elsewhere = RunHeader(startedAt: bench.clock.now(), target: CommitTarget(profile: "x", host: "y"))
        let run = try await bench.journal.begin(elsewhere, entries: [], since: JournalMark(place: 0))
        await #expect(throws: RunError.otherTarget(run, elsewhere.target)) { try await rollback(bench, run) }
        let ours = RunHeader(startedAt: bench.clock.now(), target: bench.session.target)
        let nothing = try await bench.journal.begin(ours, entries: [], since: JournalMark(place: 0))
        await #expect(throws: RunError.nothingDone(nothing)) { try await rollback(bench, nothing) }
        await #expect(throws: RunError.journal(.unknownRun(RunID(rawValue: 99)))) {
            try await rollback(bench, RunID(rawValue: 99))
        }
    }
}
