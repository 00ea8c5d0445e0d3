import LosslessJSON
import PluginProtocol
import Testing

@Suite("plugin.json")
struct ManifestTests {
    private static let minimal: JSONObject = [
        "manifest": 1, "id": "x", "version": "1", "summary": "X", "protocols": [1], "run": ["argv": ["./x"]],
    ]

    private func parse(_ changes: JSONObject) throws(ManifestFault) -> Manifest {
        var members = Self.minimal
        for (name, value) in changes { members[name] = value.isNull ? JSON?.none : value }
        return try Manifest(parsing: JSON(members).bytes(.pretty))
    }

    @Test("the example of the documentation is read in all its members")
    func example() throws {
        let text = #"""
            {"manifest": 1, "id": "audit", "version": "0.3.0", "summary": "Looks", "protocols": [1, 2],
             "run": {"argv": ["./audit.py"]}, "later": {"a": 1},
             "contributes": {
               "commands": [{"name": "audit", "summary": "s", "usage": "audit [--strict]", "later": 1,
                             "flags": [{"name": "strict", "summary": "f"}], "examples": ["audit --strict"]}],
               "formats": [{"name": "markdown", "summary": "s"}], "transforms": [{"name": "migrate-slack", "summary": "s"}],
               "policies": [{"name": "no-wildcards", "summary": "s"}], "channelKinds": ["pagerduty"],
               "completions": ["team"], "events": ["committed"]},
             "permissions": {"read": ["webhooks", "recipients"], "write": ["channels.*.configs"], "env": ["PAGERDUTY_TOKEN"],
                             "state": true},
             "concurrency": 1, "timeouts": {"command": 30}}
            """#
        let manifest = try Manifest(parsing: Array(text.utf8))
        #expect(manifest.id == "audit" && manifest.kind == .program(argv: ["./audit.py"], protocols: [1, 2]))
        #expect(manifest.contributions.commands.first?.flags.first?.name == "strict")
        #expect(manifest.permissions.read == [.webhooks, .recipients] && manifest.permissions.state)
        #expect(manifest.timeouts == [.command: 30])
        #expect(
            Set(manifest.requiredMethods) == [
                .runCommand, .renderFormat, .applyTransform, .checkPolicy, .validateChannel, .lowerChannel,
                .recognizeChannel,
                .complete, .eventCommitted,
            ])
    }

    @Test("a script has a file and commands, no program")
    func script() throws {
        let manifest = try parse(["run": nil, "kind": "script", "script": "macros.hook"])
        #expect(manifest.kind == .script(file: "macros.hook") && manifest.requiredMethods.isEmpty)
        #expect(throws: ManifestFault.notForScripts(at: ["contributes"])) {
            try parse([
                "run": nil, "kind": "script", "script": "m.hook",
                "contributes": ["policies": [["name": "p", "summary": "s"]]],
            ])
        }
    }

    @Test("a member twice is an error, at any depth")
    func duplicates() {
        for text in [#"{"manifest":1,"manifest":1}"#, #"{"manifest":1,"run":{"argv":[],"argv":[]}}"#] {
            #expect {
                try Manifest(parsing: Array(text.utf8))
            } throws: { error in
                guard case .syntax(let error)? = error as? ManifestFault, case .duplicateName = error.reason else {
                    return false
                }
                return true
            }
        }
    }

    /// Members that replace those of a good manifest, null taking one away, and what is said of it.
    private static let faulty: [(changes: String, fault: ManifestFault)] = [
        (#"{"manifest": 2}"#, .unsupportedManifest(2, supported: 1)),
        (#"{"manifest": null}"#, .shape(ShapeError(path: ["manifest"], expected: .count, found: nil))),
        (#"{"id": "Upper"}"#, .invalidName("Upper", at: ["id"])),
        (#"{"id": "../x"}"#, .invalidName("../x", at: ["id"])),
        (#"{"summary": ""}"#, .invalidText(at: ["summary"], limit: 200)),
        (#"{"summary": "a\u001b[31m"}"#, .invalidText(at: ["summary"], limit: 200)),
        (#"{"protocols": [2]}"#, .noCommonVersion(offered: [2], supported: [1])),
        (#"{"run": null}"#, .noProgram),
        (#"{"script": "x.hook"}"#, .noProgram),
        (#"{"kind": "wasm"}"#, .unknownWord("wasm", at: ["kind"])),
        (#"{"run": {"argv": ["../evil"]}}"#, .outsideFolder("../evil", at: ["run", "argv", 0])),
        (#"{"run": {"argv": ["./a/../../b"]}}"#, .outsideFolder("./a/../../b", at: ["run", "argv", 0])),
        (#"{"run": {"argv": []}}"#, .shape(ShapeError(path: ["run", "argv"], expected: .list, found: nil))),
        (#"{"concurrency": 0}"#, .outOfRange(at: ["concurrency"], 1...16)),
        (#"{"timeouts": {"command": 601}}"#, .outOfRange(at: ["timeouts", "command"], 0.01...600)),
        (#"{"timeouts": {"coffee": 1}}"#, .unknownWord("coffee", at: ["timeouts", "coffee"])),
        (
            #"{"permissions": {"env": ["MIXPEEK_API_KEY"]}}"#,
            .notGrantable("MIXPEEK_API_KEY", at: ["permissions", "env", 0])
        ),
        (#"{"permissions": {"env": ["LD_PRELOAD"]}}"#, .notGrantable("LD_PRELOAD", at: ["permissions", "env", 0])),
        (#"{"permissions": {"env": ["A=B"]}}"#, .invalidName("A=B", at: ["permissions", "env", 0])),
        (#"{"permissions": {"read": ["everything"]}}"#, .unknownWord("everything", at: ["permissions", "read", 0])),
        (#"{"permissions": {"write": ["a..b"]}}"#, .invalidGlob("a..b", at: ["permissions", "write", 0])),
        (
            #"{"contributes": {"formats": [{"name": "a", "summary": "s"}, {"name": "a", "summary": "s"}]}}"#,
            .repeatedName("a", at: ["contributes", "formats", 1, "name"])
        ),
        (#"{"contributes": {"events": ["boot"]}}"#, .unknownWord("boot", at: ["contributes", "events", 0])),
    ]

    @Test("what is wrong is named with its place", arguments: faulty.indices)
    func faults(_ index: Int) throws {
        let (changes, fault) = Self.faulty[index]
        let members = try #require(try JSON(parsing: changes).object)
        #expect(throws: fault, "\(changes)") { try parse(members) }
    }

    @Test("one that is too large is not read")
    func large() {
        let bytes = [UInt8](repeating: 0x20, count: Limits.manifest + 1)
        #expect(throws: ManifestFault.tooLarge(limit: Limits.manifest)) { try Manifest(parsing: bytes) }
    }

    @Test("cut off anywhere it is an error and no trap")
    func cut() throws {
        let bytes = JSON(Self.minimal).bytes()
        for length in 0..<bytes.count {
            #expect(throws: ManifestFault.self) { try Manifest(parsing: Array(bytes[..<length])) }
        }
    }

    @Test("a path pattern covers a place and all below it")
    func globs() throws {
        let glob = try #require(PathGlob("channels.*.configs"))
        #expect(glob.covers(["channels", 0, "configs"]) && glob.covers(["channels", 3, "configs", "headers", "X"]))
        #expect(
            !glob.covers(["channels"]) && !glob.covers(["channels", 0]) && !glob.covers(["channels", 0, "channel"]))
        #expect(PathGlob("**")?.covers([]) == true && PathGlob("a.**")?.covers(["a", "b"]) == true)
        #expect(PathGlob("channels[0]")?.covers(["channels", 1]) == false)
        #expect(PathGlob("") == nil && PathGlob("a..b") == nil)
    }
}
