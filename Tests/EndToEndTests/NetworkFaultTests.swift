import Glibc
import LosslessJSON
import Synchronization
import TestSupport
import Testing

/// Servers, names and proxies that are odd, slow, endless or not there.
@Suite("Faults of the network")
struct NetworkFaultTests {
    private static let document =
        #"{"webhook_id":"wh_abc123def4","webhook_name":"A","event_types":["object.created"],"channels":[{"channel":"webhook","configs":{"url":"https://example.com"}}],"is_active":true}"#

    private func variables(_ base: String) -> [String: String?] {
        ["MIXPEEK_API_KEY": "sk_fault_canary", "MIXPEEK_API_BASE": base]
    }

    // MARK: Answers

    @Test("HTTP/1.0 without a length, and chunks with trailers, are read", arguments: [false, true])
    func framings(_ isChunked: Bool) async throws {
        let home = try Home()
        let server = try RawServer { peer in
            let body = "[\(Self.document)]"
            guard isChunked else {
                peer.send("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body)
                return
            }
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n")
            for character in body.utf8 { peer.send(Array("1\r\n".utf8) + [character] + Array("\r\n".utf8)) }
            peer.send("0\r\nX-Sum: 1\r\nSet-Cookie: a=b\r\n\r\n")
        }
        let run = try await home.hookline("ls", "--ids", environment: variables(server.base))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == "wh_abc123def4\n")
    }

