import Glibc
import Synchronization
import Testing
import WebhookAPI

@Suite("The transport to a server on this machine", .timeLimit(.minutes(1)))
struct LocalTransportTests {
    private func request(
        _ target: String = "/a", _ base: String, timeout: Duration = .seconds(30), body: String? = nil
    ) throws -> TransportRequest {
        TransportRequest(
            method: body == nil ? .get : .put, endpoint: try Endpoint(parsing: base), target: target,
            headers: HeaderFields([]), key: Client.key, body: body.map { Array($0.utf8) }, timeout: timeout,
            bodyLimit: 1 << 20, errorBodyLimit: 1 << 10)
    }

    /// What becomes of a request: the body of its answer, or why there is none.
    private func outcome(
        _ transport: LocalTransport, _ request: TransportRequest
    ) async -> Result<String, TransportFailure> {
        do throws(TransportFailure) {
            return .success(String(decoding: try await transport.send(request).body, as: UTF8.self))
        } catch {
            return .failure(error)
        }
    }

    private func over(
        _ handler: @escaping WireServer.Handler, _ configuration: TransportConfiguration = TransportConfiguration(),
        _ body: (WireServer, LocalTransport) async throws -> Void
    ) async throws {
        try await WireServer.run(handler) { server in
            let transport = try #require(LocalTransport(to: try Endpoint(parsing: server.base), configuration))
            try await body(server, transport)
            await transport.shutdown()
        }
    }

