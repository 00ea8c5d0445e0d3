import LosslessJSON
import Synchronization
import TestSupport
import Testing
import WebhookModel

@testable import Session

/// Behind a limit of the rate, a run may be held while some of its writes wait for their turn.
@Suite("A write that waits for its turn", .timeLimit(.minutes(2)))
struct HeldTurnTests {
    private let pause = Samples.set("active", false)

    /// Writes get their turn once they may not leave any more; after `open`, at once.
    private final class Queue: Sendable {
        private let state = Mutex((isOpen: false, waiting: Set<WebhookID>()))

        func turn(_ request: InMemoryWebhookService.Request, _ departure: Departure) async {
            _ = state.withLock { state in request.id.map { state.waiting.insert($0) } }
            while !state.withLock(\.isOpen), departure.isAllowed(after: .zero) {
                try? await Task.sleep(for: .milliseconds(1))
            }
        }

        func wait(for count: Int) async throws {
            while state.withLock({ $0.waiting.count }) < count { try await Task.sleep(for: .milliseconds(1)) }
        }

        func open() { state.withLock { $0.isOpen = true } }
    }

    private func bench(_ queue: Queue) async throws -> Bench {
        let bench = try await Bench((1...6).map { Samples.document($0) }, turn: queue.turn)
        try await bench.stage(pause, on: 1, 2, 3, 4, 5, 6)
        return bench
    }

    private var four: CommitOptions {
        var options = CommitOptions(secrets: .plain)
        options.send.concurrency = 4
        return options
    }

    @Test("comes back when the run is cancelled, and is sent by the next one")
    func cancelled() async throws {
        let queue = Queue()
        let bench = try await bench(queue)
        let commit = Task { try await bench.session.commit(four) }
        try await queue.wait(for: 4)
        commit.cancel()
        let report = try await commit.value
        #expect(report.stop == .cancelled && report.counts == [.planned: 6])
        #expect(bench.service.puts.isEmpty)
        let entries = try await bench.journal.entries(of: try #require(report.run))
        #expect(entries.map(\.state) == Array(repeating: .planned, count: 6))
        queue.open()
        #expect(try await bench.commit().counts == [.confirmed: 6])
    }

    @Test("comes back when the run is paused, as often as that is, and leaves when it goes on")
    func paused() async throws {
        let queue = Queue()
        let bench = try await bench(queue)
        let control = CommitControl()
        let commit = Task { try await bench.session.commit(four, control: control) }
        try await queue.wait(for: 4)
        for _ in 0..<20 {
            await withCheckedContinuation { drained in
                control.pause(by: .suspension) { drained.resume() }
            }
            #expect(bench.service.puts.isEmpty)
            control.proceed(by: .suspension)
        }
        queue.open()
        let report = try await commit.value
        #expect(report.outcome == .done && report.counts == [.confirmed: 6])
        #expect(bench.service.puts.count == 6)
    }

    @Test("comes back when another one's refusal stops the run")
    func stopped() async throws {
        let queue = Queue()
        let bench = try await Bench(
            (1...6).map { Samples.document($0) },
            turn: { request, departure in
                // The first leaves once the others wait.
                if request.id == Samples.id(1) {
                    try? await queue.wait(for: 3)
                } else {
                    await queue.turn(request, departure)
                }
            })
        try await bench.stage(pause, on: 1, 2, 3, 4, 5, 6)
        bench.service.failNext(.update, .refuse(.invalid([])))
        let report = try await bench.session.commit(four)
        #expect(report.counts == [.refused: 1, .planned: 5])
        #expect(bench.service.puts.count == 1)
    }

    @Test("stays unknown where nobody can tell whether it was taken before", arguments: [false, true])
    func inDoubt(isCancelledEarly: Bool) throws {
        let start = Timestamp(seconds: 1_000)
        let masked = Samples.document(1) { $0.put("****", "channels[0].configs.bot_token") }
        let write = CommitMachine.Write.update(Samples.id(1), Samples.document(1))
        var machine = CommitMachine(
            items: [0: CommitItem(write: write, before: masked, intent: .exact)], knownIDs: [Samples.id(1)],
            readAt: start, planner: Planner(secrets: .plain), options: SendOptions())
        let lost = ServiceError(.ambiguous(reason: "cut off"), operation: "update", host: "memory")
        let late = ServiceError(.overdue, operation: "update", host: "memory")
        _ = machine.start(at: start) + machine.handle(.recorded(position: 0), at: start)
        _ = machine.handle(.answered(position: 0, .failure(lost)), at: start)
        _ = machine.handle(.waited(position: 0), at: start)
        if isCancelledEarly { _ = machine.handle(.cancel, at: start) }
        _ = machine.handle(.read(position: 0, .success(Webhook(document: masked))), at: start)
        if !isCancelledEarly {
            _ = machine.handle(.cancel, at: start)
            _ = machine.handle(.answered(position: 0, .failure(late)), at: start)
        }
        #expect(machine.status(at: 0)?.kind == .unknown)
    }
}
