import Glibc
import LosslessJSON
import PluginProtocol
import TestSupport
import Testing

@testable import PluginHost

@Suite("Folders with plugins")
struct FolderTests {
    private func manifest(_ id: String) -> JSON {
        var members = PluginFixture.manifest("good")
        members["id"] = JSON(id)
        return JSON(members)
    }

    @Test("are found by their manifests, without starting anything; what is no plugin is passed over")
    func found() throws {
        let fixture = try PluginFixture()
        for id in ["beta", "alpha"] { try fixture.write(manifest(id)) }
        mkdir(fixture.pluginFolder + "/empty", 0o755)
        try SystemFile.replace(fixture.pluginFolder + "/file", with: [], mode: 0o644)
        #expect(fixture.host.folders().map(\.name) == ["alpha", "beta"])
        #expect(fixture.processes == [])
        #expect(PluginFolder.find(in: ["/nowhere"]).isEmpty)
    }

    @Test("the first of several with one id counts, and the others say so")
    func shadowed() throws {
        let (first, second) = (try PluginFixture(), try PluginFixture())
        try first.write(manifest("alpha"))
        try second.write(manifest("alpha"))
        let found = PluginFolder.find(in: [first.pluginFolder, second.pluginFolder])
        #expect(throws: Never.self) { try found[0].manifest.get() }
        #expect(throws: PluginFolderFault.shadowed(by: first.pluginFolder + "/alpha")) { try found[1].manifest.get() }
    }

    @Test("a folder is named as its plugin")
    func wrongName() throws {
        let fixture = try PluginFixture()
        try fixture.write(manifest("alpha"))
        rename(fixture.pluginFolder + "/alpha", fixture.pluginFolder + "/other")
        #expect(throws: PluginFolderFault.wrongName(id: "alpha", folder: "other")) {
            try fixture.host.folders()[0].manifest.get()
        }
        guard case .broken? = try fixture.host.statuses().first?.state else {
            Issue.record("it is not shown as broken")
            return
        }
    }

    @Test("installing copies what is needed, the program too, and puts nothing over another plugin")
    func install() throws {
        let (source, target) = (try PluginFixture(), try PluginFixture())
        var members = PluginFixture.manifest("good")
        members["run"] = ["argv": ["./fault-plugin", "good"]]
        try source.write(
            JSON(members), files: ["data/x": "x", "Sources/a.swift": "", ".git/HEAD": "", "__pycache__/y": ""])
        let from = source.pluginFolder + "/fault"
        #expect(throws: InstallFailure.noProgram("./fault-plugin")) {
            try PluginInstaller.install(from, into: target.pluginFolder)
        }
        #expect(SystemFile.names(in: target.pluginFolder) == [])
        let path = try PluginInstaller.install(from, into: target.pluginFolder, programs: ShippedPlugin.programs)
        #expect(SystemFile.names(in: path) == ["data", "fault-plugin", "plugin.json"])
        #expect(SystemFile.isExecutable(path + "/fault-plugin"))
        #expect(throws: InstallFailure.exists(path: path)) {
            try PluginInstaller.install(from, into: target.pluginFolder, programs: ShippedPlugin.programs)
        }
        try PluginInstaller.install(
            from, into: target.pluginFolder, programs: ShippedPlugin.programs, replacing: true)
        #expect(throws: Never.self) { try target.host.preview("fault") }
    }
}

@Suite("Names that plugins contribute")
struct ContributionTableTests {
    private func plugin(_ id: String, commands: [String], kinds: [String] = []) -> EnabledPlugin {
        var contributions = Contributions()
        contributions.commands = commands.map { ContributedCommand(name: $0, summary: "s") }
        contributions.channelKinds = kinds
        let manifest = Manifest(
            id: id, version: "1", summary: "s", kind: .script(file: "x"), contributions: contributions)
        return EnabledPlugin(id: id, manifest: manifest, path: "/", pin: nil)
    }

    @Test("a name that two contribute is nobody's, and the long name reaches each")
    func clash() {
        let table = ContributionTable(
            plugins: [plugin("b", commands: ["go", "one"]), plugin("a", commands: ["go"])], reserved: .init())
        #expect(table.resolve("go", .command) == nil)
        #expect(table.resolve("a:go", .command)?.plugin.id == "a" && table.resolve("b:go", .command)?.name == "go")
        #expect(table.resolve("one", .command)?.plugin.id == "b" && table.resolve("a:one", .command) == nil)
        #expect(table.names(.command) == ["a:go", "b:go", "one"])
        #expect(table.clashes == [.init(point: .command, name: "go", plugins: ["a", "b"], isReserved: false)])
    }