    @Test("a body of a GiB is left at 256 MiB, in bounded memory; one that is announced, at once")
    func endless() async throws {
        let home = try Home()
        let sent = Mutex(0)
        let server = try RawServer { peer in
            peer.send(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n")
            let chunk = Array("100000\r\n".utf8) + [UInt8](repeating: 0x20, count: 1 << 20) + Array("\r\n".utf8)
            for _ in 0..<1024 {
                guard peer.send(chunk) else { return }
                sent.withLock { $0 += 1 }
            }
        }
        // In KiB: all that the process may map, its programs and libraries included. A sanitizer maps terabytes for itself.
        let limit = Sanitizer.isOn ? "" : "ulimit -v 1600000; "
        let run = try await home.shell(limit + "exec $HOOKLINE ls", environment: variables(server.base))
        #expect(run.status == 4, "\(run.errors)")
        #expect(run.errors.contains("is longer than 256 MiB; its rest was not read"), "\(run.errors)")
        #expect(sent.withLock { $0 } < 300)

        let announcing = try RawServer { peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n[")
            _ = peer.linger(milliseconds: 60_000)
        }
        let announced = try await home.hookline("ls", environment: variables(announcing.base))
        #expect(announced.status == 4)
        #expect(announced.errors.contains("is longer than 256 MiB"), "\(announced.errors)")
    }

    @Test("a server that drips is left when its time is over, and said to have begun")
    func drip() async throws {
        let home = try Home()
        let server = try RawServer { peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n[")
            while peer.linger(milliseconds: 1000), peer.send(" ") {}
        }
        try home.configure(base: server.base, "list_timeout: 1s")
        let run = try await home.hookline("ls")
        #expect(run.status == 4, "\(run.errors)")
        #expect(run.errors.contains("began to answer, and did not come to the end in time"), "\(run.errors)")
        #expect(run.errors.contains("list_timeout"))
    }

    @Test("a write whose answer drips is looked up, found done, and not sent again")
    func drippingWrite() async throws {
        let home = try Home()
        let document = Mutex(Self.document)
        let server = try RawServer { peer in
            let current = document.withLock { $0 }
            guard peer.head.hasPrefix("PUT") else {
                let body = peer.head.hasPrefix("GET") && peer.head.contains("wh_abc123def4") ? current : "[\(current)]"
                peer.send("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body)
                return
            }
            document.withLock { $0 = current.replacing(#""is_active":true"#, with: #""is_active":false"#) }
            peer.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")
            while peer.linger(milliseconds: 1000), peer.send(" ") {}
        }
        try home.configure(base: server.base, "request_timeout: 1s", "dialect: get-list")
        let run = try await home.hookline("-c", "use wh_abc123def4; set active false; commit --yes; log 1 --json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(server.heads.count { $0.hasPrefix("PUT") } == 1)
        #expect(run.output.contains("confirmed"), "\(run.output)")
    }

    // MARK: Names and addresses

    @Test("a server on IPv6 alone is reached by its address")
    func ipv6() async throws {
        let home = try Home()
        guard let server = try? RawServer(isIPv6: true, { $0.answer("[\(Self.document)]") }) else {
            print("no IPv6 on loopback: a server on it is not tried")
            return
        }
        let run = try await home.hookline("ls", "--ids", environment: variables(server.base))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == "wh_abc123def4\n")
        #expect(server.heads.first?.contains("ost: [::1]:\(server.port)") == true, "\(server.heads)")
    }

    /// A label of more than 63 bytes is no name (RFC 1035, section 2.3.4): nobody is asked for it.
    private static let noName = String(repeating: "a", count: 64) + ".test"

    @Test("a name without an address says so")
    func unresolvable() async throws {
        let home = try Home()
        let run = try await home.hookline("ls", environment: variables("https://" + Self.noName))
        #expect(run.status == 4)
        #expect(run.errors.contains("no connection to \(Self.noName): no address for \(Self.noName)"), "\(run.errors)")
        #expect(run.errors.contains("DNS"))
    }

    @Test(
        "a name server that never answers is waited for no longer than the connect time-out",
        .enabled(if: Mounts.areAllowed, "only root may mount file systems"))
    func slowNames() async throws {
        let home = try Home()
        guard let silent = SilentNameServer() else {
            print("port 53 of \(SilentNameServer.address) is taken: a slow name server is not tried")
            return
        }
        try home.write("nameserver \(SilentNameServer.address)\noptions timeout:30 attempts:3\n", to: "resolv.conf")
        try home.configure(base: "https://slow.example.com", "connect_timeout: 1s")
        let began = ContinuousClock.now
        let run = try await home.shellWithMounts("mount --bind resolv.conf /etc/resolv.conf && exec $HOOKLINE ls")
        #expect(run.status == 4, "\(run.errors)")
        #expect(run.errors.contains("no connection to slow.example.com: no connection in time"), "\(run.errors)")
        // One look-up would take 90 s.
        #expect(ContinuousClock.now - began < .seconds(60))
        withExtendedLifetime(silent) {}
    }

    // MARK: Proxies

    @Test("a proxy of the environment gets a tunnel and never the key; NO_PROXY and HTTP_PROXY leave it out")
    func proxies() async throws {
        let home = try Home()
        let target = try RawServer { $0.answer("[\(Self.document)]") }
        // Speaks for the target itself, once the tunnel is made.
        let proxy = try RawServer { peer in
            peer.send("HTTP/1.1 200 OK\r\n\r\n")
            var buffer = [UInt8](repeating: 0, count: 65536)
            _ = recv(peer.descriptor, &buffer, buffer.count, 0)
            peer.answer("[\(Self.document)]")
        }
        var variables = variables("http://" + Self.noName)
        variables["http_proxy"] = "http://user:pw@127.0.0.1:\(proxy.port)"
        let through = try await home.hookline("--insecure-http", "ls", "--ids", environment: variables)
        #expect(through.output == "wh_abc123def4\n", "\(through.errors)")
        #expect(proxy.heads.first?.hasPrefix("CONNECT \(Self.noName):80 ") == true)
        #expect(!proxy.heads.joined().contains("sk_fault_canary"))

        for change in [
            ["NO_PROXY": ".test"], ["no_proxy": "*"], ["http_proxy": nil, "HTTP_PROXY": variables["http_proxy"]!],
        ] {
            let without = try await home.hookline(
                "--insecure-http", "ls", environment: variables.merging(change) { $1 })
            #expect(without.status == 4)
            #expect(without.errors.contains("no address"), "\(change): \(without.errors)")
        }
        // Loopback is never asked of a proxy.
        variables["MIXPEEK_API_BASE"] = target.base
        variables["http_proxy"] = "http://127.0.0.1:1"
        #expect(try await home.hookline("ls", "--ids", environment: variables).output == "wh_abc123def4\n")
    }

    @Test("a proxy that is not there, refuses, or is none is named, and the environment's variables are")
    func badProxies() async throws {
        let home = try Home()
        var variables = variables("http://" + Self.noName)
        variables["http_proxy"] = "http://127.0.0.1:1"
        let away = try await home.hookline("--insecure-http", "ls", environment: variables)
        #expect(away.status == 4)
        #expect(away.errors.contains("by way of the proxy 127.0.0.1:1"), "\(away.errors)")

        let refusing = try RawServer { $0.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") }
        variables["http_proxy"] = refusing.base
        let refused = try await home.hookline("--insecure-http", "ls", environment: variables)
        #expect(refused.status == 4)
        #expect(refused.errors.contains("the proxy refused"), "\(refused.errors)")

        variables["http_proxy"] = "socks5://127.0.0.1:1080"
        let odd = try await home.hookline("--insecure-http", "ls", environment: variables)
        #expect(odd.status == 2)
        #expect(odd.errors.contains("HTTPS_PROXY") && odd.errors.contains("NO_PROXY"), "\(odd.errors)")
    }
}

extension RawServer.Peer {
    fileprivate func answer(_ body: String) {
        send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
                + "Connection: close\r\n\r\n" + body)
    }
}

/// Takes questions for addresses and answers none.
private final class SilentNameServer: Sendable {
    static let address = "127.0.0.9"
    private let descriptor: Int32

    init?() {
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = inet_addr(Self.address)
        name.sin_port = UInt16(53).bigEndian
        let descriptor = descriptor
        let isBound = withUnsafePointer(to: name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isBound else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }
}
