import Glibc
import LosslessJSON
import PluginProtocol
import TestSupport
import Testing

@testable import PluginHost

@Suite("Faults: crashes, processes, greetings", .serialized)
struct EndFaultTests {
    @Test("a crash in a pure call is repeated once, by a new process")
    func crashOnce() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("crashesOnce")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == nil)
        #expect(fixture.fired("crashesOnce"))
        #expect(fixture.log().contains(.crashed(.signal(SIGABRT), retrying: true)))
        #expect(await fixture.finish() == [])
    }

    @Test("a second crash fails the call, and the policy denies")
    func crashTwice() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("crashes")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .crashed(.signal(SIGABRT))))
        #expect(verdict.denies)
        #expect(fixture.log().count { $0 == .said("fault: crashes") } == 2)
        #expect(await fixture.finish() == [])
    }

    @Test("a command that crashed is not repeated")
    func crashInCommand() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("crashes")
        await #expect(throws: PluginCallError.failed(plugin: "fault", .crashed(.signal(SIGABRT)))) {
            try await fixture.host.run(CommandRequest(command: "misbehave"), conversation: FixedConversation())
        }
        #expect(fixture.log().count { $0 == .said("fault: crashes") } == 1)
        #expect(await fixture.finish() == [])
    }

    @Test("an event that crashed is not repeated")
    func crashInEvent() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("killsItself")
        let failures = try await fixture.host.committed(CommittedParams(run: "1", results: []))
        #expect(failures == [.failed(plugin: "fault", .crashed(.signal(SIGKILL)))])
        #expect(fixture.log().count { $0 == .said("fault: killsItself") } == 1)
        #expect(await fixture.finish() == [])
    }

    @Test("an exit without an answer is a crash, whatever its status")
    func quietExit() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("exitsQuietly")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .crashed(.status(0))))
        #expect(await fixture.finish() == [])
    }

    @Test("three crashes disable a plugin for the session; it denies then without being started")
    func disabled() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("crashes")
        _ = try await fixture.host.verdict()
        _ = try await fixture.host.verdict()
        #expect(fixture.host.activity(of: "fault") == .disabled)
        let starts = fixture.log().count { $0 == .started(version: "1") }
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .disabled) && verdict.denies)
        #expect(fixture.log().count { $0 == .started(version: "1") } == starts)
        #expect(fixture.log().contains(.disabled(crashes: 3)))
        #expect(await fixture.finish() == [])
    }

    @Test("a crash at the start fails the call after one more try")
    func crashesAtStart() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("crashesAtStart")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .crashed(.signal(SIGABRT))))
        #expect(fixture.log().count { $0 == .said("fault: crashesAtStart") } == 2)
        #expect(await fixture.finish() == [])
    }

    @Test(
        "a plugin that does not come to an understanding is not used",
        arguments: [
            (
                "refusesToStart",
                HandshakeFailure.refused(RPCError(.noCommonVersion, "none", data: ["supported": [7]]))
            ),
            ("choosesOtherVersion", .version(7, offered: [1])),
            (
                "implementsNothing",
                .missing([
                    .runCommand, .renderFormat, .applyTransform, .checkPolicy, .validateChannel, .lowerChannel,
                    .recognizeChannel, .complete, .eventCommitted,
                ])
            ),
        ])
    func handshake(_ mode: String, _ failure: HandshakeFailure) async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault(mode)
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .handshake(failure)))
        #expect(fixture.fired(mode))
        #expect(await fixture.finish() == [])
    }

    // MARK: Processes

    @Test("what a plugin starts goes with it")
    func grandchild() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("startsGrandchild")
        #expect(try await fixture.host.verdict()?.denies == false)
        #expect(fixture.fired("startsGrandchild"))
        #expect(fixture.processes.count == 2)
        #expect(await fixture.finish() == [])
    }

    @Test("a daemon that holds the pipe does not hold up the host, and is found and killed")
    func daemon() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("startsDaemon")
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .crashed(.signal(SIGABRT))))
        #expect(fixture.log().count { $0 == .said("fault: startsDaemon") } == 2)
        #expect(await fixture.finish() == [])
    }

    @Test("a daemon of a plugin that is stopped is found and killed too")
    func daemonOfStopped() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("startsDaemon", "stays")
        #expect(try await fixture.host.verdict()?.denies == false)
        #expect(fixture.processes.count == 2)
        #expect(await fixture.finish() == [])
    }

    @Test("a plugin that ignores shutdown, the end of its input and SIGTERM is killed")
    func ignoresEverything() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("ignoresEverything")
        #expect(try await fixture.host.render("odd", []) == "0 webhooks")
        fixture.host.reload()
        #expect(await eventually { fixture.processes.isEmpty })
        #expect(fixture.fired("ignoresEverything"))
        #expect(await fixture.finish() == [])
    }

    @Test("a program that is not there fails the call")
    func noProgram() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("good", members: ["run": ["argv": ["./missing"]]])
        let verdict = try #require(try await fixture.host.verdict())
        #expect(verdict.failure == .failed(plugin: "fault", .launch(.noProgram("./missing"))))
        #expect(await fixture.finish() == [])
    }

    @Test(
        "a file that is no program fails the call",
        .disabled(if: Sanitizer.isOfThreads, "it makes fork of vfork, and the parent does not hear why nothing ran"))
    func notExecutable() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("good", members: ["run": ["argv": ["./text"]]])
        try SystemFile.replace(fixture.pluginFolder + "/fault/text", with: Array("no program".utf8), mode: 0o755)
        let verdict = try #require(try await fixture.host.verdict())
        let path = fixture.pluginFolder + "/fault/text"
        #expect(verdict.failure == .failed(plugin: "fault", .launch(.noProgram(path))))
        #expect(await fixture.finish() == [])
    }
}
