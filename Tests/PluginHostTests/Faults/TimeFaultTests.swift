import LosslessJSON
import PluginProtocol
import Testing

@testable import PluginHost

@Suite("Faults: time", .serialized)
struct TimeFaultTests {
    private let clock = ContinuousClock()

    private func timeOfSleep(_ duration: Duration) async throws -> Duration {
        let begin = clock.now
        try await clock.sleep(for: duration)
        return clock.now - begin
    }

    @Test("a call that is not answered fails at its deadline, within 100 ms, and the plugin is stopped")
    func hang() async throws {
        let fixture = try PluginFixture { $0.policy = .milliseconds(300) }
        try fixture.enableFault("hangs")
        var lateness = Duration.seconds(1000)
        // The best of some attempts, beside a sleep of the same length: a busy machine makes both late.
        for _ in 0..<10 where lateness >= .milliseconds(100) {
            // Started first: the deadline counts from the call.
            _ = try await fixture.host.render("odd", [])
            async let asleep = timeOfSleep(.milliseconds(300))
            let begin = clock.now
            let verdict = try #require(try await fixture.host.verdict())
            let taken = clock.now - begin
            lateness = min(lateness, taken - max(.milliseconds(300), try await asleep))
            #expect(taken >= .milliseconds(300))
            #expect(verdict.failure == .failed(plugin: "fault", .timedOut(after: .milliseconds(300))))
            #expect(verdict.denies)
        }
        #expect(lateness < .milliseconds(100))
        #expect(await eventually { fixture.fired("hangs") })
        #expect(await eventually { fixture.log().contains(.stopping(.hang)) })
        #expect(await fixture.finish() == [])
    }

