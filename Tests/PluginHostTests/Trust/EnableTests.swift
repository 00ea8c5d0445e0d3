import Glibc
import LosslessJSON
import PluginProtocol
import TestSupport
import Testing

@testable import PluginHost

@Suite("Enabling a plugin", .serialized)
struct EnableTests {
    private func makeFixture() throws -> PluginFixture {
        let fixture = try PluginFixture()
        var manifest = PluginFixture.manifest("good")
        manifest["run"] = ["argv": ["./plugin", "good"]]
        try fixture.write(JSON(manifest))
        let binary = try SystemFile.read(HelperProgram.path("fault-plugin"), limit: 512 << 20)
        try SystemFile.replace(fixture.pluginFolder + "/fault/plugin", with: binary, mode: 0o755)
        return fixture
    }

    @Test("present is not enabled: a folder contributes nothing")
    func present() async throws {
        let fixture = try makeFixture()
        #expect(try fixture.host.contributions().plugins == [])
        #expect(try await fixture.host.checkPolicies([.update("wh_1", [:], [:])]).isEmpty)
        let status = try #require(try fixture.host.statuses().first)
        #expect(status.id == "fault" && status.state == .available)
        #expect(fixture.processes == [])
    }

    @Test("enabled, it runs, in this session and in the next")
    func enabled() async throws {
        let fixture = try makeFixture()
        try fixture.host.enable(try fixture.host.preview("fault"))
        #expect(try await fixture.host.verdict()?.denies == false)
        #expect(try fixture.host.statuses(verifying: true).first?.state == .enabled)
        fixture.host.reload()
        #expect(try await fixture.host.verdict()?.denies == false)
        #expect(await fixture.finish() == [])
        #expect(try fixture.pins.load().map(\.id) == ["fault"])
    }

    @Test("with another pin than was given it is not enabled")
    func otherPin() throws {
        let fixture = try makeFixture()
        let preview = try fixture.host.preview("fault")
        #expect(throws: EnableFailure.otherPin(found: preview.digest)) {
            try fixture.host.enable(preview, pin: String(repeating: "0", count: 64))
        }
        #expect(try fixture.pins.load().isEmpty)
        try fixture.host.enable(preview, pin: preview.digest.uppercased())
        #expect(try fixture.pins.load().count == 1)
    }

    @Test("tampered with between enabling and running, it is not run, and what changed is told")
    func tampered() async throws {
        let fixture = try makeFixture()
        try fixture.host.enable(try fixture.host.preview("fault"))
        try SystemFile.replace(fixture.pluginFolder + "/fault/added", with: [1], mode: 0o644)
        let verdict = try #require(try await fixture.host.verdict())
        guard case .failed("fault", .launch(.untrusted(.changed(let changes)))) = verdict.failure else {
            Issue.record("\(String(describing: verdict.failure))")
            return
        }
        #expect(changes.added == ["added"] && verdict.denies)
        guard case .untrusted? = try fixture.host.statuses(verifying: true).first?.state else {
            Issue.record("it is still trusted")
            return
        }
        #expect(try fixture.host.preview("fault").changes?.added == ["added"])
        #expect(await fixture.finish() == [])
    }

    @Test("moved, it is not run")
    func moved() async throws {
        let fixture = try makeFixture()
        try fixture.host.enable(try fixture.host.preview("fault"))
        let folder = fixture.pluginFolder + "/fault"
        rename(folder, fixture.root + "/elsewhere")
        symlink(fixture.root + "/elsewhere", folder)
        let verdict = try #require(try await fixture.host.verdict())
        let expected = TrustFailure.moved(from: folder, to: fixture.root + "/elsewhere")
        #expect(verdict.failure == .failed(plugin: "fault", .launch(.untrusted(expected))))
        unlink(folder)
        #expect(await fixture.finish() == [])
    }

    @Test("disabled, it contributes nothing any more and its process is stopped")
    func disabled() async throws {
        let fixture = try makeFixture()
        try fixture.host.enable(try fixture.host.preview("fault"))
        _ = try await fixture.host.verdict()
        #expect(fixture.processes.count == 1)
        #expect(try fixture.host.disable("fault"))
        #expect(try fixture.host.contributions().plugins == [])
        #expect(await eventually { fixture.processes.isEmpty })
        #expect(try !fixture.host.disable("fault"))
        #expect(await fixture.finish() == [])
    }

    @Test("for development, the folder may change, and nothing is pinned")
    func development() async throws {
        let fixture = try makeFixture()
        try fixture.host.enableForSession(PluginFolder.read(fixture.pluginFolder + "/fault"))
        try SystemFile.replace(fixture.pluginFolder + "/fault/added", with: [1], mode: 0o644)
        #expect(try await fixture.host.verdict()?.denies == false)
        #expect(try fixture.pins.load().isEmpty)
        #expect(try fixture.host.statuses().first?.state == .enabledForSession)
        #expect(await fixture.finish() == [])
    }

    @Test("looking and contributing read the pins alone")
    func noFolder() throws {
        let fixture = try makeFixture()
        try fixture.host.enable(try fixture.host.preview("fault"))
        TreeRemoval.remove(fixture.pluginFolder)
        fixture.host.reload()
        #expect(try fixture.host.contributions().names(.command) == ["misbehave"])
    }

    @Test("pins in a file survive, and are private")
    func pinFile() throws {
        let fixture = try makeFixture()
        try fixture.host.enable(try fixture.host.preview("fault"))
        let file = PinFile(path: fixture.root + "/deep/down/pins.json")
        #expect(try file.load().isEmpty)
        let pins = try fixture.pins.load()
        try file.save(pins)
        #expect(try file.load() == pins)
        var status = stat()
        stat(fixture.root + "/deep/down/pins.json", &status)
        #expect(status.st_mode & 0o777 == 0o600)
        chmod(fixture.root + "/deep/down/pins.json", 0o644)
        #expect(throws: PinStoreError.exposed(path: fixture.root + "/deep/down/pins.json", mode: 0o644)) {
            try file.load()
        }
    }

    @Test("a damaged file of pins is named and not believed", arguments: ["", "{", "{}", #"{"pins":9,"plugins":[]}"#])
    func damaged(_ text: String) throws {
        let fixture = try PluginFixture()
        let path = fixture.root + "/pins.json"
        try SystemFile.replace(path, with: Array(text.utf8), mode: 0o600)
        #expect(throws: PinStoreError.self) { try PinFile(path: path).load() }
        #expect(try SystemFile.read(path, limit: 100) == Array(text.utf8))
    }
}
