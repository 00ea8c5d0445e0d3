import LosslessJSON
import Sandbox
import Testing

@Suite("What a write makes of a document")
struct DocumentRuleTests {
    @Test("a put without is_active re-enables a paused webhook")
    func putEnables() async throws {
        try await Harness.run { sandbox in
            let id = try await sandbox.create(sampleDocument(active: false))
            let reply = try await sandbox.request("PUT", "/\(id)", body: sampleDocument().text(.compact))
            #expect(reply.json?["is_active"] == true)
            #expect(try await sandbox.request("GET", "/\(id)").json?["is_active"] == true)
        }
    }

    @Test("a put drops every member it leaves out")
    func putReplaces() async throws {
        try await Harness.run { sandbox in
            var document = try #require(sampleDocument().object)
            document["description"] = "kept only while it is sent"
            let id = try await sandbox.create(JSON(document))
            let reply = try await sandbox.request("PUT", "/\(id)", body: sampleDocument().text(.compact))
            #expect(reply.json?["description"] == nil)
        }
    }

    @Test("updated_at moves with event types, channels and activity, and with nothing else")
    func updatedAt() async throws {
        try await Harness.run { sandbox in
            let id = try await sandbox.create(sampleDocument("a", active: true))
            var last = "2026-03-01T12:00:00Z"
            func put(_ name: String, _ change: (inout JSONObject) -> Void, moves: Bool) async throws {
                sandbox.surroundings.advance(by: .seconds(60))
                var document = try #require(try await sandbox.request("GET", "/\(id)").json?.object)
                change(&document)
                let body = JSON(document).text(.compact)
                let reply = try await sandbox.request("PUT", "/\(id)", body: body)
                #expect((reply.json?["updated_at"]?.string != last) == moves, "\(name)")
                #expect(reply.json?["created_at"] == "2026-03-01T12:00:00Z", "\(name)")
                last = reply.json?["updated_at"]?.string ?? ""
            }
            try await put("nothing", { _ in }, moves: false)
            try await put("name", { $0["webhook_name"] = "b" }, moves: false)
            try await put("description", { $0["description"] = "new" }, moves: false)
            try await put("event types", { $0["event_types"] = ["object.deleted"] }, moves: true)
            try await put("channels", { $0["channels"] = [["channel": "x", "configs": ["a": 1]]] }, moves: true)
            try await put(
                "a number's spelling", { $0["channels"] = [["channel": "x", "configs": ["a": 1.0]]] }, moves: false)
            try await put("pause", { $0["is_active"] = false }, moves: true)
            try await put("paused still", { $0["webhook_name"] = "c" }, moves: false)
            try await put("activity left out", { $0["is_active"] = nil }, moves: true)
            try await put("active by default, then said so", { $0["is_active"] = true }, moves: false)
        }
    }

    @Test("identifier and times of the body are the server's business")
    func serverOwned() async throws {
        try await Harness.run { sandbox async throws in
            let forged = #"""
                {"webhook_id":"wh_forged00000","internal_id":"int_123456789012345678901234","created_at":"1999-01-01T00:00:00Z",
                "updated_at":"1999-01-01T00:00:00Z","delivery_health":{"consecutive_failures":9},
                "webhook_name":"a","event_types":["object.created"],"channels":[{"channel":"slack","configs":{}}]}
                """#
            let created = try #require(try await sandbox.request("POST", "/", body: forged).json)
            let id = try #require(created["webhook_id"]?.string)
            #expect(id != "wh_forged00000")
            #expect(
                created.object?.keys == [
                    "webhook_id", "created_at", "updated_at", "webhook_name", "event_types", "channels", "is_active",
                ])
            sandbox.surroundings.advance(by: .seconds(1))
            let updated = try #require(try await sandbox.request("PUT", "/\(id)", body: forged).json)
            #expect(updated["webhook_id"]?.string == id)
            #expect(updated["created_at"] == "2026-03-01T12:00:00Z")
            #expect(updated["updated_at"] == "2026-03-01T12:00:00Z")
            #expect(updated["internal_id"] == nil)
        }
    }

    @Test("delivery_health stays while a webhook is paused, and is cleared by activity")
    func deliveryHealth() async throws {
        try await Harness.run(seed: .samples) { sandbox in
            let relay = try await sandbox.listAll().first { $0["webhook_name"] == "Legacy Relay" }
            var document = try #require(relay?.object)
            let id = try #require(document["webhook_id"]?.string)
            document["delivery_health"] = ["consecutive_failures": 0]
            let paused = try await sandbox.request("PUT", "/\(id)", body: JSON(document).text(.compact))
            #expect(paused.json?["delivery_health"]?["consecutive_failures"] == 25)
            document["is_active"] = true
            let active = try await sandbox.request("PUT", "/\(id)", body: JSON(document).text(.compact))
            #expect(active.json?["delivery_health"] == nil)
        }
    }

    @Test("unknown members, member order, number spelling and escapes come back as they were sent")
    func lossless() async throws {
        let body = #"""
            {"zz_unknown": {"b": 9007199254740993, "a": [1.0, 1e3, -0, 1E+2, 12345678901234567890.123456789]},
             "webhook_name": "caf\u00e9 \ud83d\ude00 \/ A", "channels": [{"configs": {"z": null, "a": "\u0000"}, "channel": "webhook", "x": 1}],
             "event_types": ["object.created", "object.created", "custom.kind"], "is_active": false, "lone": "\ud800"}
            """#
        let stored =
            #"{"zz_unknown":{"b":9007199254740993,"a":[1.0,1e3,-0,1E+2,12345678901234567890.123456789]},"#
            + #""webhook_name":"caf\u00e9 \ud83d\ude00 \/ A","channels":[{"configs":{"z":null,"a":"\u0000"},"channel":"webhook","x":1}],"#
            + #""event_types":["object.created","object.created","custom.kind"],"is_active":false,"lone":"\ud800","#
        try await Harness.run { sandbox in
            let created = try await sandbox.request("POST", "/", body: body)
            #expect(created.text.hasPrefix(stored))
            let id = try #require(created.json?["webhook_id"]?.string)
            let read = try await sandbox.request("GET", "/\(id)")
            #expect(read.body == created.body)
            let replaced = try await sandbox.request("PUT", "/\(id)", bytes: read.body)
            #expect(replaced.body == read.body)
            #expect(try await sandbox.request("GET", "/").text == "[\(read.text)]")
            #expect(
                try await sandbox.request("POST", "/list").text.hasPrefix(#"{"results":[\#(read.text)],"pagination":"#))
        }
    }
}
