import LosslessJSON
import Sandbox
import Testing

@Suite("Telling of events")
struct EmissionTests {
    @Test("an event has the members of a delivery's body, defaults where nothing was said")
    func body() async throws {
        try await Harness.run { sandbox async throws in
            let id = try await sandbox.create(httpDocument("https://hooks.example.com/in"))
            let event = try await sandbox.emit(["event_type": "object.created"])
            let message = try #require(try await sandbox.outbox().first)
            let body = try #require(message["message"]?["body"])
            #expect(body["event_id"]?.string == event)
            #expect(body["event_type"] == "object.created" && body["namespace_id"] == "ns_sandbox")
            #expect(body["occurred_at"]?.string == sandbox.surroundings.now.description)
            #expect(
                body["subject"]?["type"] == "object" && body["subject"]?["id"]?.string?.hasPrefix("object_") == true)
            #expect(body["metadata"] == [:] && body["cache_scope"] == ["scope": "organization"])
            #expect(message["webhook_id"]?.string == id)
        }
    }

    @Test("fields go where their names say: subject, cache_scope, the namespace, else metadata")
    func fields() async throws {
        try await Harness.run { sandbox async throws in
            _ = try await sandbox.create(httpDocument("https://hooks.example.com/in"))
            _ = try await sandbox.emit([
                "event_type": "object.created",
                "fields": [
                    "subject.id": "o1", "bucket": "b1", "run.state": "done", "namespace_id": "ns_1",
                    "cache_scope.key": 7, "metadata.deep": true,
                ],
            ])
            let body = try #require(try await sandbox.outbox().first?["message"]?["body"])
            #expect(body["subject"] == ["type": "object", "id": "o1"] && body["namespace_id"] == "ns_1")
            #expect(body["metadata"] == ["bucket": "b1", "run": ["state": "done"], "deep": true])
            #expect(body["cache_scope"] == ["scope": "organization", "key": 7])
        }
    }

    @Test("a count makes so many events, each with an identifier of its own")
    func count() async throws {
        try await Harness.run { sandbox async throws in
            let reply = try await sandbox.request(
                "POST", "/v1/sandbox/events", body: #"{"event_type":"object.created","count":50}"#)
            #expect(reply.status == 201)
            let ids = reply.json?["results"]?.array?.compactMap { $0["event_id"]?.string } ?? []
            #expect(Set(ids).count == 50 && reply.json?["total"] == 50)
        }
    }

    @Test("an event told twice under one identifier happens once")
    func idempotence() async throws {
        try await Harness.run { sandbox async throws in
            _ = try await sandbox.create(sampleDocument())
            let body = #"{"event_type":"object.created","event_id":"evt_mine"}"#
            let first = try await sandbox.request("POST", "/v1/sandbox/events", body: body)
            let second = try await sandbox.request("POST", "/v1/sandbox/events", body: body)
            #expect(first.json?["results"]?[0]?["is_new"] == true && second.json?["results"]?[0]?["is_new"] == false)
            #expect(second.json?["results"]?[0]?["deliveries"] == 1)
            #expect(try await sandbox.deliveries("").count == 1)
        }
    }

    @Test("a type that no catalogue knows is taken, with the nearest that one does")
    func nearMiss() async throws {
        try await Harness.run { sandbox async throws in
            let reply = try await sandbox.request(
                "POST", "/v1/sandbox/events", body: #"{"event_type":"object.create"}"#)
            #expect(reply.status == 201)
            #expect(reply.json?["warnings"] == [["event_type": "object.create", "nearest": "object.created"]])
        }
    }

    @Test(
        "what is no event is refused by member, and nothing of its list happens",
        arguments: [
            "{}", "[]", "7", #"{"event_type":null}"#, #"{"event_type":"a","subject":{"type":7}}"#,
            #"{"event_type":""}"#, #"{"event_type":7}"#, #"{"event_type":"a\u0000b"}"#,
            #"{"event_type":"a","count":0}"#, #"{"event_type":"a","count":10001}"#, #"{"event_type":"a","colour":1}"#,
            #"{"event_type":"a","occurred_at":"yesterday"}"#, #"{"event_type":"a","subject":[]}"#,
            #"{"event_type":"a","event_id":"a b"}"#, #"{"event_type":"a","event_id":"x","count":2}"#,
            #"{"event_type":"a","fields":{"a..b":1}}"#, #"{"events":[]}"#, #"{"events":[{"event_type":"a"},{}]}"#,
            #"{"events":{}}"#, #"{"event_type":"a","resource_types":[1]}"#,
        ])
    func refused(body: String) async throws {
        try await Harness.run { sandbox async throws in
            _ = try await sandbox.create(sampleDocument("all", events: ["*"]))
            let reply = try await sandbox.request("POST", "/v1/sandbox/events", body: body)
            #expect(reply.status == 422 && reply.errorType == "ValidationError")
            #expect(try await sandbox.deliveries("").isEmpty)
        }
    }

    @Test("a repeated event whose bodies come to too much is refused, and so are too many fields")
    func bounds() async throws {
        let note = String(repeating: "x", count: 2_000)
        let fields = (0..<257).map { "\"f\($0)\":1" }.joined(separator: ",")
        try await Harness.run { sandbox async throws in
            for body in [
                #"{"event_type":"a","count":10000,"metadata":{"note":"\#(note)"}}"#,
                #"{"event_type":"a","fields":{\#(fields)}}"#,
            ] {
                let reply = try await sandbox.request("POST", "/v1/sandbox/events", body: body)
                #expect(reply.status == 422 && reply.errorType == "ValidationError")
            }
        }
    }

    @Test("a webhook that is paused when an event happens never hears of it; one paused later waits")
    func pausing() async throws {
        try await Harness.run { sandbox async throws in
            let paused = try await sandbox.create(sampleDocument("paused", active: false))
            let event = try await sandbox.emit(["event_type": "object.created"])
            #expect(try await sandbox.deliveries("event_id=\(event)&settle=true").isEmpty)
            _ = try await sandbox.request("PUT", "/\(paused)", body: sampleDocument("paused").text(.compact))
            #expect(try await sandbox.deliveries("settle=true").isEmpty)
            _ = try await sandbox.emit(["event_type": "object.created"])
            #expect(try await sandbox.deliveries("settle=true").map { $0["status"] } == ["captured"])
        }
    }
}
