import Glibc
import LosslessJSON
import PluginProtocol
import Synchronization
import TestSupport

@testable import PluginHost

/// A folder with plugins, and a host that looks for them there. All of it goes with its owner.
final class PluginFixture: Sendable {
    let root: String
    let host: PluginHost
    let pins: MemoryPinStore
    let services: FixedServices

    var pluginFolder: String { root + "/plugins" }
    var stateFolder: String { root + "/state" }

    init(
        deadlines: Deadlines = .quick, variables: [String: String] = ["PATH": "/usr/bin:/bin"],
        webhooks: [KeyedDocument] = [], lineLimit: Int = Limits.lineLength, partLimit: Int = Limits.partLength,
        reserved: ReservedNames = .init(), key: String? = nil
    ) throws {
        var template = Array("/tmp/hookline-plugins-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template), let real = realpath(made, nil) else { throw FixtureError(errno: errno) }
        root = String(cString: real)
        free(real)
        mkdir(root + "/plugins", 0o755)
        mkdir(root + "/state", 0o700)
        let clock = ContinuousClock()
        let start = clock.now
        pins = MemoryPinStore()
        services = FixedServices(documents: webhooks)
        let nonces = Mutex(SystemRandomNumberGenerator())
        host = PluginHost(
            configuration: PluginHostConfiguration(
                hostName: "hookline test", searchPath: [root + "/plugins"],
                surroundings: PluginSurroundings(variables: variables, stateFolder: root + "/state") { text in
                    key.map { text.contains($0) } ?? false
                },
                reserved: reserved, deadlines: deadlines, lineLimit: lineLimit, partLimit: partLimit,
                now: { clock.now - start },
                nonce: { nonces.withLock { String($0.next(), radix: 36) + String($0.next(), radix: 36) } }),
            services: services, pins: pins, states: PluginStateFiles(folder: root + "/state"))
    }

    /// With deadlines that differ from the quick ones.
    convenience init(_ change: (inout Deadlines) -> Void) throws {
        var deadlines = Deadlines.quick
        change(&deadlines)
        try self.init(deadlines: deadlines)
    }

    deinit { TreeRemoval.remove(root) }

    /// Writes a plugin's folder; `files` beside its manifest, executable.
    func write(_ manifest: JSON, files: [String: String] = [:]) throws {
        let folder = pluginFolder + "/" + (manifest["id"]?.string ?? "")
        try SystemFile.makeFolder(folder)
        try SystemFile.replace(folder + "/plugin.json", with: manifest.bytes(.pretty), mode: 0o644)
        for (name, text) in files {
            if let slash = name.lastIndex(of: "/") { try SystemFile.makeFolder(folder + "/" + name[..<slash]) }
            try SystemFile.replace(folder + "/" + name, with: Array(text.utf8), mode: 0o755)
        }
    }

    /// Writes and enables, for this session, a plugin that misbehaves.
    func enableFault(_ mode: String, _ argument: String = "", members: JSONObject = [:]) throws {
        var manifest = Self.manifest(mode, argument)
        for (name, value) in members { manifest[name] = value }
        try write(JSON(manifest))
        try host.enableForSession(PluginFolder.read(pluginFolder + "/fault"))
    }

    /// Contributes everything and asks for everything.
    static func manifest(_ mode: String, _ argument: String = "") -> JSONObject {
        [
            "manifest": 1, "id": "fault", "version": "1.0", "summary": "Misbehaves", "protocols": [1],
            "run": ["argv": [JSON(HelperProgram.path("fault-plugin")), JSON(mode), JSON(argument)]],
            "contributes": [
                "commands": [["name": "misbehave", "summary": "Does so"]],
                "formats": [["name": "odd", "summary": "Odd"]],
                "transforms": [["name": "shift", "summary": "Shifts"]],
                "policies": [["name": "strict", "summary": "Strict"]],
                "channelKinds": ["pager"], "completions": ["team"], "events": ["committed"],
            ],
            "permissions": ["read": ["webhooks"], "write": ["channels.*.configs"], "state": true],
        ]
    }

    func log() -> [PluginNote] { host.log(of: "fault").map(\.note) }

    /// Whether the plugin said that its fault was about to happen.
    func fired(_ mode: String) -> Bool { log().contains(.said("fault: \(mode)")) }

    /// Stops everything; then there must be no process of this fixture.
    func finish() async -> [String] {
        await host.stop(hurry: .milliseconds(50))
        return processes
    }

    /// The processes that carry this fixture's home in their environment: numbers and command lines.
    var processes: [String] {
        let mark = Array("HOME=\(stateFolder)/".utf8)
        return (SystemFile.names(in: "/proc") ?? []).compactMap { name in
            guard let process = pid_t(name), process != getpid(),
                let environment = ProcessFiles.bytes("/proc/\(process)/environ"),
                environment.split(separator: 0).contains(where: { $0.starts(with: mark) })
            else { return nil }
            return "\(process) " + String(decoding: ProcessFiles.bytes("/proc/\(process)/cmdline") ?? [], as: UTF8.self)
        }
    }
}

struct FixtureError: Error { let errno: Int32 }

enum ProcessFiles {
    static func bytes(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = read(file, &bytes, bytes.count)
        return count > 0 ? Array(bytes[..<count]) : nil
    }
}

enum TreeRemoval {
    static func remove(_ path: String) {
        for name in SystemFile.names(in: path) ?? [] {
            let inner = path + "/" + name
            var status = stat()
            guard lstat(inner, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR { remove(inner) } else { unlink(inner) }
        }
        rmdir(path)
    }
}

struct FixedServices: PluginServices {
    let documents: [KeyedDocument]

    func webhooks() async -> [KeyedDocument] { documents }
    func webhook(_ key: String) async -> KeyedDocument? { documents.first { $0.key == key } }
}

/// Remembers what was printed; answers every question the same.
final class FixedConversation: PluginConversation {
    private let texts = Mutex<[String]>([])
    let answer: Bool

    init(answer: Bool = true) { self.answer = answer }

    var printed: [String] { texts.withLock { $0 } }
    func print(_ text: String) async { texts.withLock { $0.append(text) } }
    func confirm(_ question: String) async -> Bool {
        texts.withLock { $0.append(question) }
        return answer
    }
}

extension Deadlines {
    /// Short where a test waits for it, long where it doesn't.
    static var quick: Deadlines {
        var deadlines = Deadlines()
        deadlines.initialize = .seconds(180)
        deadlines.format = .seconds(180)
        deadlines.validate = .seconds(180)
        deadlines.policy = .seconds(180)
        deadlines.transform = .seconds(180)
        deadlines.command = .seconds(180)
        deadlines.event = .seconds(180)
        deadlines.channel = .seconds(180)
        deadlines.cancelGrace = .milliseconds(150)
        deadlines.stopStep = .milliseconds(150)
        return deadlines
    }
}

/// Waits until a condition holds; false after 20 seconds.
func eventually(_ condition: () -> Bool) async -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(180)
    while clock.now < end {
        if condition() { return true }
        try? await clock.sleep(for: .milliseconds(2))
    }
    return condition()
}

extension PluginChange {
    static func update(_ key: String, _ before: JSON, _ after: JSON) -> PluginChange {
        PluginChange(key: key, operation: .update, before: before, after: after, paths: [])
    }
}

typealias PluginChange = PolicyChange

extension PluginHost {
    /// The verdict of the one policy that is there.
    func verdict(_ changes: [PolicyChange] = [.update("wh_1", [:], [:])]) async throws -> PluginVerdict? {
        try await checkPolicies(changes).first
    }
}
