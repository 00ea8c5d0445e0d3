import LosslessJSON
import Testing
import WebhookModel

@testable import Shell

@Suite("health")
struct HealthTests {
    private static func webhook(_ id: String, active: Bool = true, _ health: JSON?) -> JSON {
        var document: JSONObject = [
            "webhook_id": JSON(id), "webhook_name": JSON("Name of \(id)"), "event_types": ["*"],
            "is_active": JSON(active),
            "channels": [["channel": "webhook", "configs": ["url": "https://h.example.com/in?token=canary-0123"]]],
        ]
        if let health { document["delivery_health"] = health }
        return JSON(document)
    }

    private static let failing: JSON = [
        "consecutive_failures": 3, "first_failure_at": "2026-01-01T00:00:00Z",
        "last_failure_at": "2026-01-02T00:00:00Z",
        "last_failure_cause": "POST https://h.example.com/in?token=canary-0123: 500\u{202E}",
        "paused_at": JSON.null, "paused_reason": JSON.null,
    ]
    private static let paused: JSON = [
        "consecutive_failures": 25, "first_failure_at": "2026-01-01T00:00:00Z",
        "last_failure_at": "2026-01-02T00:00:00Z", "last_failure_cause": "connection refused",
        "paused_at": "2026-01-02T00:00:00Z", "paused_reason": "consecutive_failures",
    ]

    private func fixture(_ format: OutputFormat = .tsv) throws -> ShellFixture {
        try ShellFixture(
            [
                Self.webhook("wh_well000001", nil), Self.webhook("wh_failing001", Self.failing),
                Self.webhook("wh_paused0001", active: false, Self.paused),
                Self.webhook("wh_pausedman1", active: false, nil),
            ], options: { $0.format = format })
    }

    @Test("it lists those that fail and those that the server paused, with cause, count and since when")
    func lists() async throws {
        let json = try JSON(parsing: await (try fixture(.json)).run("health").output)
        #expect(json.array?.count == 2)
        let first = try #require(json.array?.first)
        #expect(first["id"] == "wh_failing001")
        #expect(first["state"] == "failing")
        #expect(first["failures"] == 3)
        #expect(first["since"] == "2026-01-01T00:00:00Z")
        #expect(first["paused"]?.isNull == true)
        #expect(json.array?.last?["state"] == "paused")
        #expect(json.array?.last?["error"] == "connection refused")
    }

    @Test("the server's words on a failure show no secret and do nothing to the terminal")
    func words() async throws {
        let run = await (try fixture(.csv)).run("health")
        #expect(!run.output.contains("canary"))
        #expect(run.output.contains(#"500\u{202E}"#))
    }

    @Test("it asks the server anew and leaves staged edits as they are")
    func anew() async throws {
        let fixture = try fixture()
        _ = await fixture.run("use wh_well000001; set name Renamed; health --ids")
        #expect(fixture.service.requests.map(\.operation) == [.list, .list])
        #expect(await fixture.run("count where staged").output == "1\n")
    }

    @Test("where picks among them, and --all shows those that are well")
    func picks() async throws {
        let fixture = try fixture(.ids)
        #expect(await fixture.run("health where not active").output == "wh_paused0001\n")
        #expect(await fixture.run("health --all").output.split(separator: "\n").count == 4)
    }

    @Test("where all are well it says so")
    func well() async throws {
        let run = await (try ShellFixture()).run("health")
        #expect(run.output == "")
        #expect(run.errors == "All 2 webhooks are well.\n")
    }

    @Test("ls --columns health shows it in a word")
    func column() async throws {
        let run = await (try fixture()).run("ls --columns id,health")
        #expect(
            run.output
                == "wh_well000001\t\nwh_failing001\t3 failed\nwh_paused0001\tpaused\nwh_pausedman1\t\n")
    }
}