    private func waitUntil(_ isSo: () -> Bool) async throws {
        while !isSo() { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test(
        "is none for TLS, another machine or a proxy",
        arguments: [
            ("http://127.0.0.1:1", false, true), ("http://localhost:1", false, true), ("http://[::1]:1", false, true),
            ("http+unix://%2Fs", false, true), ("https://127.0.0.1:1", false, false), ("http://10.0.0.1", false, false),
            ("http://127.0.0.1:1", true, false),
        ])
    func servedEndpoints(_ base: String, _ hasProxy: Bool, _ isServed: Bool) throws {
        var configuration = TransportConfiguration()
        if hasProxy { configuration.proxy = try ProxySettings(parsing: "http://proxy:1") }
        #expect((LocalTransport(to: try Endpoint(parsing: base), configuration) != nil) == isServed)
    }

    @Test("sends nothing to another server than its own")
    func anotherServer() async throws {
        try await over({ _ in .answer(200) }) { server, transport in
            let failure = TransportFailure(.invalidRequest("it is for another server"), progress: .notSent)
            let other = try request("/a", "http://127.0.0.1:\(server.port == 1 ? 2 : 1)")
            #expect(await outcome(transport, other) == .failure(failure))
            #expect(server.requests.isEmpty)
        }
    }

    @Test("uses a connection again, but for one that the answer ends or turns into something else")
    func reuse() async throws {
        let replies: [WireReply] = [
            .answer(200, "1"), .answer(200, "2", headers: [("Connection", "close")]),
            .raw("HTTP/1.1 101 Status\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
            .raw("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n4"), .answer(200, "5"), .answer(200, "6"),
        ]
        let next = Mutex(replies[...])
        try await over({ _ in next.withLock { $0.removeFirst() } }) { server, transport in
            for expected in ["1", "2", "", "4", "5", "6"] {
                let result = try await outcome(transport, request("/a", server.base))
                #expect(result == .success(expected))
            }
            #expect(server.connections == 4)
        }
    }

    @Test("an answer that nobody asked for is nobody's")
    func surplusAnswer() async throws {
        let first = Mutex(true)
        let handler: WireServer.Handler = { request in
            let isFirst = first.withLock { first in
                defer { first = false }
                return first
            }
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\(request.target)"
            return .raw(isFirst ? answer + answer.replacing("/a", with: "/x") : answer)
        }
        try await over(handler) { server, transport in
            for target in ["/a", "/b", "/c"] {
                let result = try await outcome(transport, request(target, server.base))
                #expect(result == .success(target))
            }
            #expect(server.connections == 2)
        }
    }

    @Test("lets go of connections that had nothing to do for long enough")
    func idleTimeout() async throws {
        try await over({ _ in .answer(200) }, TransportConfiguration(idleTimeout: .milliseconds(20))) {
            server, transport in
            for _ in 0..<2 {
                let result = try await outcome(transport, request("/a", server.base))
                #expect(result == .success(""))
                try await waitUntil { server.open == 0 }
            }
            #expect(server.connections == 2)
        }
    }

    @Test("each request ends by its own time, whatever others have")
    func deadlines() async throws {
        try await over({ _ in .silence }) { server, transport in
            let long = Task { try await outcome(transport, request("/long", server.base)) }
            try await waitUntil { server.requests.count == 1 }
            let short = try request("/short", server.base, timeout: .milliseconds(30))
            #expect(await outcome(transport, short) == .failure(TransportFailure(.timedOut, progress: .sent)))
            long.cancel()
            #expect(try await long.value == .failure(TransportFailure(.cancelled, progress: .sent)))
        }
    }

    @Test("nothing was sent of what was cancelled, timed out or shut down before there was a connection")
    func connecting() async throws {
        // Its queue is full: who connects gets no answer.
        let listener = try FullListener()
        defer { withExtendedLifetime(listener) {} }
        let base = listener.base
        let transport = try #require(LocalTransport(to: try Endpoint(parsing: base)))
        let short = try request("/a", base, timeout: .milliseconds(30))
        #expect(await outcome(transport, short) == .failure(TransportFailure(.timedOut, progress: .notSent)))
        let cancelled = Task { try await outcome(transport, request("/b", base)) }
        cancelled.cancel()
        #expect(try await cancelled.value == .failure(TransportFailure(.cancelled, progress: .notSent)))
        let closed = Task { try await outcome(transport, request("/c", base)) }
        await transport.shutdown()
        #expect(try await closed.value == .failure(TransportFailure(.closed, progress: .notSent)))
    }

    @Test("a shutdown ends all that is under way, each once, and what comes later isn't begun")
    func shutdown() async throws {
        try await over({ $0.target == "/idle" ? .answer(200) : .silence }) { server, transport in
            let result = try await outcome(transport, request("/idle", server.base))
            #expect(result == .success(""))
            let tasks = try (0..<20).map { number in
                let request = try request("/\(number)", server.base)
                return Task { await outcome(transport, request) }
            }
            try await waitUntil { server.requests.count == 21 }
            await transport.shutdown()
            for task in tasks {
                #expect(await task.value == .failure(TransportFailure(.closed, progress: .sent)))
            }
            let late = try await outcome(transport, request("/late", server.base))
            #expect(late == .failure(TransportFailure(.closed, progress: .notSent)))
        }
    }

    @Test("among hundreds that are cancelled at any moment, each ends once, with its own answer or none")
    func cancellations() async throws {
        try await over({ .answer(200, $0.target) }) { server, transport in
            await withTaskGroup(of: Bool.self) { group in
                for number in 0..<600 {
                    group.addTask {
                        guard let request = try? request("/\(number)", server.base, body: "x") else { return false }
                        let task = Task { await outcome(transport, request) }
                        if number % 3 != 0 {
                            for _ in 0..<(number % 40) { await Task.yield() }
                            task.cancel()
                        }
                        switch await task.value {
                        case .success(let body): return body == "/\(number)"
                        case .failure(let failure): return number % 3 != 0 && failure.kind == .cancelled
                        }
                    }
                }
                for await isRight in group { #expect(isRight) }
            }
        }
    }
}

/// Listens, and takes no more connections.
private final class FullListener {
    private let sockets: [Int32]
    let base: String

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var sockets = [listener]
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                precondition(bind(listener, name, length) == 0 && listen(listener, 0) == 0)
                precondition(getsockname(listener, name, &length) == 0)
                // One more than the queue has room for.
                for _ in 0..<2 {
                    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
                    _ = connect(client, name, length)
                    sockets.append(client)
                }
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
        self.sockets = sockets
        base = "http://127.0.0.1:\(port)"
    }

    deinit { for socket in sockets { close(socket) } }
}
