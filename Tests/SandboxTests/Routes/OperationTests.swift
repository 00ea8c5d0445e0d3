import LosslessJSON
import Sandbox
import Testing

@Suite("The API's operations")
struct OperationTests {
    @Test("create on the path with a slash answers 201 with the whole document")
    func createWithSlash() async throws {
        try await Harness.run { sandbox in
            let reply = try await sandbox.request("POST", "/", body: sampleDocument("One").text(.compact))
            #expect(reply.status == 201)
            #expect(reply.header("content-type") == "application/json")
            #expect(reply.json?["webhook_name"] == "One")
            #expect(reply.json?["is_active"] == true)
            #expect(reply.json?["created_at"] == "2026-03-01T12:00:00Z")
            #expect(reply.json?["updated_at"] == "2026-03-01T12:00:00Z")
            #expect(reply.json?["webhook_id"]?.string?.hasPrefix("wh_") == true)
        }
    }

    @Test("create on the path without a slash answers 200")
    func createWithoutSlash() async throws {
        try await Harness.run { sandbox in
            let reply = try await sandbox.request("POST", "", body: sampleDocument("One").text(.compact))
            #expect(reply.status == 200)
            #expect(try await sandbox.listAll().count == 1)
        }
    }

    @Test("the bare list and the page hold the same webhooks in the order of creation")
    func bothLists() async throws {
        try await Harness.run { sandbox in
            for name in ["c", "a", "b"] { _ = try await sandbox.create(sampleDocument(name)) }
            let names = try await sandbox.listAll().map { $0["webhook_name"]?.string }
            #expect(names == ["c", "a", "b"])
            let page = try await sandbox.request("POST", "/list")
            #expect(page.status == 200)
            #expect(page.json?["results"]?.array?.map { $0["webhook_name"]?.string } == names)
            #expect(page.json?["total"] == 3)
            #expect(page.json?["pagination"]?["total"] == .null)
            #expect(page.json?["pagination"]?["next_cursor"] == .null)
        }
    }

    @Test("get gives one webhook, and 404 for others, misspelt and hostile identifiers included")
    func get() async throws {
        try await Harness.run { sandbox in
            let id = try await sandbox.create(sampleDocument("One"))
            #expect(try await sandbox.request("GET", "/\(id)").json?["webhook_id"]?.string == id)
            for other in ["wh_nothere000", "\(id)%00", "\(id)%00x", "list", "%2e%2e", "wh_'--", "%ff", "%"] {
                let reply = try await sandbox.request("GET", "/\(other)")
                #expect(reply.status == 404, "\(other)")
                #expect(reply.errorType == "NotFoundError")
            }
        }
    }

    @Test("an identifier may be percent-encoded")
    func encodedIdentifier() async throws {
        try await Harness.run { sandbox in
            let id = try await sandbox.create(sampleDocument("One"))
            let encoded = id.replacing("_", with: "%5F")
            #expect(try await sandbox.request("GET", "/\(encoded)").status == 200)
        }
    }

    @Test("delete answers 204 without a body, as often as it is asked")
    func delete() async throws {
        try await Harness.run { sandbox in
            let id = try await sandbox.create(sampleDocument("One"))
            for _ in 0..<2 {
                let reply = try await sandbox.request("DELETE", "/\(id)")
                #expect(reply.status == 204)
                #expect(reply.body.isEmpty)
            }
            #expect(try await sandbox.request("DELETE", "/no-identifier").status == 204)
            #expect(try await sandbox.request("GET", "/\(id)").status == 404)
            #expect(try await sandbox.listAll().isEmpty)
        }
    }

    @Test("put replaces one webhook, keeps its place, and answers 404 where there is none")
    func update() async throws {
        try await Harness.run { sandbox in
            let first = try await sandbox.create(sampleDocument("first"))
            _ = try await sandbox.create(sampleDocument("second"))
            let reply = try await sandbox.request("PUT", "/\(first)", body: sampleDocument("renamed").text(.compact))
            #expect(reply.status == 200)
            #expect(try await sandbox.listAll().map { $0["webhook_name"]?.string } == ["renamed", "second"])
            let missing = try await sandbox.request(
                "PUT", "/wh_nothere000", body: sampleDocument("x").text(.compact))
            #expect(missing.status == 404)
        }
    }

