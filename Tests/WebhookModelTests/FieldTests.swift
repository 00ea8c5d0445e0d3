import LosslessJSON
import Testing
import WebhookModel

@Suite("A field")
struct FieldTests {
    private let resolver = FieldResolver(webhooks: [Webhook(document: Samples.rich)])

    private func value(_ word: String) throws -> FieldValue {
        try resolver.field(word).value(in: Webhook(document: Samples.rich))
    }

    @Test("has a short name, or the API's own")
    func names() throws {
        #expect(try resolver.field("name") == .name)
        #expect(try resolver.field("webhook_name") == .name)
        #expect(try resolver.field("active") == .active)
        #expect(try resolver.field("events") == .events)
        #expect(try resolver.field("event_types") == .events)
        #expect(try resolver.field("channel") == .channel)
        #expect(try resolver.field("staged") == .staged)
    }

    @Test("reads its value")
    func values() throws {
        #expect(try value("name") == .single("Alerts"))
        #expect(try value("active") == .single(false))
        #expect(try value("events") == .list(["object.created", "object.created", "cluster.execution.failed"]))
        #expect(try value("channel") == .list(["slack", "webhook", "email", "sms", "pager"]))
        #expect(try value("created") == .single("2025-01-01T00:00:00Z"))
        #expect(try value("health.consecutive_failures") == .single(3))
        #expect(try value("x_owner.team") == .single("core"))
        #expect(try value("x_owner.nobody") == .absent)
    }

    @Test("active is true where the document doesn't say")
    func activeByDefault() {
        #expect(Field.active.value(in: Webhook(document: [:])) == .single(true))
    }

    @Test(
        "finds its way through channels",
        arguments: [
            ("channels.slack.channel_id", FieldValue.list(["C0123456789"])),
            ("channels.slack.configs.channel_id", .list(["C0123456789"])),
            ("channels.webhook.headers.X-Team", .list(["core"])),
            ("channels[0].configs.channel_id", .single("C0123456789")),
            ("channels.*.configs.headers.X-Team", .list(["core"])),
            ("channels[*].channel", .list(["slack", "webhook", "email", "sms", "pager"])),
            ("channels.pager.level", .list([9_007_199_254_740_993])),
            ("channels.email.recipients", .list([["ops@example.com"]])),
            ("/channels/0/configs/channel_id", .single("C0123456789")), ("channels[9].configs.url", .absent),
            ("channels.sms.nothing", .list([])), ("channels.email.channel", .list(["email"])),
        ])
    func channels(_ word: String, _ expected: FieldValue) throws {
        #expect(try value(word) == expected)
    }

    @Test("of Slack's own setting channel is that setting")
    func slackChannel() throws {
        let document = Samples.with(channel: "slack", ["webhook_url": "https://x", "channel": "#ops"])
        #expect(try resolver.field("channels.slack.channel").value(in: Webhook(document: document)) == .list(["#ops"]))
    }

    @Test("that nobody knows is an error with the nearest name")
    func unknown() {
        #expect(throws: FieldError.unknown("nmae", nearest: "name")) { try resolver.field("nmae") }
        #expect(throws: FieldError.unknown("x_owner", nearest: nil)) { try FieldResolver().field("x_owner") }
        #expect(throws: FieldError.unknown("event", nearest: "events")) { try resolver.field("event.x") }
        #expect(throws: FieldError.unknownKind("slak", nearest: "slack")) { try resolver.field("channels.slak.url") }
        #expect(throws: FieldError.self) { try resolver.field("channels..x") }
        #expect(throws: FieldError.self) { try resolver.field("[0]") }
        #expect(throws: FieldError.self) { try resolver.field("") }
    }

    @Test(
        "has the type its values should have",
        arguments: [
            ("name", FieldType.text), ("active", .boolean), ("events", .texts), ("updated", .time), ("channel", .text),
            ("channels.slack.channel_id", .text), ("channels.webhook.timeout", .number),
            ("channels.email.to_addresses", .texts), ("channels.email.to_addresses[0]", .text),
            ("channels.*.configs.headers.X-Team", .text), ("channels.webhook.payload_template", .json),
            ("channels[0].channel", .text), ("health.paused_at", .time), ("health.consecutive_failures", .number),
            ("x_owner.team", .json), ("event_types[0]", .text),
        ])
    func types(_ word: String, _ type: FieldType) throws {
        #expect(try resolver.field(word).type == type)
    }

    @Test("writes to the places that are there, and to members that aren't yet")
    func targets() throws {
        func targets(_ word: String) throws -> [String] {
            try resolver.field(word).path?.targets(in: Samples.rich).map(\.description) ?? []
        }
        #expect(try targets("description") == ["description"])
        #expect(try targets("channels.slack.username") == ["channels[0].configs.username"])
        #expect(try targets("channels.webhook.headers.New") == ["channels[1].configs.headers.New"])
        #expect(try targets("channels.*.configs.label").count == 5)
        #expect(try targets("channels[7].configs.url") == [])
        #expect(try targets("channels.slack.channel_id.deeper") == [])
        #expect(try targets("x_owner.new.deeper") == ["x_owner.new.deeper"])
    }

    @Test("describes itself so that it resolves to the same")
    func describes() throws {
        for word in [
            "name", "channels.slack.channel_id", "channels[0].configs.url", "channels.*.configs.headers.X-Team",
        ] {
            let field = try resolver.field(word)
            #expect(try resolver.field(field.description) == field)
        }
    }
}
