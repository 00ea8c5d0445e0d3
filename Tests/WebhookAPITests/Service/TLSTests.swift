import Glibc
import NIOSSL
import Testing
import WebhookAPI
import WebhookModel

@Suite("Over TLS", .timeLimit(.minutes(1)))
struct TLSTests {
    /// Runs `body` against a TLS server that only a client with its certificate trusts.
    private func run(
        host: String = "localhost", caFile: String? = nil, _ body: (HTTPWebhookService, WireServer) async throws -> Void
    ) async throws {
        let api = APIServer([Client.document()])
        try await WireServer.run(tls: TLSFixture.serverContext(), api.handle) { server in
            let configuration = try Client.configuration("https://\(host):\(server.port)")
            try await Client.run(configuration, transport: TransportConfiguration(caFile: caFile)) { client in
                try await body(client, server)
            }
        }
    }

    private func withCAFile(_ text: String, _ body: (String) async throws -> Void) async throws {
        let path = "/tmp/hookline-api-\(UInt64.random(in: 0...UInt64.max)).pem"
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
        defer { unlink(path) }
        try await body(path)
    }

    @Test("a certificate from the CA file is trusted, and read and write go through")
    func trusted() async throws {
        try await withCAFile(TLSFixture.certificate) { path in
            try await run(caFile: path) { client, server in
                let listed = try await client.list()
                let updated = try await client.update(Client.id, to: listed[0].document)
                #expect(updated.id == Client.id)
                #expect(server.requests.last?["Authorization"] == ["Bearer sk_test_0123456789abcdef"])
            }
        }
    }

    @Test("a certificate that nobody vouches for is refused before anything is sent, the key least of all")
    func untrusted() async throws {
        try await run { client, server in
            for error in [
                await serviceError { try await client.list() },
                await serviceError { try await client.create(Client.document()) },
            ] {
                guard case .certificate(let reason) = error?.kind else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(reason.contains("CERTIFICATE_VERIFY_FAILED"))
            }
            #expect(server.requests.isEmpty)
        }
    }

    @Test("a trusted certificate of another name is refused")
    func otherName() async throws {
        try await withCAFile(TLSFixture.certificate) { path in
            try await run(host: "127.0.0.1", caFile: path) { client, server in
                let error = await serviceError { try await client.list() }
                guard case .certificate("it is for another host") = error?.kind else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test("a CA file that is missing or no certificate is named as such")
    func brokenFile() async throws {
        try await withCAFile("no certificate\n") { path in
            for file in [path, "/no/such/file.pem"] {
                try await run(caFile: file) { client, server in
                    let error = await serviceError { try await client.list() }
                    #expect(error?.kind == .certificate(reason: "the CA file can't be read"))
                    #expect(server.requests.isEmpty)
                }
            }
        }
    }

    @Test("a server that speaks no TLS is unreachable")
    func plain() async throws {
        try await WireServer.run({ _ in .answer(200, "[]") }) { server in
            let configuration = try Client.configuration("https://localhost:\(server.port)")
            try await Client.run(configuration, transport: TransportConfiguration(connectTimeout: .seconds(2))) {
                client in
                let error = await serviceError { try await client.create(Client.document()) }
                guard case .unreachable = error?.kind else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
        }
    }
}
