import TestSupport
import Testing
import WebhookAPI

@Suite("The port's conformance suite, over the wire", .overBothTransports, .timeLimit(.minutes(1)))
struct ConformanceTests {
    private static let servers: [APIServer.Options] = [
        .init(getsLists: false, pageSize: 2), .init(postsLists: false),
        .init(getsLists: false, pageSize: 3, paging: .offset, createsWithoutSlash: true),
        .init(getsLists: false, pageSize: 1, paging: .number),
    ]

    @Test("holds against every dialect", arguments: WebhookServiceConformance.checks, 0..<4)
    func conforms(_ check: WebhookServiceConformance.Check, _ server: Int) async throws {
        try await WireServer.run(APIServer([], Self.servers[server]).handle) { server in
            try await Client.run(server) { client in try await check.run(client) }
        }
    }
}