    @Test("the program's own names stay its own")
    func reserved() {
        let table = ContributionTable(
            plugins: [plugin("a", commands: ["ls"], kinds: ["slack"])],
            reserved: ReservedNames(commands: ["ls"], channelKinds: ["slack"]))
        #expect(table.resolve("ls", .command) == nil && table.resolve("slack", .channelKind) == nil)
        #expect(table.resolve("a:ls", .command)?.name == "ls")
        #expect(table.clashes.map(\.isReserved) == [true, true])
    }

    @Test("what nobody contributes is an error, told from a failure")
    func unknown() async throws {
        let fixture = try PluginFixture()
        await #expect(throws: PluginCallError.unknown("nope")) {
            try await fixture.host.run(CommandRequest(command: "nope"), conversation: FixedConversation())
        }
        await #expect(throws: PluginCallError.unknown("nope")) { try await fixture.host.render("nope", []) }
    }
}

@Suite("Calls to plugins", .serialized)
struct CallTests {
    private static func changes(_ count: Int) -> [PolicyChange] {
        (0..<count).map { number in
            let document: JSON = [
                "webhook_id": JSON("wh_\(number)"), "event_types": ["a.b"],
                "description": JSON(String(repeating: "x", count: 500)),
            ]
            var after = document
            try? after.set(["*"], at: ["event_types"])
            return .update("wh_\(number)", document, after)
        }
    }

    @Test("a commit is judged in parts, and the verdict is over all of them")
    func parts() async throws {
        let fixture = try PluginFixture(lineLimit: 20_000, partLimit: 10_000)
        try ShippedPlugin.enable("audit", in: fixture)
        let verdict = try #require(try await fixture.host.verdict(Self.changes(40)))
        #expect(verdict.failure == nil)
        #expect(verdict.findings.compactMap(\.key) == (0..<40).map { "wh_\($0)" })
        #expect(await fixture.finish() == [])
    }

    @Test("one webhook beyond the limit of a line is refused before it is sent, which denies")
    func tooLarge() async throws {
        let fixture = try PluginFixture(lineLimit: 20_000, partLimit: 10_000)
        try fixture.enableFault("good")
        let large = JSON(String(repeating: "x", count: 30_000))
        let verdict = try #require(try await fixture.host.verdict([.update("wh_1", [:], ["description": large])]))
        guard case .failed(_, .tooLarge(_, limit: 20_000))? = verdict.failure else {
            Issue.record("\(String(describing: verdict.failure))")
            return
        }
        #expect(verdict.denies && fixture.processes == [])
    }

    @Test("thirty megabytes go there and the answer comes back")
    func large() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("good")
        let text = JSON(String(repeating: "0123456789", count: 100_000))
        let webhooks = [JSON](repeating: ["description": text], count: 30)
        #expect(try await fixture.host.render("odd", webhooks) == "30 webhooks")
        #expect(await fixture.finish() == [])
    }

    @Test("Tab starts nothing; a running plugin is asked behind it, and the next Tab shows that")
    func completion() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("good")
        let host = fixture.host
        let params = CompletionParams(command: "misbehave", word: "b")
        #expect(host.candidates(params, command: "misbehave").isEmpty)
        #expect(host.activity(of: "fault") == .idle && fixture.processes == [])
        _ = try await host.render("odd", [])
        #expect(host.candidates(params, command: "misbehave").isEmpty)
        #expect(await eventually { !host.candidates(params, command: "misbehave").isEmpty })
        #expect(host.candidates(params, command: "fault:misbehave").first?.description == "the team")
        #expect(host.candidates(params, command: "other").isEmpty)
        #expect(await fixture.finish() == [])
    }

    @Test("calls of many tasks at once are all answered")
    func concurrent() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("good", members: ["concurrency": 4])
        let host = fixture.host
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for count in 0..<60 { group.addTask { try await host.render("odd", [JSON](repeating: [:], count: count)) } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(texts == Set((0..<60).map { "\($0) webhooks" }))
        #expect(fixture.processes.count == 1)
        #expect(await fixture.finish() == [])
    }

    @Test("an edit that a command proposes holds its tokens beyond the process that made it")
    func review() async throws {
        let fixture = try PluginFixture()
        try ShippedPlugin.enable("slack-migrate", in: fixture)
        let document = KeyedDocument(
            key: "wh_1", value: ["channels": [["channel": "slack", "configs": ["bot_token": "s", "channel_id": "C"]]]])
        let edits = try await fixture.host.transform("migrate-slack", args: ["url": "https://n.example/"], [document])
        fixture.host.reload()
        let reviewed = try fixture.host.review(edits, documents: [document], apply: Staging.apply)
        #expect(reviewed.count == 1)
        #expect(throws: EditRejection.unknownKey("wh_1")) {
            try fixture.host.review(edits, documents: [], apply: Staging.apply)
        }
        #expect(await fixture.finish() == [])
    }
}