    @Test("a server of one dialect answers 405 for the other's list and names what it takes")
    func singleDialects() async throws {
        try await Harness.run(seed: .samples, { $0.dialect = .getList }) { sandbox in
            #expect(try await sandbox.request("GET", "/").status == 200)
            let reply = try await sandbox.request("POST", "/list", body: "{}")
            #expect(reply.status == 405)
            #expect(reply.header("allow") == "GET, PUT, DELETE")
            #expect(reply.errorType == "MethodNotAllowedError")
        }
        try await Harness.run(seed: .samples, { $0.dialect = .postList }) { sandbox in
            #expect(try await sandbox.request("POST", "/list", body: "{}").status == 200)
            let reply = try await sandbox.request("GET", "/")
            #expect(reply.status == 405)
            #expect(reply.header("allow") == "POST")
            // Webhooks could be called list; none is.
            #expect(try await sandbox.request("OPTIONS", "/list").header("allow") == "POST")
        }
    }

    @Test("a slash more or less is redirected with 307, the query kept")
    func redirects() async throws {
        try await Harness.run { sandbox in
            let bare = try await sandbox.request("GET", "")
            #expect(bare.status == 307)
            #expect(bare.header("location") == "/v1/organizations/webhooks/")
            let list = try await sandbox.request("POST", "/list/?limit=3", body: "{}")
            #expect(list.status == 307)
            #expect(list.header("location") == "/v1/organizations/webhooks/list?limit=3")
            let one = try await sandbox.request("PUT", "/wh_abc123def4/", body: "{}")
            #expect(one.header("location") == "/v1/organizations/webhooks/wh_abc123def4")
        }
    }

    @Test("filters of the list's body hold singly and together")
    func filters() async throws {
        try await Harness.run { sandbox in
            _ = try await sandbox.create(sampleDocument("a", events: ["x.one", "x.two", "x.one"], active: true))
            _ = try await sandbox.create(sampleDocument("b", events: ["x.two"], active: false))
            _ = try await sandbox.create(sampleDocument("c", events: ["*"], active: false))
            func names(_ body: String) async throws -> [String?] {
                let reply = try await sandbox.request("POST", "/list?include_total=true", body: body)
                let names = reply.json?["results"]?.array?.map { $0["webhook_name"]?.string } ?? []
                #expect(reply.json?["total"]?.number?.int == names.count)
                #expect(reply.json?["pagination"]?["total"]?.number?.int == names.count)
                return names
            }
            #expect(try await names(#"{"event_type":"x.one"}"#) == ["a"])
            #expect(try await names(#"{"event_type":"x.two"}"#) == ["a", "b"])
            #expect(try await names(#"{"is_active":false}"#) == ["b", "c"])
            #expect(try await names(#"{"event_type":"x.two","is_active":false}"#) == ["b"])
            #expect(try await names(#"{"event_type":null,"is_active":null}"#) == ["a", "b", "c"])
            #expect(try await names(#"{"event_type":"x"}"#) == [])
            #expect(try await names(#"{"event_type":"x.one\u0000"}"#) == [])
            #expect(try await names("") == ["a", "b", "c"])
        }
    }

    @Test("a filter follows an update")
    func filterAfterUpdate() async throws {
        try await Harness.run { sandbox in
            let id = try await sandbox.create(sampleDocument("a", events: ["x.one"]))
            let update = sampleDocument("a", events: ["x.two"], active: false).text(.compact)
            _ = try await sandbox.request("PUT", "/\(id)", body: update)
            let old = try await sandbox.request("POST", "/list", body: #"{"event_type":"x.one"}"#)
            #expect(old.json?["total"] == 0)
            let new = try await sandbox.request("POST", "/list", body: #"{"event_type":"x.two","is_active":false}"#)
            #expect(new.json?["total"] == 1)
        }
    }
}
