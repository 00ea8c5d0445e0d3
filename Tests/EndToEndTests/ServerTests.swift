import LosslessJSON
import Testing

/// The same program on servers beyond the embedded one.
@Suite("Servers")
struct ServerTests {
    /// The pages' example, with a member no schema knows, numbers beyond any number type, and escaped text.
    private static let odd = #"""
        [{"channels":[{"channel":"slack","configs":{"bot_token":"xoxb-1234567890-abcdef","channel_id":"C0123456789","workspace_id":"T0123456789"}}],"created_at":"2025-01-01T00:00:00Z","description":"caf\u00e9 \/ \"quoted\"","event_types":["object.created","object.updated"],"is_active":true,"updated_at":"2025-01-01T00:00:00Z","webhook_id":"wh_abc123def4","webhook_name":"Engineering Slack Alerts","x_unknown":{"big":9007199254740993,"one":1.0,"exp":1e3,"tiny":-0.0,"list":[1,2.50,null]}}]
        """#

    @Test("list and update keep unknown members, number spelling and escapes through client and server")
    func spelling() async throws {
        let home = try Home()
        try home.write(Self.odd, to: "odd.json")
        let server = try await ServedSandbox(home, ["--seed", home.file("odd.json")])
        let run = try await home.hookline(
            "-c", "use wh_abc123def4; set active false; commit --yes", environment: server.environment)
        #expect(run.status == 0, "\(run.errors)")
        let after = try await home.hookline(
            "ls", "--jsonl", "--show-secrets", environment: server.environment)
        let expected = String(Self.odd.dropFirst().dropLast()).replacing(
            #""is_active":true"#, with: #""is_active":false"#)
        let updated = try #require(try JSON(parsing: after.output)["updated_at"]?.string)
        #expect(
            after.output
                == expected.replacing(#""updated_at":"2025-01-01T00:00:00Z""#, with: "\"updated_at\":\"\(updated)\"")
                + "\n")
    }

    @Test("ls shows all webhooks once each, whichever list the server knows", arguments: ["get-list", "post-list"])
    func dialects(_ dialect: String) async throws {
        let home = try Home()
        let server = try await ServedSandbox(home, ["--seed", "samples:2500", "--dialect", dialect])
        let run = try await home.hookline("ls", "--ids", environment: server.environment)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.lines.count == 2500)
        #expect(Set(run.lines).count == 2500)
    }

    @Test("a key the server does not take exits 3 and names the host; no key is ever printed")
    func wrongKey() async throws {
        let home = try Home()
        let server = try await ServedSandbox(home)
        let run = try await home.hookline(
            "ls", environment: ["MIXPEEK_API_KEY": "sk_wrong_canary", "MIXPEEK_API_BASE": server.base])
        #expect(run.status == 3)
        #expect(run.errors.contains("does not accept the API key"))
        #expect(!run.errors.contains("sk_wrong_canary"))
    }

    @Test("no server exits 4 and says where it looked")
    func noServer() async throws {
        let home = try Home()
        let run = try await home.hookline(
            "ls", environment: ["MIXPEEK_API_KEY": "sk_test", "MIXPEEK_API_BASE": "http://127.0.0.1:1"])
        #expect(run.status == 4)
        #expect(run.errors.contains("no connection to 127.0.0.1:1"))
    }

    @Test("plain http to another machine is refused before anything is sent")
    func plainHTTP() async throws {
        let home = try Home()
        let run = try await home.hookline(
            "ls", environment: ["MIXPEEK_API_KEY": "sk_test", "MIXPEEK_API_BASE": "http://192.0.2.1"])
        #expect(run.status == 4)
        #expect(run.errors.contains("plain http"))
    }

    @Test("a key without any profile works on the API's own host only when it is named")
    func noKey() async throws {
        let home = try Home()
        let run = try await home.hookline("--api-base", "http://127.0.0.1:1", "ls")
        #expect(run.status == 3)
        #expect(run.errors.contains("no API key"))
    }

    @Test("a redirect to another origin is refused and the key stays here")
    func redirect() async throws {
        let home = try Home()
        let other = try CannedServer { _ in CannedServer.answer("200 OK", "[]") }
        let target = other.base
        let server = try CannedServer { _ in
            CannedServer.answer(
                "307 Temporary Redirect", headers: "Location: \(target)/v1/organizations/webhooks/\r\n", "")
        }
        let run = try await home.hookline(
            "ls", environment: ["MIXPEEK_API_KEY": "sk_redirect_canary", "MIXPEEK_API_BASE": server.base])
        #expect(run.status == 4)
        #expect(run.errors.contains("the key was not sent there"))
        #expect(other.requests.isEmpty)
    }

    @Test("a redirect for the trailing slash is followed with method and body")
    func trailingSlash() async throws {
        let home = try Home()
        let server = try CannedServer { request in
            if request.line.hasPrefix("POST /v1/organizations/webhooks/list/ ") {
                return CannedServer.answer(
                    "200 OK", #"{"results": [], "pagination": {"next_cursor": null}, "total": 0}"#)
            }
            return CannedServer.answer(
                "307 Temporary Redirect", headers: "Location: /v1/organizations/webhooks/list/\r\n", "")
        }
        let run = try await home.hookline(
            "count", environment: ["MIXPEEK_API_KEY": "sk_test", "MIXPEEK_API_BASE": server.base])
        #expect(run.output == "0\n", "\(run.errors)")
        #expect(server.requests.last?.body == "{}")
    }
}
