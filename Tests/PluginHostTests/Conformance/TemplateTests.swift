import Glibc
import LosslessJSON
import PluginProtocol
import Testing

@testable import PluginHost

@Suite("A new plugin", .serialized)
struct TemplateTests {
    @Test("works as it is written", arguments: [PluginTemplate.Language.python, .sh])
    func works(_ language: PluginTemplate.Language) async throws {
        let fixture = try PluginFixture()
        try PluginTemplate(id: "my-plugin", language: language).write(into: fixture.pluginFolder)
        let results = await fixture.conformance("my-plugin")
        #expect(results.filter { !$0.passed }.map(\.line) == [])
        try fixture.host.enable(try fixture.host.preview("my-plugin"))
        let outcome = try await fixture.host.run(
            CommandRequest(command: "my-plugin", argv: ["world"]), conversation: FixedConversation())
        #expect(outcome.exit == 0 && outcome.text?.hasPrefix("hello world") == true)
        #expect(await fixture.finish() == [])
    }

    @Test("in Swift has a package, a program and a manifest that runs what is built")
    func swift() throws {
        let fixture = try PluginFixture()
        let path = try PluginTemplate(id: "my-plugin", language: .swift, kit: #"path: "/src/hookline""#)
            .write(into: fixture.pluginFolder)
        let manifest = try PluginFolder.read(path).manifest.get()
        #expect(manifest.kind == .program(argv: ["./my-plugin"], protocols: [1]))
        let package = String(decoding: try SystemFile.read(path + "/Package.swift", limit: 10_000), as: UTF8.self)
        #expect(package.contains(#".package(name: "hookline", path: "/src/hookline")"#))
        #expect(access(path + "/Sources/my-plugin/Main.swift", R_OK) == 0)
    }

    @Test("is not written over another, nor under a name that is none")
    func refused() throws {
        let fixture = try PluginFixture()
        let template = try PluginTemplate(id: "one", language: .sh)
        let path = try template.write(into: fixture.pluginFolder)
        #expect(throws: PluginTemplate.Failure.exists(path: path)) { try template.write(into: fixture.pluginFolder) }
        for id in ["", "Upper", "a/b", "..", "-x", "x-", "a--b", "9a"] {
            #expect(throws: PluginTemplate.Failure.invalidID(id)) { try PluginTemplate(id: id, language: .sh) }
        }
    }
}
