import LosslessJSON
import Testing
import WebhookModel

@testable import Sandbox

@Suite("Delivery health")
struct HealthTests {
    private func failing(pauseAfter: Int?) -> (inout SandboxConfiguration) -> Void {
        {
            $0.faults = FaultPlan(rules: [FaultRule(.deliveryFailure)])
            $0.delivery.retry = RetryPolicy(maximumAttempts: 10, shortest: .seconds(1), longest: .seconds(1))
            $0.delivery.pauseAfter = pauseAfter
            $0.delivery.pollInterval = .milliseconds(10)
        }
    }

    private func failures(_ sandbox: Harness, _ id: String) async throws -> Int {
        try await sandbox.webhook(id)["delivery_health"]?["consecutive_failures"]?.number?.int ?? 0
    }

    @Test("failures are counted on the webhook, and after so many it is paused until it is enabled")
    func pausing() async throws {
        try await Harness.run(seed: .none, failing(pauseAfter: 3)) { sandbox async throws in
            let id = try await sandbox.create(sampleDocument("w"))
            let created = try await sandbox.webhook(id)
            _ = try await sandbox.emit(["event_type": "object.created"])
            var firstFailure: JSON?
            for count in 1...3 {
                #expect(try await sandbox.eventually { try await failures(sandbox, id) == count })
                let health = try await sandbox.webhook(id)["delivery_health"]
                firstFailure = firstFailure ?? health?["first_failure_at"]
                #expect(health?["first_failure_at"] == firstFailure)
                #expect(health?["last_failure_at"]?.string == sandbox.surroundings.now.description)
                #expect(health?["last_failure_cause"] == "a fault of the sandbox")
                #expect((health?["paused_at"]?.string != nil) == (count == 3))
                sandbox.surroundings.advance(by: .seconds(2))
            }
            let paused = try await sandbox.webhook(id)
            #expect(paused["is_active"] == false && paused["updated_at"] != created["updated_at"])
            #expect(paused["delivery_health"]?["paused_reason"] == "consecutive_failures")

            // What is pending waits, and comes when the webhook is enabled again.
            _ = try await sandbox.request("DELETE", "/v1/sandbox/faults")
            sandbox.surroundings.advance(by: .seconds(100))
            #expect(try await sandbox.deliveries("settle=true").map { $0["status"] } == ["pending"])
            var document = paused.object!
            document["is_active"] = true
            let reply = try await sandbox.request("PUT", "/\(id)", body: JSON(document).text(.compact))
            #expect(reply.json?["delivery_health"] == nil)
            #expect(try await sandbox.eventually { try await sandbox.deliveries("status=captured").count == 1 })
        }
    }

    @Test("a success ends the run of failures")
    func success() async throws {
        try await Harness.run(seed: .none, failing(pauseAfter: nil)) { sandbox async throws in
            let id = try await sandbox.create(sampleDocument("w"))
            _ = try await sandbox.emit(["event_type": "object.created"])
            #expect(try await sandbox.eventually { try await failures(sandbox, id) == 1 })
            _ = try await sandbox.request("DELETE", "/v1/sandbox/faults")
            sandbox.surroundings.advance(by: .seconds(2))
            #expect(try await sandbox.eventually { try await sandbox.webhook(id)["delivery_health"] == nil })
            #expect(try await sandbox.webhook(id)["is_active"] == true)
        }
    }

