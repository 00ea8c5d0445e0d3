import LosslessJSON
import Sandbox

extension Harness {
    /// Tells of an event and gives its identifier.
    func emit(_ event: JSON, key: String = SandboxKey.standard.secret) async throws -> String {
        let reply = try await request("POST", "/v1/sandbox/events", body: event.text(.compact), key: key)
        return reply.json?["results"]?[0]?["event_id"]?.string ?? "none: \(reply.text)"
    }

    /// Deliveries, the latest first.
    func deliveries(_ query: String, key: String = SandboxKey.standard.secret) async throws -> [JSON] {
        try await request("GET", "/v1/sandbox/deliveries?\(query)", key: key).json?["results"]?.array ?? []
    }

    /// Messages, the latest first.
    func outbox(_ query: String = "", key: String = SandboxKey.standard.secret) async throws -> [JSON] {
        try await request("GET", "/v1/sandbox/outbox?\(query)", key: key).json?["results"]?.array ?? []
    }

    func webhook(_ id: String, key: String = SandboxKey.standard.secret) async throws -> JSON {
        try JSON(parsing: try await request("GET", "/\(id)", key: key).body)
    }

    /// Waits for something that is to become true; false when a minute goes by without.
    func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
        let deadline = ContinuousClock.now + .seconds(180)
        while ContinuousClock.now < deadline {
            if try await condition() { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }
}

/// A webhook with one HTTP channel.
func httpDocument(_ url: String, events: [String] = ["*"], _ configs: JSONObject = [:]) -> JSON {
    var configs = configs
    configs["url"] = JSON(url)
    return webhookDocument("webhook", JSON(configs), events: events)
}

/// A webhook with one channel.
func webhookDocument(_ kind: String, _ configs: JSON, events: [String] = ["*"]) -> JSON {
    [
        "webhook_name": JSON("A \(kind)"), "event_types": JSON(events.map { JSON($0) }),
        "channels": [["channel": JSON(kind), "configs": configs]],
    ]
}
