import LosslessJSON
import Session
import TestSupport
import Testing
import WebhookModel

@Suite("Many webhooks", .serialized)
struct ScaleTests {
    private static let count = 10_000

    private static func webhook(_ number: Int) -> Webhook {
        Webhook(
            document: Samples.json(
                #"{"webhook_id":"wh_n\#(number)","webhook_name":"Webhook \#(number % 1000)","event_types":["object.created"],"channels":[{"channel":"webhook","configs":{"url":"https://h.example.com/\#(number)"}}],"is_active":true}"#
            ))
    }

    @Test("are listed, edited one by one, undone, resolved and planned in time in proportion", .timeLimit(.minutes(5)))
    func scale() throws {
        var state = SessionState()
        state.refresh((0..<Self.count).lazy.map(Self.webhook), at: Timestamp(seconds: 0))
        let keys = state.keys
        #expect(keys.count == Self.count)
        let pause = Samples.set("active", false)
        for key in keys { _ = try state.stage(pause, on: [key]) }
        #expect(state.stagedCount == Self.count)
        let report = try state.stage(.addEvents(["trigger.fired"]), on: keys)
        #expect(report.changed.count == Self.count)
        for key in keys.prefix(2_000) { #expect(try state.resolve("\(key)") == key) }
        let live = LiveSnapshot(
            keys.compactMap { state.live($0) }, isComplete: true, readAt: Timestamp(seconds: 0), requests: 100)
        let plan = Planner(secrets: .plain).plan(state.staged, against: live)
        #expect(plan.writes == Self.count)
        #expect(state.undo().keys.count == Self.count)
        #expect(state.undo(Self.count).steps == Self.count)
        #expect(state.stagedCount == 0)
    }

    @Test("renamed alike one after another take time in proportion", .timeLimit(.minutes(2)))
    func sameName() throws {
        var state = SessionState()
        state.refresh((0..<20_000).lazy.map(Self.webhook), at: Timestamp(seconds: 0))
        for key in state.keys { _ = try state.stage(Samples.set("name", "Same"), on: [key]) }
        #expect(throws: ResolutionError.self) { try state.resolve("Same") }
    }

    @Test("five thousand of them commit", .timeLimit(.minutes(2)))
    func commit() async throws {
        let bench = try await Bench((0..<5_000).map { Self.webhook($0).document })
        let keys = await bench.session.state.keys
        try await bench.session.update { state in _ = try state.stage(Samples.set("active", false), on: keys) }
        let report = try await bench.commit { $0.send.concurrency = 16 }
        #expect(report.counts == [.confirmed: 5_000])
    }
}