    @Test("what was seen to fail before goes on being counted, and other members stay as they are")
    func pure() throws {
        let now = Timestamp(parsing: "2026-03-01T00:00:00Z")!
        let before = try JSON(
            parsing: """
                {"x":1.50,"is_active":true,"updated_at":"u","delivery_health":{"consecutive_failures":4,\
                "first_failure_at":"f","paused_at":null}}
                """)
        let after = DeliveryHealth.failed(before, cause: "HTTP 500", at: now, pauseAfter: 6)
        #expect(after["delivery_health"]?["consecutive_failures"] == 5)
        #expect(after["delivery_health"]?["first_failure_at"] == "f" && after["is_active"] == true)
        #expect(after["updated_at"] == "u" && after.text(.compact).hasPrefix("{\"x\":1.50,"))
        let paused = DeliveryHealth.failed(after, cause: "c", at: now, pauseAfter: 6)
        #expect(paused["is_active"] == false && paused["updated_at"]?.string == now.description)
        #expect(DeliveryHealth.succeeded(paused) == paused)
        #expect(DeliveryHealth.succeeded(after)["delivery_health"] == nil)
        let most: JSON = ["delivery_health": ["consecutive_failures": JSON(Int.max)]]
        let more = DeliveryHealth.failed(most, cause: "c", at: now, pauseAfter: nil)
        #expect(more["delivery_health"]?["consecutive_failures"]?.number?.int == Int.max)
    }

    @Test("deliveries of a webhook that was deleted, or a channel that was removed, are cancelled")
    func cancelled() async throws {
        try await Harness.run(seed: .none, failing(pauseAfter: nil)) { sandbox async throws in
            let gone = try await sandbox.create(sampleDocument("gone"))
            let changed = try await sandbox.create(sampleDocument("changed"))
            _ = try await sandbox.emit(["event_type": "object.created"])
            #expect(
                try await sandbox.eventually { try await failures(sandbox, gone) + failures(sandbox, changed) == 2 })
            _ = try await sandbox.request("DELETE", "/\(gone)")
            let other = webhookDocument("sms", ["phone_numbers": ["+15550100"]])
            _ = try await sandbox.request("PUT", "/\(changed)", body: other.text(.compact))
            _ = try await sandbox.request("DELETE", "/v1/sandbox/faults")
            sandbox.surroundings.advance(by: .seconds(2))
            #expect(try await sandbox.eventually { try await sandbox.deliveries("status=cancelled").count == 2 })
            let errors = try await sandbox.deliveries("").compactMap { $0["last_error"]?.string }
            #expect(errors.sorted() == ["the channel was removed", "the webhook was deleted"])
        }
    }

    @Test("of deliveries that are cancelled together a follower misses none")
    func cancelledTogether() async throws {
        try await Harness.run(seed: .none, failing(pauseAfter: nil)) { sandbox async throws in
            let id = try await sandbox.create(sampleDocument("gone"))
            _ = try await sandbox.request(
                "POST", "/v1/sandbox/events", body: #"{"event_type":"object.created","count":5}"#)
            #expect(try await sandbox.eventually { try await failures(sandbox, id) == 1 })
            _ = try await sandbox.request("DELETE", "/\(id)")
            var since = "0"
            var cancelled: [String] = []
            for _ in 0..<3 {
                let page = try await sandbox.request("GET", "/v1/sandbox/deliveries?limit=2&since=\(since)").json
                for delivery in page?["results"]?.array ?? [] where delivery["status"] == "cancelled" {
                    cancelled.append(delivery["delivery_id"]?.string ?? "")
                }
                since = page?["since"]?.string ?? ""
            }
            #expect(Set(cancelled).count == 5)
        }
    }

    @Test("a delivery follows its channel when others come before it, and its place when its destination changes")
    func following() {
        func channel(_ kind: String, _ id: String) -> Channel {
            Channel(kind: kind, configs: ["channel_id": JSON(id), "url": JSON(id), "to_addresses": [JSON(id)]])
        }
        let (a, b, mail) = (channel("slack", "A"), channel("slack", "B"), channel("email", "m@x.io"))
        let target = Routing.Target(a)
        #expect(ChannelChoice.channel(for: target, at: 0, in: [a, b]) == a)
        #expect(ChannelChoice.channel(for: target, at: 0, in: [b, a]) == a)
        #expect(ChannelChoice.channel(for: target, at: 0, in: [b, mail]) == b)
        #expect(ChannelChoice.channel(for: target, at: 1, in: [b, mail]) == nil)
        #expect(ChannelChoice.channel(for: target, at: 5, in: [b]) == nil)
    }
}
