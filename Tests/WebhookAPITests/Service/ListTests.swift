import LosslessJSON
import Synchronization
import Testing
import WebhookAPI
import WebhookModel

@Suite("List over the wire", .overBothTransports, .timeLimit(.minutes(1)))
struct ListTests {
    private func documents(_ count: Int) -> [JSON] {
        (0..<count).map { Client.document("wh_\($0)") }
    }

    private func ids(_ webhooks: [Webhook]) -> [String] { webhooks.compactMap { $0.id?.rawValue } }

    @Test("a server that knows GET only is found by asking, and asked directly from then on")
    func getOnly() async throws {
        let api = APIServer(documents(3), .init(postsLists: false))
        try await WireServer.run(api.handle) { server in
            let told = Mutex<[ListDialect]>([])
            try await Client.run(
                Client.configuration(server.base), onDialect: { dialect in told.withLock { $0.append(dialect) } }
            ) { client in
                let first = try await client.list()
                let second = try await client.list()
                #expect(ids(first) == ["wh_0", "wh_1", "wh_2"])
                #expect(second == first)
                #expect(client.dialect == .array)
            }
            #expect(
                server.requests.map { "\($0.method) \($0.target)" } == [
                    "POST /v1/organizations/webhooks/list?limit=1000&include_total=true",
                    "GET /v1/organizations/webhooks/",
                    "GET /v1/organizations/webhooks/",
                ])
            #expect(told.withLock { $0 } == [.array])
        }
    }

    @Test("a server that knows POST only gives three pages by cursor, each webhook once")
    func postOnly() async throws {
        let api = APIServer(documents(7), .init(getsLists: false, pageSize: 3))
        try await WireServer.run(api.handle) { server in
            try await Client.run(server) { client in
                let listed = try await client.list()
                #expect(ids(listed) == (0..<7).map { "wh_\($0)" })
                #expect(client.dialect == .paged)
            }
            #expect(
                server.requests.map(\.target) == [
                    "/v1/organizations/webhooks/list?limit=1000&include_total=true",
                    "/v1/organizations/webhooks/list?limit=1000&cursor=after-3",
                    "/v1/organizations/webhooks/list?limit=1000&cursor=after-6",
                ])
            for request in server.requests {
                #expect(request.text == "{}")
                #expect(request["Content-Type"] == ["application/json"])
            }
            #expect(server.connections == 1)
        }
    }

    @Test("pages by offset and by number are walked too", arguments: [APIServer.Paging.offset, .number])
    func otherPaging(_ paging: APIServer.Paging) async throws {
        let api = APIServer(documents(7), .init(pageSize: 3, paging: paging))
        try await WireServer.run(api.handle) { server in
            try await Client.run(server) { client in
                let listed = try await client.list()
                #expect(ids(listed) == (0..<7).map { "wh_\($0)" })
            }
        }
    }

    @Test("an empty organization is an empty list in either dialect", arguments: ListDialect.allCases)
    func empty(_ dialect: ListDialect) async throws {
        try await WireServer.run(APIServer().handle) { server in
            var configuration = try Client.configuration(server.base)
            configuration.dialect = .fixed(dialect)
            try await Client.run(configuration) { client in
                let listed = try await client.list()
                #expect(listed.isEmpty)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("a remembered dialect costs no question; one that is wrong is put right and reported")
    func remembered() async throws {
        try await WireServer.run(APIServer([], .init(postsLists: false)).handle) { server in
            for (remembered, expected) in [(ListDialect.array, [ListDialect]()), (.paged, [.array])] {
                let told = Mutex<[ListDialect]>([])
                var configuration = try Client.configuration(server.base)
                configuration.dialect = .automatic(remembered: remembered)
                try await Client.run(
                    configuration, onDialect: { dialect in told.withLock { $0.append(dialect) } }
                ) { client in
                    _ = try await client.list()
                }
                #expect(told.withLock { $0 } == expected)
            }
            #expect(server.requests.map(\.method) == ["GET", "POST", "GET"])
        }
    }

    @Test("a fixed dialect is kept to, and its refusal is the answer")
    func fixed() async throws {
        try await WireServer.run(APIServer([], .init(postsLists: false)).handle) { server in
            var configuration = try Client.configuration(server.base)
            configuration.dialect = .fixed(.paged)
            try await Client.run(configuration) { client in
                let error = await serviceError { try await client.list() }
                #expect(error?.kind == .notAllowed)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("other errors than 404 and 405 end the search")
    func noSearch() async throws {
        try await WireServer.run({ _ in .failure(403, "ForbiddenError", "no") }) { server in
            try await Client.run(server) { client in
                let error = await serviceError { try await client.list() }
                #expect(error?.kind == .forbidden)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("a 404 on a later page is an error, not another dialect")
    func laterPage() async throws {
        let handler: WireServer.Handler = { request in
            request.query["cursor"] == nil
                ? .json(["results": [], "pagination": ["next_cursor": "x"], "total": 0])
                : .failure(404, "NotFoundError", "gone")
        }
        try await WireServer.run(handler) { server in
            try await Client.run(server) { client in
                let error = await serviceError { try await client.list() }
                #expect(error?.kind == .notFound)
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test("a cursor that repeats is refused")
    func loop() async throws {
        let reply = WireReply.json(["results": [], "pagination": ["next_cursor": "same"], "total": 0])
        try await WireServer.run({ _ in reply }) { server in
            try await Client.run(server) { client in
                let error = await serviceError { try await client.list() }
                #expect(error?.kind == .malformedBody(reason: "the list's cursor repeats", offset: nil))
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test("a prefix of the base address stands in front of every path")
    func prefix() async throws {
        try await WireServer.run({ _ in .answer(200, "[]") }) { server in
            try await Client.run(Client.configuration(server.base + "/gate/way/")) { client in
                _ = try await client.list()
            }
            #expect(server.requests.map(\.path) == ["/gate/way/v1/organizations/webhooks/list"])
        }
    }
}
