import Glibc
import LosslessJSON
import Sandbox
import Synchronization
import Testing
import WebhookModel

/// A clock that stands still until it is moved, and randomness from a seed.
final class Surroundings: Sendable {
    private let time = Mutex(Timestamp(parsing: "2026-03-01T12:00:00Z")!)
    private let state: Mutex<UInt64>

    init(seed: UInt64 = 1) {
        state = Mutex(seed)
    }

    var now: Timestamp {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }

    func advance(by duration: Duration) {
        time.withLock { $0 = $0.advanced(by: duration) }
    }

    var environment: SandboxEnvironment {
        SandboxEnvironment(
            now: { self.now },
            uptime: { self.now.since(Timestamp(seconds: 0)) },
            randomBytes: { count in self.state.withLock { state in (0..<count).map { _ in splitMix(&state) } } })
    }
}

/// One byte of SplitMix64.
func splitMix(_ state: inout UInt64) -> UInt8 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return UInt8(truncatingIfNeeded: mixed >> 40)
}

/// A random generator that gives the same numbers for a seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        (0..<8).reduce(0 as UInt64) { result, _ in result << 8 | UInt64(splitMix(&state)) }
    }
}

/// A running server and how to talk to it.
struct Harness: Sendable {
    static let base = "/v1/organizations/webhooks"

    let server: SandboxServer
    let client: RawClient
    let surroundings: Surroundings

    /// Runs a server for the length of the body.
    static func run(
        seed: SandboxSeed = .none, surroundings: Surroundings = Surroundings(),
        _ body: (Harness) async throws -> Void
    ) async throws {
        try await run(seed: seed, surroundings: surroundings, { _ in }, body)
    }

    /// The same with a configuration other than the usual one.
    static func run(
        seed: SandboxSeed = .none, surroundings: Surroundings = Surroundings(),
        _ adjust: (inout SandboxConfiguration) -> Void,
        _ body: (Harness) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration(
            listener: .privateSocket(in: "/tmp"), seed: seed, environment: surroundings.environment)
        adjust(&configuration)
        let server = SandboxServer(configuration)
        let address = try await server.start()
        let harness = Harness(server: server, client: RawClient(address: address), surroundings: surroundings)
        do {
            try await body(harness)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    /// A request with the standard key unless another, or none (nil), is given.
    func request(
        _ method: String, _ path: String = "", body: String? = nil, key: String? = SandboxKey.standard.secret,
        headers: [(String, String)] = []
    ) async throws -> Reply {
        try await request(method, path, bytes: body.map { Array($0.utf8) }, key: key, headers: headers)
    }

    func request(
        _ method: String, _ path: String, bytes: [UInt8]?, key: String? = SandboxKey.standard.secret,
        headers: [(String, String)] = []
    ) async throws -> Reply {
        let target = path.hasPrefix("/v1") || path.hasPrefix("//") ? path : Self.base + path
        var head = "\(method) \(target) HTTP/1.1\r\nHost: sandbox\r\n"
        if let key { head += "Authorization: Bearer \(key)\r\n" }
        if let bytes { head += "Content-Type: application/json\r\nContent-Length: \(bytes.count)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        return try await client.exchange([Array((head + "\r\n").utf8) + (bytes ?? [])], isHead: method == "HEAD")
    }

    /// Creates a webhook and gives its identifier.
    func create(_ document: JSON, key: String = SandboxKey.standard.secret) async throws -> String {
        let reply = try await request("POST", "/", body: document.text(.compact), key: key)
        return try JSON(parsing: reply.body)["webhook_id"]?.string ?? ""
    }

    /// The documents of the bare list.
    func listAll(key: String = SandboxKey.standard.secret) async throws -> [JSON] {
        try JSON(parsing: try await request("GET", "/", key: key).body).array ?? []
    }

    /// A folder of this test's own, removed after.
    static func withFolder(_ body: (String) async throws -> Void) async throws {
        var template = Array("/tmp/hookline-test-XXXXXX".utf8CString)
        mkdtemp(&template)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for name in ["sandbox.db", "sandbox.db-wal", "sandbox.db-shm", "sandbox.db.key", "seed.json", "s"] {
                unlink("\(folder)/\(name)")
            }
            rmdir(folder + "/deep/er")
            rmdir(folder + "/deep")
            rmdir(folder)
        }
        try await body(folder)
    }
}

/// A document that passes every check but the strict ones.
func sampleDocument(_ name: String = "Sample", events: [String] = ["object.created"], active: Bool? = nil) -> JSON {
    var document: JSONObject = [
        "webhook_name": JSON(name), "event_types": JSON(events.map { JSON($0) }),
        "channels": [["channel": "slack", "configs": ["channel_id": "C1", "bot_token": "xoxb-1"]]],
    ]
    if let active { document["is_active"] = JSON(active) }
    return JSON(document)
}

extension Reply {
    var json: JSON? { try? JSON(parsing: body) }
    var errorType: String? { json?["error"]?["type"]?.string }
}

/// Writes a text file.
func writeFile(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    #expect(fputs(text, file) >= 0)
}
