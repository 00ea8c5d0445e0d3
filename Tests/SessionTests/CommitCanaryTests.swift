import LosslessJSON
import Session
import Synchronization
import TestSupport
import Testing
import WebhookModel

@Suite("The first few of a commit")
struct CommitCanaryTests {
    private let pause = Samples.set("active", false)

    private func options() -> CommitOptions {
        var options = CommitOptions(secrets: .plain)
        options.send.canary = 1
        return options
    }

    @Test("are sent and verified before somebody is asked, and the rest only then")
    func asks() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2, 3)
        let sent = Mutex(0)
        let report = try await bench.session.commit(
            options(),
            canary: {
                sent.withLock { $0 = bench.service.puts.count }
                return true
            })
        #expect(report.outcome == .done && sent.withLock { $0 } == 1 && bench.service.puts.count == 3)
    }

    @Test("are all that is sent where nobody wants the rest")
    func declined() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2, 3)
        let report = try await bench.session.commit(options(), canary: { false })
        #expect(report.stop == .canary && report.counts == [.confirmed: 1, .planned: 2])
    }

    @Test("are waited for no longer once the run is cancelled", .timeLimit(.minutes(3)))
    func cancelled() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2, 3)
        let (asked, question) = AsyncStream.makeStream(of: Void.self)
        let commit = Task {
            try await bench.session.commit(
                options(),
                canary: {
                    question.finish()
                    try? await Task.sleep(for: .seconds(86_400))
                    return !Task.isCancelled
                })
        }
        for await _ in asked {}
        commit.cancel()
        let report = try await commit.value
        #expect(report.stop == .cancelled && report.counts == [.confirmed: 1, .planned: 2])
    }
}
