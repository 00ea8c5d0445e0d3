import LosslessJSON
import PluginProtocol
import Testing

@testable import PluginHost

@Suite("Faults: what a plugin prints", .serialized)
struct OutputFaultTests {
    @Test("a few lines that are no message are passed over, and the answer counts")
    func someNoise() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("printsNoise")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == nil && !verdict.denies)
        #expect(fixture.fired("printsNoise"))
        #expect(await fixture.finish() == [])
    }

    @Test("more than 64 KiB of noise stops the plugin, and the policy denies")
    func muchNoise() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("floodsNoise")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .stopped(.noise(limit: 64 << 10))))
        #expect(verdict.denies)
        #expect(fixture.fired("floodsNoise"))
        #expect(fixture.log().contains(.stopping(.noise(limit: 64 << 10))))
        #expect(await fixture.finish() == [])
    }

    @Test(
        "what is JSON and no message, or no UTF-8, fails the call and stops the plugin",
        arguments: [
            ("sendsNoMessage", MessageFault.wrongVersion), ("sendsBatch", .batch),
            ("sendsScalar", .notAnObject(.number)), ("sendsBadUTF8", .invalidUTF8),
            ("sendsDuplicateMember", .duplicateMember("id")),
        ])
    func noMessage(_ mode: String, _ fault: MessageFault) async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault(mode)
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .stopped(.invalidMessage(fault))))
        #expect(verdict.denies)
        #expect(fixture.fired(mode))
        #expect(await fixture.finish() == [])
    }

    @Test("an answer to what was never asked fails the call and stops the plugin")
    func unknownID() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("answersUnknownID")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .stopped(.unknownID)))
        #expect(fixture.fired("answersUnknownID"))
        #expect(await fixture.finish() == [])
    }

    @Test("a line over the limit stops the plugin, and nothing of it is kept")
    func longLine() async throws {
        let fixture = try PluginFixture(lineLimit: 4 << 20, partLimit: 1 << 20)
        try fixture.enableFault("sendsEndlessLine")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .stopped(.lineTooLong(limit: 4 << 20))))
        #expect(fixture.fired("sendsEndlessLine"))
        #expect(await fixture.finish() == [])
    }

    @Test("the limit of a line is 64 MiB")
    func standardLimit() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("sendsEndlessLine", "65")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .stopped(.lineTooLong(limit: 64 << 20))))
        #expect(await fixture.finish() == [])
    }

    @Test("a malformed answer is a denial")
    func malformed() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("answersMalformed")
        let verdict = try #require(try await fixture.host.verdict())
        let expected = ShapeError(path: ["findings"], expected: .list, found: nil)
        #expect(verdict.failure == .failed(plugin: "fault", .malformed(expected)))
        #expect(verdict.denies)
        #expect(fixture.fired("answersMalformed"))
        #expect(await fixture.finish() == [])
    }

    @Test("an error is a denial, and its message is plain")
    func error() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("answersError")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .refused(RPCError(.internalError, "no luck"))))
        #expect(verdict.denies)
        #expect(await fixture.finish() == [])
    }

    @Test("a second answer is dropped, and the next call is not mistaken for it")
    func twice() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("answersTwice")
        for _ in 0..<3 {
            let verdict = try #require(try await fixture.host.verdict())
            #expect(verdict.failure == nil)
        }
        #expect(fixture.fired("answersTwice"))
        #expect(await eventually { fixture.log().contains { if case .droppedAnswer = $0 { true } else { false } } })
        #expect(await fixture.finish() == [])
    }

    @Test("control characters of a plugin reach nobody: not in text, findings, candidates, logs")
    func controlCharacters() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("sendsControlCharacters")
        let host = fixture.host
        #expect(try await host.render("odd", []) == "abcdef")
        let finding = try #require(try await host.verdict()?.findings.first)
        #expect(finding.message == "abcdef next line" && finding.rule == "abcdef" && finding.path == "abcdef")
        let outcome = try await host.run(CommandRequest(command: "misbehave"), conversation: FixedConversation())
        #expect(outcome.text == "abcdef" && outcome.json == ["abcdef"])
        let params = CompletionParams(command: "misbehave")
        _ = host.candidates(params, command: "misbehave")
        #expect(await eventually { host.candidates(params, command: "misbehave").first?.value == "abcdef" })
        #expect(await eventually { fixture.log().contains(.said("log red")) })
        #expect(await fixture.finish() == [])
    }
}
