import LosslessJSON
import Sandbox
import Testing

@Suite("Errors")
struct ErrorTests {
    @Test("every error carries the envelope with its own status, as JSON")
    func envelope() async throws {
        try await Harness.run { sandbox in
            let replies = [
                try await sandbox.request("GET", "/wh_missing"), try await sandbox.request("PATCH", "/wh_missing"),
                try await sandbox.request("POST", "/", body: "{}"),
                try await sandbox.request("POST", "/", body: "\u{FF}"),
                try await sandbox.request("GET", "/", key: "no"), try await sandbox.request("GET", "//nowhere"),
                try await sandbox.request("POST", "/list?cursor=!"),
            ]
            #expect(replies.map(\.status) == [404, 405, 422, 422, 401, 404, 400])
            for reply in replies {
                #expect(reply.header("content-type") == "application/json")
                #expect(reply.json?["success"] == false)
                #expect(reply.json?["status"]?.number?.int == reply.status)
                #expect(reply.errorType?.hasSuffix("Error") == true)
                #expect(reply.json?["error"]?["message"]?.string?.isEmpty == false)
            }
        }
    }

    @Test(
        "what a body lacks is answered 422, each with its place and kind",
        arguments: [
            ("{}", ["webhook_name missing", "event_types missing", "channels missing"]),
            ("[]", [" model_attributes_type"]), ("null", [" model_attributes_type"]), ("1", [" model_attributes_type"]),
            (
                #"{"webhook_name":"","event_types":[],"channels":[]}"#,
                ["webhook_name string_too_short", "event_types too_short", "channels too_short"]
            ),
            (
                #"{"webhook_name":1,"event_types":"*","channels":{},"is_active":null}"#,
                ["webhook_name string_type", "event_types list_type", "channels list_type", "is_active bool_type"]
            ),
            (
                #"{"webhook_name":"a","event_types":["x",null],"channels":[1,{},{"channel":2,"configs":[]}]}"#,
                [
                    "event_types.1 string_type", "channels.0 model_attributes_type", "channels.1.channel missing",
                    "channels.1.configs missing", "channels.2.channel string_type",
                    "channels.2.configs model_attributes_type",
                ]
            ),
        ])
    func validation(body: String, problems: [String]) async throws {
        try await Harness.run { sandbox in
            let id = try await sandbox.create(sampleDocument())
            for (method, path) in [("POST", "/"), ("PUT", "/\(id)")] {
                let reply = try await sandbox.request(method, path, body: body)
                #expect(reply.status == 422)
                #expect(reply.errorType == "ValidationError")
                #expect(described(reply) == problems)
            }
            #expect(try await sandbox.listAll().count == 1)
        }
    }

    private func described(_ reply: Reply) -> [String] {
        (reply.json?["error"]?["details"]?["validation_errors"]?.array ?? []).map { problem in
            let steps = (problem["location"]?.array ?? []).map { $0.string ?? $0.number?.spelling ?? "?" }
            #expect(steps.first == "body")
            return steps.dropFirst().joined(separator: ".") + " " + (problem["type"]?.string ?? "?")
        }
    }

    @Test("a name of 200 code points passes, of 201 it does not")
    func nameLength() async throws {
        try await Harness.run { sandbox in
            for (count, status) in [(1, 201), (200, 201), (201, 422)] {
                let name = String(repeating: "é", count: count)
                let reply = try await sandbox.request("POST", "/", body: sampleDocument(name).text(.compact))
                #expect(reply.status == status)
            }
        }
    }

    @Test("text that is no JSON is answered 422 with the byte at which it goes wrong")
    func syntax() async throws {
        try await Harness.run { sandbox in
            for (body, offset) in [("{\"a\":}", 5), ("{\"a\":1,\"a\":2}", 7), ("{} x", 3), ("{'a':1}", 1), ("[", 1)] {
                let reply = try await sandbox.request("POST", "/", body: body)
                #expect(reply.status == 422)
                let problem = reply.json?["error"]?["details"]?["validation_errors"]?[0]
                #expect(problem?["type"] == "json_invalid", "\(body)")
                #expect(problem?["location"] == ["body", JSON(offset)], "\(body): \(reply.text)")
            }
            for body in ["", "  "] {
                let reply = try await sandbox.request("POST", "/", body: body)
                #expect(reply.status == 422)
                #expect(described(reply) == [" missing"])
            }
        }
    }

    @Test("a list's filter of another kind is answered 422")
    func filter() async throws {
        try await Harness.run { sandbox async throws in
            for body in ["[]", #"{"event_type":1}"#, #"{"is_active":"true"}"#, "{"] {
                #expect(try await sandbox.request("POST", "/list", body: body).status == 422, "\(body)")
            }
        }
    }

    @Test("a request's own name is given back, another is made up where it has none that is fit")
    func requestIDs() async throws {
        try await Harness.run { sandbox in
            let named = try await sandbox.request("GET", "/", headers: [("X-Request-ID", "abc-1.2_3")])
            #expect(named.header("x-request-id") == "abc-1.2_3")
            for unfit in ["a b", String(repeating: "x", count: 129), "<script>"] {
                let reply = try await sandbox.request("GET", "/wh_x", headers: [("X-Request-ID", unfit)])
                let id = try #require(reply.header("x-request-id"))
                #expect(id.hasPrefix("req_") && id.count == 20)
            }
        }
    }

    @Test("HEAD and other methods are answered 405, HEAD without a body")
    func methods() async throws {
        try await Harness.run { sandbox async throws in
            #expect(try await sandbox.request("HEAD", "/").status == 405)
            #expect(try await sandbox.request("OPTIONS", "/").status == 405)
            #expect(try await sandbox.request("DELETE", "/").header("allow") == "GET, POST")
            #expect(try await sandbox.request("POST", "/wh_abc123def4", body: "{}").status == 405)
        }
    }

    @Test(
        "other paths are not found",
        arguments: [
            "/", "/v1", "/v1/organizations/webhook", "/v1/organizations/webhooksx", "/v1/organizations/webhooks/a/b",
            "/v1/organizations/webhooks//", "/v1/organizations/webhooks/a/b/",
            "/v1/organizations/webhooks/../webhooks/",
        ])
    func unknownPaths(path: String) async throws {
        try await Harness.run { sandbox async throws in
            let request = "GET \(path) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer sk_sandbox\r\n\r\n"
            #expect(try await sandbox.client.exchange([Array(request.utf8)]).status == 404)
        }
    }
}
