import LosslessJSON
import Sandbox
import Testing

@Suite("Keys and organizations")
struct TenantTests {
    private func withTwo(_ body: (Harness) async throws -> Void) async throws {
        try await Harness.run(seed: .samples, { $0.keys = [SandboxKey("sk_a")!, SandboxKey("sk_b")!] }, body)
    }

    @Test("without configured keys the standard one opens the server, and no other does")
    func standardKey() async throws {
        try await Harness.run { sandbox async throws in
            #expect(try await sandbox.request("GET", "/").status == 200)
            #expect(try await sandbox.request("GET", "/", key: "sk_other").status == 401)
        }
    }

    @Test("with configured keys the standard one opens nothing")
    func configuredKeys() async throws {
        try await withTwo { sandbox async throws in
            #expect(try await sandbox.request("GET", "/").status == 401)
            #expect(try await sandbox.request("GET", "/", key: "sk_a").status == 200)
        }
    }

    @Test(
        "a missing or malformed Authorization is answered 401 with the envelope, whatever is asked",
        arguments: [
            nil, "sk_a", "Bearer", "Bearer ", "Basic sk_a", "Bearer sk_a b", "Bearersk_a", "Bearer sk_A",
            "Bearer sk_ab",
        ])
    func malformed(header: String?) async throws {
        try await withTwo { sandbox in
            let headers = header.map { [("Authorization", $0)] } ?? []
            let requests = [
                ("GET", "/"), ("POST", "/list"), ("POST", "/"), ("PUT", "/wh_abc123def4"), ("DELETE", "/wh_1"),
            ]
            for (method, path) in requests {
                let reply = try await sandbox.request(method, path, body: "{", key: nil, headers: headers)
                #expect(reply.status == 401)
                #expect(reply.errorType == "UnauthorizedError")
                #expect(reply.json?["success"] == false)
                #expect(reply.header("www-authenticate") == "Bearer")
            }
        }
    }

    @Test("the scheme is taken in any case, with any number of blanks")
    func scheme() async throws {
        try await withTwo { sandbox in
            for header in ["bearer sk_a", "BEARER   sk_a"] {
                let reply = try await sandbox.request("GET", "/", key: nil, headers: [("authorization", header)])
                #expect(reply.status == 200)
            }
        }
    }

    @Test("no operation reaches another organization's webhooks")
    func isolation() async throws {
        try await withTwo { sandbox in
            let mine = try await sandbox.create(sampleDocument("mine", events: ["only.mine"]), key: "sk_a")
            let before = try await sandbox.request("GET", "/", key: "sk_a").body

            #expect(try await sandbox.listAll(key: "sk_b").allSatisfy { $0["webhook_id"]?.string != mine })
            let page = try await sandbox.request("POST", "/list", body: #"{"event_type":"only.mine"}"#, key: "sk_b")
            #expect(page.json?["total"] == 0)
            #expect(try await sandbox.request("GET", "/\(mine)", key: "sk_b").status == 404)
            let put = try await sandbox.request(
                "PUT", "/\(mine)", body: sampleDocument("taken").text(.compact), key: "sk_b")
            #expect(put.status == 404)
            #expect(try await sandbox.request("DELETE", "/\(mine)", key: "sk_b").status == 204)
            // Both hold the pages' example: what one does to it leaves the other's.
            #expect(try await sandbox.request("DELETE", "/wh_abc123def4", key: "sk_b").status == 204)
            for webhook in try await sandbox.listAll(key: "sk_b") {
                _ = try await sandbox.request("DELETE", "/\(webhook["webhook_id"]?.string ?? "")", key: "sk_b")
            }
            #expect(try await sandbox.listAll(key: "sk_b").isEmpty)
            #expect(try await sandbox.request("GET", "/", key: "sk_a").body == before)
        }
    }

    @Test("another organization's cursor gives nothing of it")
    func foreignCursor() async throws {
        try await withTwo { sandbox in
            let page = try await sandbox.request("POST", "/list?limit=2", body: "{}", key: "sk_a")
            let cursor = try #require(page.json?["pagination"]?["next_cursor"]?.string)
            _ = try await sandbox.create(sampleDocument("mine"), key: "sk_a")
            let foreign = try await sandbox.request("POST", "/list?limit=1000&cursor=\(cursor)", key: "sk_b")
            let names = foreign.json?["results"]?.array?.compactMap { $0["webhook_name"]?.string } ?? []
            #expect(!names.isEmpty && !names.contains("mine"))
        }
    }

    @Test("a key never shows in print")
    func unprintable() {
        let key = SandboxKey("sk_very_secret")!
        #expect(
            !"\(key) \(String(reflecting: key)) \([key]) \(Mirror(reflecting: key).children.map(\.value))".contains(
                "very"))
        #expect(SandboxKey("") == nil)
        #expect(SandboxKey("a b") == nil)
        #expect(SandboxKey("a\r\nX: y") == nil)
        #expect(SandboxKey(String(repeating: "k", count: 513)) == nil)
    }
}
