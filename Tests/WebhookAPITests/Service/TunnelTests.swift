import Testing
import WebhookAPI
import WebhookModel

@Suite("Through a proxy", .timeLimit(.minutes(1)))
struct TunnelTests {
    private func run(
        _ handler: @escaping WireServer.Handler, credentials: String = "",
        _ body: (HTTPWebhookService, WireServer) async throws -> Void
    ) async throws {
        try await WireServer.run(handler) { proxy in
            var configuration = try Client.configuration("http://api.test")
            configuration.allowsInsecure = true
            let settings = try ProxySettings(parsing: "http://\(credentials)127.0.0.1:\(proxy.port)")
            try await Client.run(configuration, transport: TransportConfiguration(proxy: settings)) { client in
                try await body(client, proxy)
            }
        }
    }

    @Test("the connection is a tunnel; the proxy gets its own credentials and never the key")
    func tunnel() async throws {
        let api = APIServer([Client.document()])
        let handler: WireServer.Handler = { request in
            request.method == "CONNECT" ? .raw("HTTP/1.1 200 OK\r\n\r\n") : api.handle(request)
        }
        try await run(handler, credentials: "user:pass@") { client, proxy in
            let webhook = try await client.get(Client.id)
            #expect(webhook.id == Client.id)
            #expect(proxy.requests.map(\.target) == ["api.test:80", "/v1/organizations/webhooks/wh_abc123def4"])
            #expect(proxy.requests[0]["Authorization"].isEmpty)
            #expect(proxy.requests[0]["Proxy-Authorization"] == ["Basic dXNlcjpwYXNz"])
            #expect(proxy.requests[1]["Proxy-Authorization"].isEmpty)
        }
    }

    @Test("a proxy that refuses is unreachable, for writes too: nothing was sent", arguments: [407, 403, 502])
    func refusal(_ status: Int) async throws {
        try await run({ _ in .answer(status, ending: .close) }) { client, proxy in
            let error = await serviceError { try await client.update(Client.id, to: Client.document()) }
            let reason = status == 407 ? "the proxy wants credentials" : "the proxy refused"
            #expect(error?.kind == .unreachable(reason: reason))
            #expect(proxy.requests.allSatisfy { $0.method == "CONNECT" })
        }
    }
}
