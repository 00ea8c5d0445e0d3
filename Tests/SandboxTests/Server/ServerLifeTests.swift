import Glibc
import Logging
import Sandbox
import Synchronization
import Testing
import WebhookModel

@Suite("A server's life")
struct ServerLifeTests {
    private func configuration(_ listener: SandboxListener, storage: SandboxStorage = .memory) -> SandboxConfiguration {
        SandboxConfiguration(listener: listener, storage: storage, environment: Surroundings().environment)
    }

    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
    }

    @Test("a private socket lies in a folder that only its owner enters, and both are gone at stop")
    func privateSocket() async throws {
        let server = SandboxServer(configuration(.privateSocket(in: "/tmp/")))
        guard case .socket(let path) = try await server.start() else {
            Issue.record("no socket")
            return
        }
        let folder = String(path[..<path.lastIndex(of: "/")!])
        #expect(mode(folder) == 0o700)
        #expect(mode(path).map { $0 & 0o077 == 0 || mode(folder) == 0o700 } == true)
        await server.stop()
        #expect(mode(path) == nil)
        #expect(mode(folder) == nil)
    }

    @Test("stop clears away what killed servers left, and nothing that is young, answered, or not theirs")
    func abandoned() async throws {
        try await Harness.withFolder { folder in
            let surroundings = Surroundings()
            func start() async throws -> (SandboxServer, folder: String) {
                let server = SandboxServer(
                    SandboxConfiguration(listener: .privateSocket(in: folder), environment: surroundings.environment))
                guard case .socket(let path) = try await server.start() else { return (server, "") }
                return (server, String(path[..<path.lastIndex(of: "/")!]))
            }
            let kept = ["hookline-keeps", "hookline-0000001", "other-000001", "hookline-wide00"].map {
                "\(folder)/\($0)"
            }
            for path in kept { mkdir(path, path.hasSuffix("wide00") ? 0o755 : 0o700) }
            try writeFile("content", to: kept[0] + "/file")
            for name in ["hookline-dead01", "hookline-empty1"] { mkdir("\(folder)/\(name)", 0o700) }
            leaveDeadSocket(at: "\(folder)/hookline-dead01/sandbox.sock")

            // Everything here is younger than a minute by this clock.
            let (first, _) = try await start()
            await first.stop()
            #expect(mode("\(folder)/hookline-dead01") != nil)

            surroundings.now = Timestamp(seconds: 4_000_000_000)
            let (living, livingFolder) = try await start()
            let (second, _) = try await start()
            await second.stop()
            #expect(mode("\(folder)/hookline-dead01") == nil)
            #expect(mode("\(folder)/hookline-empty1") == nil)
            #expect(mode(livingFolder + "/sandbox.sock") != nil)
            for path in kept { #expect(mode(path) != nil, "\(path)") }
            await living.stop()
            unlink(kept[0] + "/file")
            for path in kept { rmdir(path) }
        }
    }

    @Test("where a private socket's path would be too long, it is made under /tmp")
    func longFolder() async throws {
        let long = "/tmp/" + String(repeating: "x", count: 90)
        mkdir(long, 0o700)
        defer { rmdir(long) }
        let server = SandboxServer(configuration(.privateSocket(in: long)))
        let address = try await server.start()
        #expect(address.base.hasPrefix("http+unix://%2Ftmp%2Fhookline-"))
        #expect(try await RawClient(address: address).exchange([Array("GET / HTTP/1.1\r\n\r\n".utf8)]).status == 404)
        await server.stop()
    }

    @Test("a socket at a path is 0600, replaces a dead one, and spares a live one and other files")
    func socketAtPath() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/deep/er/s"
            let first = SandboxServer(configuration(.socket(path: path)))
            _ = try await first.start()
            #expect(mode(path) == 0o600)
            #expect(mode("\(folder)/deep") == 0o700)
            await #expect(throws: SandboxError.addressInUse(path)) {
                try await SandboxServer(configuration(.socket(path: path))).start()
            }
            await first.stop()
            #expect(mode(path) == nil)

            leaveDeadSocket(at: path)
            let second = SandboxServer(configuration(.socket(path: path)))
            _ = try await second.start()
            await second.stop()

            try writeFile("mine", to: path)
            await #expect(throws: SandboxError.addressInUse(path)) {
                try await SandboxServer(configuration(.socket(path: path))).start()
            }
            #expect(mode(path) != nil)
            unlink(path)
        }
    }

    private func leaveDeadSocket(at path: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(result == 0)
    }

    @Test("a path longer than a socket address holds is refused with the limit")
    func longPath() async throws {
        let path = "/tmp/" + String(repeating: "x", count: 103)
        await #expect(throws: SandboxError.socketPathTooLong(path: path, limit: 107)) {
            try await SandboxServer(configuration(.socket(path: path))).start()
        }
    }

    @Test("port 0 takes a free port and says which; a taken port is an error")
    func ports() async throws {
        let server = SandboxServer(configuration(.tcp()))
        let address = try await server.start()
        let port = try #require(address.port)
        #expect(port > 0)
        #expect(address.base == "http://127.0.0.1:\(port)")
        let request = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        #expect(try await RawClient(address: address).exchange([request]).status == 404)
        await #expect(throws: SandboxError.addressInUse("127.0.0.1:\(port)")) {
            try await SandboxServer(configuration(.tcp(port: port))).start()
        }
        await server.stop()
        await #expect(throws: ExchangeError.self) { try await RawClient(address: address).exchange([request]) }
    }

    @Test(
        "a host wider than loopback wants keys",
        arguments: ["0.0.0.0", "::", "192.0.2.1", "example.com", "127.0.0.1.example"])
    func wideHosts(host: String) async throws {
        await #expect(throws: SandboxError.keysRequired(host: host)) {
            try await SandboxServer(configuration(.tcp(host: host))).start()
        }
    }

    @Test("with a key, a wider host is taken")
    func wideHostWithKey() async throws {
        var configuration = configuration(.tcp(host: "0.0.0.0"))
        configuration.keys = [SandboxKey("sk_wide")!]
        let server = SandboxServer(configuration)
        let port = try #require(try await server.start().port)
        let local = RawClient(address: .tcp(host: "127.0.0.1", port: port))
        #expect(try await local.exchange([Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)]).status == 404)
        await server.stop()
    }

    @Test("an address that is not this machine's is an error with the reason")
    func foreignAddress() async throws {
        var configuration = configuration(.tcp(host: "192.0.2.1", port: 1))
        configuration.keys = [SandboxKey("sk")!]
        let error = await #expect(throws: SandboxError.self) { try await SandboxServer(configuration).start() }
        guard case .cannotListen("192.0.2.1:1", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a server starts once; stopping it twice, or before it starts, does nothing")
    func onceOnly() async throws {
        let server = SandboxServer(configuration(.privateSocket(in: "/tmp")))
        await server.stop()
        _ = try await server.start()
        await #expect(throws: SandboxError.alreadyStarted) { try await server.start() }
        await server.stop()
        await server.stop()
    }

    @Test("stop closes idle connections at once, and a stalled request after the grace period")
    func stopping() async throws {
        try await Harness.run { sandbox in
            let closed = try await sandbox.client.conversation { connection in
                _ = connection.write(Array("POST /v1/organizations/webhooks/ HTTP/1.1\r\nHost: a\r\n".utf8))
                _ = connection.write(Array("Authorization: Bearer sk_sandbox\r\nContent-Length: 10\r\n\r\n{".utf8))
                Task { await sandbox.server.stop(within: .milliseconds(100)) }
                return connection.waitForEnd(milliseconds: 180_000)
            }
            #expect(closed)
        }
    }

    @Test("nothing that is logged holds a key or a document")
    func logs() async throws {
        let lines = Mutex<[String]>([])
        let logger = Logger(label: "test") { _ in CollectingHandler { line in lines.withLock { $0.append(line) } } }
        try await Harness.run(
            seed: .none,
            {
                $0.logger = logger
                $0.keys = [SandboxKey("sk_secret_key")!]
            }
        ) { sandbox in
            for key in ["sk_secret_key", "sk_wrong_key"] {
                let body = sampleDocument("secret name").text(.compact)
                _ = try await sandbox.request("POST", "/", body: body, key: key)
                _ = try await sandbox.request("GET", "/", key: key)
            }
        }
        let text = lines.withLock { $0.joined(separator: "\n") }
        #expect(text.contains("listening") && text.contains("answered"))
        for secret in ["sk_secret", "sk_wrong", "secret name", "xoxb"] { #expect(!text.contains(secret)) }
    }
}

/// Gives each event of every level as one line.
private struct CollectingHandler: LogHandler {
    let collect: @Sendable (String) -> Void
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    init(_ collect: @escaping @Sendable (String) -> Void) {
        self.collect = collect
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        collect("\(event.level) \(event.message) \(metadata) \(event.metadata ?? [:])")
    }
}
