import LosslessJSON
import Testing
import WebhookModel

@testable import Sandbox

@Suite("Which webhooks an event reaches")
struct MatchingTests {
    private func event(_ type: String, _ resources: [String] = ["object"]) -> SandboxEvent {
        SandboxEvent(id: "evt_1", type: type, resourceTypes: resources, body: "{}")
    }

    @Test("the type itself and the wildcard are subscriptions to it; a prefix is not")
    func types() {
        for (types, expected) in [
            (["object.created"], true), (["*"], true), (["object.*"], false), (["object"], false),
            (["object.updated"], false), (["object.updated", "object.created"], true), (["Object.Created"], false),
        ] {
            #expect(Subscription(eventTypes: types).receives(event("object.created")) == expected, "\(types)")
        }
    }

    @Test("an inactive webhook receives nothing")
    func inactive() {
        #expect(!Subscription(eventTypes: ["*"], isActive: false).receives(event("object.created")))
    }

    @Test("a filter of resource types lets through those that it names, and no filter all")
    func resources() {
        let filtered = Subscription(eventTypes: ["*"], resourceTypes: ["bucket", "object"])
        #expect(filtered.receives(event("object.created")))
        #expect(!filtered.receives(event("object.created", ["cluster"])))
        #expect(!filtered.receives(event("object.created", [])))
        #expect(Subscription(eventTypes: ["*"]).receives(event("object.created", [])))
    }

    @Test("the store hands an event to exactly the webhooks that receive it", arguments: [1, 2, 3] as [UInt64])
    func storeAgrees(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let types = ["object.created", "object.deleted", "cluster.created", "*"]
        try await Harness.run { sandbox async throws in
            var subscriptions: [String: Subscription] = [:]
            for index in 0..<30 {
                let events = types.filter { _ in Bool.random(using: &generator) }
                var document = sampleDocument(
                    "w\(index)", events: events.isEmpty ? ["*"] : events, active: Bool.random(using: &generator)
                ).object!
                if Bool.random(using: &generator) { document["resource_types"] = ["object"] }
                let id = try await sandbox.create(JSON(document))
                subscriptions[id] = Subscription(Webhook(document: JSON(document)))
            }
            for type in types.dropLast() {
                for resource in ["object", "cluster"] {
                    let id = try await sandbox.emit(["event_type": JSON(type), "resource_types": [JSON(resource)]])
                    let reached = try await sandbox.deliveries("event_id=\(id)").compactMap { $0["webhook_id"]?.string }
                    let expected = subscriptions.filter { $0.value.receives(event(type, [resource])) }.map(\.key)
                    #expect(reached.sorted() == expected.sorted())
                }
            }
        }
    }

    @Test("a subscription goes by code points, though two spellings of a type look alike")
    func spellings() async throws {
        try await Harness.run { sandbox async throws in
            let id = try await sandbox.create(sampleDocument("w", events: ["caf\u{E9}"]))
            let changed = sampleDocument("w", events: ["cafe\u{301}"])
            _ = try await sandbox.request("PUT", "/\(id)", body: changed.text(.compact))
            let event = try await sandbox.emit(["event_type": "cafe\u{301}"])
            #expect(try await sandbox.deliveries("event_id=\(event)").count == 1)
        }
    }

    @Test("what is kept for routing is read back as it was")
    func routing() throws {
        let webhook = Webhook(
            document: try JSON(
                parsing: """
                    {"resource_types":["a"],"channels":[{"channel":"slack","configs":{"channel_id":"C1"}},
                    {"channel":"email","configs":{"to_addresses":["b@x.io","a@x.io"]}},{"channel":"pager","configs":{}}]}
                    """))
        let routing = Routing(webhook)
        #expect(Routing(parsing: routing.text) == routing)
        #expect(routing.targets.map(\.kind) == ["slack", "email", "pager"])
        #expect(Set(routing.targets.map(\.identity)).count == 3)
        #expect(Routing(parsing: "[]") == nil && Routing(parsing: "{") == nil)
    }
}
