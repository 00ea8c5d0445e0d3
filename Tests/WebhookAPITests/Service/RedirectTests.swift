import LosslessJSON
import Testing
import WebhookAPI
import WebhookModel

@Suite("Redirects over the wire", .overBothTransports, .timeLimit(.minutes(1)))
struct RedirectTests {
    @Test("a slash at the end may be redirected: method, body and key go along", arguments: [307, 308])
    func trailingSlash(_ status: Int) async throws {
        let api = APIServer([Client.document()], .init(createsWithoutSlash: true))
        let handler: WireServer.Handler = { request in
            request.path.hasSuffix("/")
                ? .redirect(status, to: String(request.path.dropLast())) : api.handle(request)
        }
        try await WireServer.run(handler) { server in
            try await Client.run(server) { client in
                let document = Client.document(name: "new")
                let created = try await client.create(document)
                #expect(created.id?.rawValue == "wh_new1")
            }
            let posts = server.requests
            #expect(posts.map(\.target) == ["/v1/organizations/webhooks/", "/v1/organizations/webhooks"])
            #expect(posts.map(\.method) == ["POST", "POST"])
            #expect(posts[0].body == posts[1].body && !posts[1].body.isEmpty)
            #expect(posts[1]["Authorization"] == ["Bearer sk_test_0123456789abcdef"])
        }
    }

    @Test("PUT, DELETE and GET follow too, to an absolute address of the same origin")
    func absolute() async throws {
        let api = APIServer([Client.document()])
        let handler: WireServer.Handler = { request in
            request.query["again"] == nil
                ? .redirect(
                    307, to: "http://127.0.0.1:\(request["Host"][0].split(separator: ":")[1])\(request.path)?again=1")
                : api.handle(request)
        }
        try await WireServer.run(handler) { server in
            try await Client.run(server) { client in
                let document = Client.document(name: "renamed")
                #expect(try await client.update(Client.id, to: document).name == "renamed")
                #expect(try await client.get(Client.id).name == "renamed")
                try await client.delete(Client.id)
            }
            #expect(server.requests.map(\.method) == ["PUT", "PUT", "GET", "GET", "DELETE", "DELETE"])
        }
        #expect(api.documents.isEmpty)
    }

    @Test("another origin is refused and hears nothing, the key least of all", arguments: [301, 302, 303, 307, 308])
    func otherOrigin(_ status: Int) async throws {
        try await WireServer.run({ _ in .answer(200, "[]") }) { other in
            let target = "http://127.0.0.1:\(other.port)/v1/organizations/webhooks/list?token=x"
            try await WireServer.run({ _ in .redirect(status, to: target) }) { server in
                try await Client.run(server) { client in
                    let errors = [
                        await serviceError { try await client.list() },
                        await serviceError { try await client.get(Client.id) },
                        await serviceError {
                            try await client.update(Client.id, to: Client.document())
                        },
                        await serviceError { try await client.create(Client.document()) },
                        await serviceError { try await client.delete(Client.id) },
                    ]
                    let place = "http://127.0.0.1:\(other.port)"
                    for (number, error) in errors.enumerated() {
                        let isDoneElsewhere = status == 303 && number > 1
                        #expect(
                            error?.kind
                                == (isDoneElsewhere
                                    ? .ambiguous(reason: "the answer is at \(place)") : .redirectRefused(to: place)))
                        #expect(error?.status == status)
                    }
                }
                #expect(server.requests.count == 5)
            }
            #expect(other.requests.isEmpty)
            #expect(other.connections == 0)
        }
    }

    @Test("See Other after a write leaves open whether it was done: the answer would be elsewhere")
    func seeOther() async throws {
        try await WireServer.run({ _ in .redirect(303, to: "/v1/done?token=x") }) { server in
            try await Client.run(server) { client in
                let writes = [
                    await serviceError { try await client.update(Client.id, to: Client.document()) },
                    await serviceError { try await client.create(Client.document()) },
                    await serviceError { try await client.delete(Client.id) },
                ]
                let reason = "the answer is at http://127.0.0.1:\(server.port)/v1/done"
                for error in writes { #expect(error?.kind == .ambiguous(reason: reason)) }
            }
            #expect(server.requests.count == 3)
        }
    }

    @Test("localhost and 127.0.0.1 are two origins")
    func names() async throws {
        try await WireServer.run({ .redirect(307, to: "http://localhost:\($0["Host"][0].split(separator: ":")[1])/x") })
        { server in
            try await Client.run(server) { client in
                let error = await serviceError { try await client.get(Client.id) }
                #expect(error?.kind == .redirectRefused(to: "http://localhost:\(server.port)"))
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("redirects without end are ended after five")
    func endless() async throws {
        try await WireServer.run({ .redirect(308, to: $0.target + "x") }) { server in
            try await Client.run(server) { client in
                let error = await serviceError {
                    try await client.update(Client.id, to: Client.document())
                }
                #expect(error?.kind == .tooManyRedirects)
            }
            #expect(server.requests.count == 6)
        }
    }

    @Test("a redirect that names no place is an unexpected answer")
    func nowhere() async throws {
        for reply in [WireReply.answer(307), .redirect(307, to: "/a b"), .answer(304)] {
            try await WireServer.run({ _ in reply }) { server in
                try await Client.run(server) { client in
                    let error = await serviceError { try await client.get(Client.id) }
                    #expect(error?.kind == .unexpectedAnswer(contentType: nil, snippet: ""))
                }
            }
        }
    }

    @Test("plain HTTP to another machine is refused before anything is sent, unless allowed")
    func insecure() async throws {
        let transport = ScriptedTransport([.answer(200, "[]")])
        let client = try Client.scripted(transport, base: "http://api.test")
        let error = await serviceError { try await client.list() }
        #expect(error?.kind == .insecureTransport)
        #expect(transport.requests.isEmpty)

        var configuration = try Client.configuration("http://api.test")
        configuration.allowsInsecure = true
        let allowed = HTTPWebhookService(
            configuration,
            environment: ServiceEnvironment(
                transport: transport, time: VirtualTime(), draw: { 0 }, logger: Client.silent))
        #expect(try await allowed.list().isEmpty)
    }
}
