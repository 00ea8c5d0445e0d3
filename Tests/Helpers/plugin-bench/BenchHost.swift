import Glibc
import LosslessJSON
import PluginHost
import PluginProtocol

/// A host with two plugins, both this program, in a folder that it makes.
struct BenchHost {
    let root: String
    let host: PluginHost

    init() throws {
        var template = Array("/tmp/hookline-bench-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template), let program = realpath("/proc/self/exe", nil) else { exit(1) }
        root = String(cString: made)
        let path = String(cString: program)
        host = Self.makeHost(root, pins: MemoryPinStore())
        for (id, contributes): (String, JSON) in [
            ("echo", ["commands": [["name": "echo", "summary": "Echoes"]]]),
            ("sink", ["policies": [["name": "none", "summary": "Nothing"]]]),
        ] {
            let manifest: JSON = [
                "manifest": 1, "id": JSON(id), "version": "1", "summary": "For measuring", "protocols": [1],
                "run": ["argv": [JSON(path), JSON(id)]], "contributes": contributes,
            ]
            mkdir(root + "/" + id, 0o755)
            try write(manifest.bytes(), to: root + "/" + id + "/plugin.json")
            try host.enableForSession(PluginFolder.read(root + "/" + id))
        }
    }

    func remove() {
        for id in ["echo", "sink"] {
            unlink(root + "/" + id + "/plugin.json")
            rmdir(root + "/" + id)
            for own in ["home", "tmp"] { rmdir(root + "/state/" + id + "/" + own) }
            rmdir(root + "/state/" + id)
        }
        unlink(root + "/pins.json")
        rmdir(root + "/state")
        rmdir(root)
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o644)
        _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        close(file)
    }

    private static func makeHost(_ root: String, pins: any PinStore) -> PluginHost {
        let clock = ContinuousClock()
        let start = clock.now
        let surroundings = PluginSurroundings(variables: ["PATH": "/usr/bin:/bin"], stateFolder: root + "/state")
        return PluginHost(
            configuration: PluginHostConfiguration(
                hostName: "plugin-bench", searchPath: [root], surroundings: surroundings,
                now: { clock.now - start },
                nonce: {
                    var random = SystemRandomNumberGenerator()
                    return String(random.next(), radix: 36) + String(random.next(), radix: 36)
                }),
            services: NoServices(), pins: pins, states: MemoryStateStore())
    }

    func freshHost(pins: any PinStore) -> PluginHost { Self.makeHost(root, pins: pins) }

    /// A file with pins of as many plugins.
    func pinFile(copies: Int) throws -> PinFile {
        let file = PinFile(path: root + "/pins.json")
        let preview = try host.preview("echo")
        let store = MemoryPinStore()
        try Self.makeHost(root, pins: store).enable(preview)
        let pin = try store.load()[0]
        try file.save(
            (0..<copies).map { number in
                var copy = pin
                copy.id = "echo-\(number)"
                var manifest = pin.manifest.object ?? [:]
                manifest["id"] = JSON(copy.id)
                manifest["contributes"] = [
                    "commands": [["name": JSON("echo-\(number)"), "summary": "Echoes"]],
                    "formats": [["name": JSON("format-\(number)"), "summary": "Formats"]],
                ]
                copy.manifest = JSON(manifest)
                return copy
            })
        return file
    }

    func echo() async throws -> CommandOutcome {
        try await host.run(CommandRequest(command: "echo", argv: ["hello"]), conversation: NoConversation())
    }

    /// Updates of webhooks as they are, about a kilobyte each with its before.
    static func changes(_ count: Int) -> [PolicyChange] {
        (0..<count).map { number in
            let document: JSON = [
                "webhook_id": JSON("wh_\(number)"), "webhook_name": JSON("Team \(number)"),
                "event_types": ["object.created", "object.updated", "cluster.execution.failed"], "is_active": true,
                "channels": [
                    [
                        "channel": "slack",
                        "configs": [
                            "bot_token": JSON("xoxb-\(number)-0123456789abcdef"), "channel_id": "C0123456789",
                            "workspace_id": "T0123456789",
                        ],
                    ],
                    [
                        "channel": "webhook",
                        "configs": [
                            "url": JSON("https://hooks.example.com/in/\(number)?key=0123456789"),
                            "headers": ["Authorization": JSON("Bearer \(number)"), "X-Team": "search"], "timeout": 10,
                        ],
                    ],
                ],
                "created_at": "2025-11-02T10:00:00.000000Z", "updated_at": "2026-01-02T10:00:00.000000Z",
            ]
            // Parsed, as what a server sent is.
            let before = document.detached()
            var after = before
            try? after.set(JSON("Renamed \(number)"), at: ["webhook_name"])
            return PolicyChange(
                key: "wh_\(number)", operation: .update, before: before, after: after, paths: ["webhook_name"])
        }
    }
}

struct NoServices: PluginServices {
    func webhooks() async -> [KeyedDocument] { [] }
    func webhook(_ key: String) async -> KeyedDocument? { nil }
}

struct NoConversation: PluginConversation {
    func print(_ text: String) async {}
    func confirm(_ question: String) async -> Bool { false }
}
