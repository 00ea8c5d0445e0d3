import Testing

@testable import WebhookAPI

@Suite("Endpoint")
struct EndpointTests {
    @Test(
        "reads base addresses",
        arguments: [
            ("https://api.mixpeek.com", "https://api.mixpeek.com", "api.mixpeek.com", ""),
            ("HTTPS://API.Mixpeek.com:443/", "https://api.mixpeek.com", "api.mixpeek.com", ""),
            ("http://localhost:8080//", "http://localhost:8080", "localhost:8080", ""),
            ("http://127.0.0.1:80", "http://127.0.0.1", "127.0.0.1", ""),
            ("http://[::1]:9", "http://[::1]:9", "[::1]:9", ""),
            ("https://gateway.test/mixpeek/v9/", "https://gateway.test", "gateway.test", "/mixpeek/v9"),
            ("http+unix://%2Frun%2Fhook.sock/p", "http+unix://%2Frun%2Fhook.sock", "localhost", "/p"),
        ])
    func reads(_ text: String, _ origin: String, _ authority: String, _ prefix: String) throws {
        let endpoint = try Endpoint(parsing: text)
        #expect(endpoint.origin == origin)
        #expect(endpoint.authority == authority)
        #expect(endpoint.prefix == prefix)
        #expect(endpoint.description == origin + prefix)
    }

    @Test(
        "refuses what is no base address",
        arguments: [
            ("", EndpointError.empty), ("api.mixpeek.com", .noScheme), ("ftp://x", .unsupportedScheme("ftp")),
            ("https://", .noHost), ("https://:80", .noHost), ("https://u:p@host", .userinfo),
            ("https://user@host", .userinfo), ("https://h?x=1", .queryOrFragment), ("https://h/#f", .queryOrFragment),
            ("https://h:0", .invalidPort(":0")), ("https://h:65536", .invalidPort(":65536")),
            ("https://h:+1", .invalidPort(":+1")), ("https://h:", .invalidPort(":")),
            ("https://[::1", .invalidHost("[::1")), ("https://[fe80::1%25eth0]", .invalidHost("[fe80::1%25eth0]")),
            ("https://h st", .invalidCharacter(offset: 9)), ("https://h\n", .invalidCharacter(offset: 9)),
            ("https://hö", .invalidCharacter(offset: 9)), ("https://h%41", .invalidHost("h%41")),
            ("https://h/../x", .invalidPath("/../x")), ("https://h/%zz", .invalidPath("/%zz")),
            ("http+unix://relative", .invalidHost("relative")), ("http+unix://%2Fa%00b", .invalidHost("%2Fa%00b")),
            ("http+unix:///x", .noHost),
        ])
    func refuses(_ text: String, _ error: EndpointError) {
        #expect(throws: error) { try Endpoint(parsing: text) }
    }

    @Test(
        "knows which hosts are this machine",
        arguments: [
            ("localhost", true), ("127.0.0.1", true), ("127.255.0.254", true), ("[::1]", true),
            ("127.0.0.1.evil.test", false), ("localhost.evil.test", false), ("0.0.0.0", false), ("127.1", false),
            ("127.0.0.256", false), ("127.0.0.0x1", false), ("128.0.0.1", false), ("[::ffff:127.0.0.1]", false),
            ("10.0.0.1", false), ("", false), ("127.0.0.", false), ("127.0.0.+1", false),
        ])
    func loopback(_ host: String, _ expected: Bool) {
        #expect(Loopback.contains(host: host) == expected)
    }

    @Test("is confidential over TLS, a socket or loopback only")
    func confidential() throws {
        #expect(try Endpoint(parsing: "https://api.test").isConfidential)
        #expect(try Endpoint(parsing: "http+unix://%2Fs").isConfidential)
        #expect(try Endpoint(parsing: "http://127.0.0.1:1").isConfidential)
        #expect(try !Endpoint(parsing: "http://api.test").isConfidential)
    }

    @Test("a socket's path survives its address", arguments: ["/run/a b.sock", "/tmp/ü%41/x", "/a?b#c"])
    func socketPath(_ path: String) throws {
        let endpoint = Endpoint(socketPath: path)
        #expect(try Endpoint(parsing: endpoint.description) == endpoint)
        #expect(endpoint.displayHost == "unix:" + path)
    }

    @Test("header fields compare names without case and trim values")
    func headers() {
        let fields = HeaderFields([.init("X-A", " 1\t"), .init("x-a", "2"), .init("B", "")])
        #expect(fields["x-A"] == "1")
        #expect(fields["b"] == "")
        #expect(fields["c"] == nil)
    }
}