    @Test("a plugin that answers the cancellation is kept")
    func answersCancel() async throws {
        let fixture = try PluginFixture {
            $0.policy = .milliseconds(100)
            $0.cancelGrace = .seconds(20)
        }
        try fixture.enableFault("answersCancel")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .timedOut(after: .milliseconds(100))))
        #expect(await eventually { fixture.fired("answersCancel") })
        #expect(await eventually { fixture.log().contains { if case .droppedAnswer = $0 { true } else { false } } })
        #expect(fixture.host.activity(of: "fault") == .ready)
        #expect(!fixture.log().contains(.stopping(.hang)))
        #expect(await fixture.finish() == [])
    }

    @Test("an answer that comes after the deadline is dropped, and the next call gets its own")
    func late() async throws {
        let fixture = try PluginFixture {
            $0.policy = .milliseconds(100)
            $0.cancelGrace = .seconds(20)
        }
        try fixture.enableFault("answersLate")
        for _ in 0..<2 {
            let verdict = try #require(try await fixture.host.verdict())
            #expect(verdict.failure == .failed(plugin: "fault", .timedOut(after: .milliseconds(100))))
        }
        #expect(await eventually { fixture.fired("answersLate") })
        #expect(await eventually { fixture.log().contains { if case .droppedAnswer = $0 { true } else { false } } })
        #expect(await fixture.finish() == [])
    }

    @Test("a plugin that is silent from the start fails all that wait for it")
    func hangsAtStart() async throws {
        let fixture = try PluginFixture { $0.initialize = .milliseconds(300) }
        try fixture.enableFault("hangsAtStart")
        let begin = clock.now
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .handshake(.timedOut(after: .milliseconds(300)))))
        #expect(clock.now - begin < .seconds(10))
        #expect(await eventually { fixture.fired("hangsAtStart") })
        #expect(await fixture.finish() == [])
    }

    @Test("progress extends a deadline")
    func progress() async throws {
        let fixture = try PluginFixture { $0.command = .seconds(1) }
        try fixture.enableFault("reportsProgress")
        let heard = MutexBox<[Progress]>([])
        let outcome = try await fixture.host.run(
            CommandRequest(command: "misbehave"), conversation: FixedConversation(),
            progress: { progress in heard.update { $0.append(progress) } })
        #expect(outcome.exit == 0)
        #expect(heard.value.first == Progress(message: "at work", done: 0, total: nil))
        #expect(await fixture.finish() == [])
    }

    @Test("progress without end stops at the hard cap")
    func hardCap() async throws {
        let fixture = try PluginFixture {
            $0.policy = .seconds(1)
            $0.hardCap = .seconds(2)
        }
        try fixture.enableFault("progressesForever")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .timedOut(after: .seconds(2))))
        #expect(await eventually { fixture.fired("progressesForever") })
        #expect(await fixture.finish() == [])
    }

    @Test("a plugin that does not read holds nobody up")
    func stopsReading() async throws {
        let fixture = try PluginFixture { $0.policy = .seconds(1) }
        try fixture.enableFault("stopsReading")
        let large = JSON(String(repeating: "x", count: 8 << 20))
        let begin = clock.now
        let verdict = try #require(try await fixture.host.verdict([.update("wh_1", [:], ["description": large])]))
        #expect(verdict.failure == .failed(plugin: "fault", .timedOut(after: .seconds(1))))
        #expect(clock.now - begin < .seconds(10))
        #expect(await eventually { fixture.fired("stopsReading") })
        #expect(await fixture.finish() == [])
    }

    @Test("a plugin that closes its output is as one that hangs")
    func closesOutput() async throws {
        let fixture = try PluginFixture { $0.policy = .milliseconds(200) }
        try fixture.enableFault("closesOutput")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .timedOut(after: .milliseconds(200))))
        #expect(await fixture.finish() == [])
    }

    @Test("cancelling the task gives the prompt back at once, the plugin is asked to end the call")
    func cancel() async throws {
        let fixture = try PluginFixture {
            $0.command = .seconds(600)
            $0.cancelGrace = .seconds(20)
        }
        try fixture.enableFault("answersCancel")
        let host = fixture.host
        let task = Task { try await host.run(CommandRequest(command: "misbehave"), conversation: FixedConversation()) }
        #expect(await eventually { fixture.fired("answersCancel") })
        let begin = clock.now
        task.cancel()
        await #expect(throws: PluginCallError.failed(plugin: "fault", .cancelled)) { try await task.value }
        #expect(clock.now - begin < .seconds(5))
        #expect(await eventually { fixture.log().contains { if case .droppedAnswer = $0 { true } else { false } } })
        #expect(host.activity(of: "fault") == .ready)
        #expect(await fixture.finish() == [])
    }

    @Test("a second Ctrl-C stops a plugin that ignores the first")
    func cancelTwice() async throws {
        let fixture = try PluginFixture {
            $0.command = .seconds(600)
            $0.cancelGrace = .seconds(600)
        }
        try fixture.enableFault("hangs")
        let host = fixture.host
        let task = Task { try await host.run(CommandRequest(command: "misbehave"), conversation: FixedConversation()) }
        #expect(await eventually { fixture.fired("hangs") })
        task.cancel()
        await #expect(throws: PluginCallError.failed(plugin: "fault", .cancelled)) { try await task.value }
        #expect(host.activity(of: "fault") == .ready)
        host.stopBusy()
        #expect(host.activity(of: "fault") == .idle)
        #expect(await eventually { fixture.processes.isEmpty })
        #expect(await fixture.finish() == [])
    }

    @Test("an idle plugin is stopped, and started again by the next call")
    func idle() async throws {
        let fixture = try PluginFixture { $0.idle = .milliseconds(100) }
        try fixture.enableFault("good")
        #expect(try await fixture.host.verdict()?.denies == false)
        #expect(await eventually { fixture.log().contains(.stopping(.idle)) })
        #expect(await eventually { fixture.processes.isEmpty })
        #expect(try await fixture.host.verdict()?.denies == false)
        #expect(fixture.log().count { $0 == .started(version: "1") } == 2)
        #expect(await fixture.finish() == [])
    }
}
