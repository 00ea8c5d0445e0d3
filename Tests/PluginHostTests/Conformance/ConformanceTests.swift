import LosslessJSON
import PluginProtocol
import TestSupport
import Testing

@testable import PluginHost

@Suite("The conformance checks find", .serialized)
struct ConformanceTests {
    private func failures(_ mode: String, _ argument: String = "", patience: Duration = .milliseconds(700)) async throws
        -> Set<String>
    {
        let fixture = try PluginFixture()
        try fixture.write(JSON(PluginFixture.manifest(mode, argument)))
        let results = await fixture.conformance("fault", patience: patience)
        #expect(await eventually { fixture.processes.isEmpty })
        return Set(results.filter { !$0.passed }.map(\.check.rawValue))
    }

    @Test(
        "what a plugin does wrong",
        arguments: [
            ("hangsAtStart", "handshake"), ("crashesAtStart", "handshake"), ("choosesOtherVersion", "handshake"),
            ("implementsNothing", "handshake"), ("refusesToStart", "handshake"), ("hangs", "cancel"),
            ("answersMalformed", "policy"), ("printsNoise", "noise"), ("crashes", "unknown method"),
            ("startsDaemon", "unknown method"), ("ignoresEverything", "shutdown"), ("stopsReading", "big message"),
            ("sendsNoMessage", "unknown method"), ("sendsBadUTF8", "unknown method"),
        ])
    func faults(_ mode: String, _ check: String) async throws {
        #expect(try await failures(mode).contains(check), "\(mode)")
    }

    @Test("a daemon that is left behind")
    func leftovers() async throws {
        #expect(try await failures("startsDaemon", "stays", patience: .seconds(180)).contains("leftovers"))
    }

    @Test("a plugin that writes without end")
    func endless() async throws {
        let fixture = try PluginFixture()
        var manifest = PluginFixture.manifest("good")
        manifest["run"] = ["argv": ["/usr/bin/yes"]]
        try fixture.write(JSON(manifest))
        let results = await fixture.conformance("fault", patience: .milliseconds(700))
        #expect(results.contains { $0.check == .handshake && !$0.passed })
    }

    @Test("a folder without a manifest, and one that cannot be pinned")
    func folders() async throws {
        let fixture = try PluginFixture()
        #expect(await fixture.conformance("missing").map(\.check) == [.manifest])
        try fixture.write(JSON(PluginFixture.manifest("good")))
        try SystemFile.replace(fixture.pluginFolder + "/fault/open", with: [], mode: 0o666)
        #expect(await fixture.conformance("fault").map(\.passed) == [false])
    }

    @Test("a result is one line")
    func lines() {
        let passed = ConformanceResult(check: .unknownMethod, subject: nil, outcome: .passed)
        let failed = ConformanceResult(check: .example, subject: "audit --strict", outcome: .failed("no answer"))
        #expect(passed.line == "ok    unknown method")
        #expect(failed.line == "FAIL  example: audit --strict: no answer")
    }

    @Test("an example's words are arguments and flags")
    func example() {
        let command = ContributedCommand(
            name: "audit", summary: "x", flags: [ContributedFlag(name: "rule", summary: "x", value: "RULE")])
        let params = ExampleLine("audit a --strict --rule dead --other=1 b", command: command).params
        #expect(params.argv == ["a", "b"])
        #expect(params.flags == ["strict": true, "rule": "dead", "other": "1"])
    }
}
