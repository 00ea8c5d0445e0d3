import LosslessJSON
import Testing
import WebhookAPI
import WebhookModel

@Suite("What goes over the wire", .overBothTransports, .timeLimit(.minutes(1)))
struct WireFormatTests {
    /// The pages' example, a member that no schema knows, and spellings that a careless reader loses.
    private static let document = #"""
        {"channels":[{"channel":"slack","configs":{"bot_token":"xoxb-...","channel_id":"C0123456789","workspace_id":"T0123456789"}}],"created_at":"2025-01-01T00:00:00Z","description":"Slack notifications for object lifecycle","event_types":["object.created","object.updated","object.deleted"],"is_active":true,"updated_at":"2025-01-01T00:00:00Z","webhook_id":"wh_abc123def4","webhook_name":"Engineering Slack Alerts","x_unknown":{"big":9007199254740993,"huge":123456789012345678901234567890,"one":1.0,"thousand":1e3,"E":-0.10E+07,"escaped":"\u0041\/\u00e9\t\ud83d\ude00é","empty":{},"list":[]}}
        """#

    @Test("list → update keeps every byte: unknown members, integers over 2^53, 1.0, 1e3, escapes, order")
    func roundTrip() async throws {
        let handler: WireServer.Handler = { request in
            request.method == "GET" ? .answer(200, "[ " + Self.document + " ]\n") : .answer(200, request.text)
        }
        try await WireServer.run(handler) { server in
            var configuration = try Client.configuration(server.base)
            configuration.dialect = .fixed(.array)
            try await Client.run(configuration) { client in
                let listed = try await client.list()[0]
                let updated = try await client.update(Client.id, to: listed.document)
                #expect(updated.document.isSpelledLike(listed.document))
            }
            let put = try #require(server.requests.last)
            #expect(put.method == "PUT")
            #expect(put.target == "/v1/organizations/webhooks/wh_abc123def4")
            #expect(put.text == Self.document)
            #expect(put["Content-Length"] == ["\(Self.document.utf8.count)"])
        }
    }

    @Test("is_active goes out as the caller gave it: true, false, or not at all", arguments: [true, false, nil])
    func isActive(_ value: Bool?) async throws {
        var object = try #require(Client.document().object)
        object["is_active"] = value.map { JSON($0) }
        let document = JSON(object)
        try await WireServer.run({ .answer(200, $0.text) }) { server in
            try await Client.run(server) { client in
                _ = try await client.update(Client.id, to: document)
            }
            let sent = try JSON(parsing: try #require(server.requests.first).body)
            #expect(sent["is_active"]?.boolean == value)
            #expect(sent == document)
        }
    }

    @Test("each request carries the key once, and says what it takes and sends")
    func headers() async throws {
        try await WireServer.run(APIServer([Client.document()]).handle) { server in
            try await Client.run(server) { client in
                _ = try await client.list()
                _ = try await client.get(Client.id)
                _ = try await client.update(Client.id, to: Client.document())
                _ = try await client.create(Client.document())
                try await client.delete(Client.id)
            }
            #expect(server.requests.map(\.method) == ["POST", "GET", "PUT", "POST", "DELETE"])
            for request in server.requests {
                #expect(request["Authorization"] == ["Bearer sk_test_0123456789abcdef"])
                #expect(request["Accept"] == ["application/json"])
                #expect(request["Host"] == ["127.0.0.1:\(server.port)"])
                #expect(request["User-Agent"] == ["hookline"])
                #expect(request["Content-Type"] == (request.body.isEmpty ? [] : ["application/json"]))
            }
        }
    }

    @Test("a request's head and body come in one piece, on a new connection and on one that is kept")
    func onePiece() async throws {
        try await WireServer.run(APIServer([Client.document()]).handle) { server in
            try await Client.run(server) { client in
                for _ in 0..<20 { _ = try await client.update(Client.id, to: Client.document()) }
            }
            #expect(server.requests.count == 20)
            #expect(server.connections == 1)
            #expect(server.pieces == 20)
        }
    }

    @Test("create takes 201 at the path with a slash, and 200 at the one without")
    func create() async throws {
        for withoutSlash in [false, true] {
            let api = APIServer([], .init(createsWithoutSlash: withoutSlash))
            try await WireServer.run(api.handle) { server in
                try await Client.run(server) { client in
                    let first = try await client.create(Client.document())
                    let second = try await client.create(Client.document())
                    #expect([first.id?.rawValue, second.id?.rawValue] == ["wh_new1", "wh_new2"])
                }
                let root = "/v1/organizations/webhooks"
                #expect(
                    server.requests.map(\.target)
                        == (withoutSlash ? [root + "/", root, root] : [root + "/", root + "/"]))
            }
            #expect(api.documents.count == 2)
        }
    }

    @Test("delete succeeds with 204, 200, and when the API says that the webhook is gone")
    func delete() async throws {
        for reply in [
            WireReply.answer(204), .answer(200, "{}"), .failure(404, "NotFoundError", "gone"), .answer(410),
        ] {
            try await WireServer.run({ _ in reply }) { server in
                try await Client.run(server) { client in try await client.delete(Client.id) }
                #expect(server.requests.map(\.text) == [""])
            }
        }
    }

    @Test("a router or a proxy that knows no such path does not say that the webhook is gone")
    func elsewhere() async throws {
        for reply in [
            WireReply.answer(404, #"{"detail": "Not Found"}"#), .answer(404, "<html>", type: "text/html"), .answer(404),
        ] {
            try await WireServer.run({ _ in reply }) { server in
                try await Client.run(server) { client in
                    let errors = [
                        await serviceError { try await client.get(Client.id) },
                        await serviceError { try await client.update(Client.id, to: Client.document()) },
                        await serviceError { try await client.delete(Client.id) },
                    ]
                    for error in errors {
                        #expect(error?.status == 404)
                        guard case .unexpectedAnswer = error?.kind else {
                            Issue.record("\(String(describing: error))")
                            continue
                        }
                    }
                }
            }
        }
    }

    @Test("HTTP/1.0 answers, chunked ones and ones without a length are read alike")
    func framings() async throws {
        let body = Client.document().text()
        let half = body.index(body.startIndex, offsetBy: 50)
        let replies: [WireReply] = [
            .raw("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body, .close),
            .raw("HTTP/1.0 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body, .close),
            .raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body, .close),
            .raw(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n32\r\n\(body[..<half])\r\n"
                    + "\(String(body[half...].utf8.count, radix: 16));x=1\r\n\(body[half...])\r\n0\r\nTrailer: 1\r\n\r\n"
            ),
            .raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body),
        ]
        for reply in replies {
            try await WireServer.run({ _ in reply }) { server in
                try await Client.run(server) { client in
                    for _ in 0..<2 {
                        let webhook = try await client.get(Client.id)
                        #expect(webhook.document == Client.document())
                    }
                }
            }
        }
    }

    @Test("a server on a Unix socket is spoken to, and its redirects to itself are followed")
    func unixSocket() async throws {
        let path = "/tmp/hookline-api-\(UInt64.random(in: 0...UInt64.max)).sock"
        let api = APIServer([Client.document()])
        let handler: WireServer.Handler = { request in
            request.path.hasSuffix("/wh_abc123def4") && request.query["r"] == nil
                ? .redirect(307, to: "http://localhost\(request.path)?r=1") : api.handle(request)
        }
        try await WireServer.run(socketPath: path, handler) { server in
            let endpoint = Endpoint(socketPath: path)
            try await Client.run(Client.configuration(endpoint.description)) { client in
                let listed = try await client.list()
                let webhook = try await client.get(Client.id)
                #expect(listed == [webhook])
            }
            #expect(server.requests.allSatisfy { $0["Host"] == ["localhost"] })
        }
    }

    @Test("a hundred requests at once all come back")
    func concurrent() async throws {
        let documents = (0..<100).map { Client.document("wh_\($0)", name: "n\($0)") }
        try await WireServer.run(APIServer(documents).handle) { server in
            try await Client.run(server) { client in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for (number, document) in documents.enumerated() {
                        let id = try #require(WebhookID(rawValue: "wh_\(number)"))
                        group.addTask { try await client.update(id, to: document).document == document }
                    }
                    for try await isSame in group { #expect(isSame) }
                }
            }
            #expect(server.requests.count == 100)
            #expect(server.connections <= 32)
        }
    }
}
