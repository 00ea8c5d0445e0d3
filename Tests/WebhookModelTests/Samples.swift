import LosslessJSON
import WebhookModel

/// Documents that several tests read.
enum Samples {
    /// A webhook with every kind of channel, members that no schema knows and numbers spelt unusually.
    static let rich = json(
        """
        {"webhook_id":"wh_abc123def4","webhook_name":"Alerts","description":"All of it",
        "event_types":["object.created","object.created","cluster.execution.failed"],"is_active":false,
        "channels":[
        {"channel":"slack","configs":{"bot_token":"xoxb-12345678-abcd","channel_id":"C0123456789","workspace_id":"T01"}},
        {"channel":"webhook","configs":{"url":"https://user:pass@hooks.example.com/in?key=abcdefghijkl&x=1#top",
        "headers":{"X-Team":"core","Authorization":"Bearer abcdefgh1234"},"timeout":1e1,"signing_secret":"redacted"}},
        {"channel":"email","configs":{"recipients":["ops@example.com"]}},
        {"channel":"sms","configs":{"phone_numbers":["+4915112345678"]}},
        {"channel":"pager","configs":{"routing_key":"abcd","level":9007199254740993}}],
        "created_at":"2025-01-01T00:00:00Z","updated_at":"2025-01-02T03:04:05.678901+00:00",
        "delivery_health":{"consecutive_failures":3,"paused_at":"2025-01-03T00:00:00Z"},
        "resource_types":["video"],"x_owner":{"team":"core"}}
        """)

    static func json(_ text: String) -> JSON {
        do { return try JSON(parsing: text) } catch { preconditionFailure("\(error)") }
    }

    /// The smallest document that validates, with changes.
    static func valid(_ change: (inout JSONObject) -> Void = { _ in }) -> JSON {
        var members: JSONObject = [
            "webhook_name": "Alerts", "event_types": ["object.created"],
            "channels": [["channel": "webhook", "configs": ["url": "https://hooks.example.com/in"]]],
        ]
        change(&members)
        return JSON(members)
    }

    /// `valid` with one channel.
    static func with(channel kind: String, _ configs: JSON) -> JSON {
        valid { $0["channels"] = [["channel": JSON(kind), "configs": configs]] }
    }
}
