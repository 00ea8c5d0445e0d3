import LosslessJSON
import Testing
import WebhookModel

@Suite("A webhook over its document")
struct WebhookTests {
    @Test("reads the members the API declares")
    func readsMembers() {
        let webhook = Webhook(document: Samples.rich)
        #expect(webhook.id == WebhookID(rawValue: "wh_abc123def4"))
        #expect(webhook.name == "Alerts")
        #expect(webhook.description == "All of it")
        #expect(webhook.eventTypes == ["object.created", "object.created", "cluster.execution.failed"])
        #expect(!webhook.isActive)
        #expect(webhook.channels.map(\.kind) == ["slack", "webhook", "email", "sms", "pager"])
        #expect(webhook.createdAt == Timestamp(seconds: 1_735_689_600))
        #expect(webhook.updatedAt == Timestamp(seconds: 1_735_787_045, nanoseconds: 678_901_000))
        #expect(webhook.resourceTypes == ["video"])
        #expect(webhook.deliveryHealth?["consecutive_failures"] == 3)
    }

    @Test("an absent is_active is the API's default, true")
    func activeByDefault() {
        #expect(Webhook(document: [:]).isActive)
    }

    @Test(
        "members of an unexpected type read as absent, and nothing traps",
        arguments: [
            "null", "17", "\"text\"", "[]", "{}",
            #"{"webhook_id":7,"webhook_name":null,"event_types":{"a":1},"channels":"x","is_active":"yes"}"#,
            #"{"event_types":[1,null,["a"]],"channels":[1,null,"slack",{"channel":5},{"configs":[]}]}"#,
            #"{"created_at":"yesterday","updated_at":12,"resource_types":"video","delivery_health":null}"#,
        ])
    func neverTraps(_ text: String) {
        let webhook = Webhook(document: Samples.json(text))
        #expect(webhook.id == nil)
        #expect(webhook.name == "")
        #expect(webhook.eventTypes.isEmpty)
        #expect(webhook.isActive)
        #expect(webhook.createdAt == nil && webhook.updatedAt == nil)
        #expect(webhook.resourceTypes == nil && webhook.deliveryHealth == nil)
        for channel in webhook.channels {
            #expect(channel.kind == "")
            #expect(channel.configs == nil || channel.configs?.isEmpty == true)
            #expect(channel.identity == .opaque(channel.document))
        }
        #expect(Validation.findings(in: webhook.document).contains { $0.severity == .error })
        #expect(Masking.masked(webhook.document) == webhook.document)
    }

    @Test("receives an event by its name or by the wildcard, paused or not")
    func receives() {
        let webhook = Webhook(document: Samples.rich)
        #expect(webhook.receives("object.created"))
        #expect(!webhook.receives("object.deleted"))
        #expect(Webhook(document: ["event_types": ["*"]]).receives("anything.at.all"))
    }

    @Test("the document keeps its bytes")
    func keepsBytes() {
        let text = #"{"b":1.0,"a":1e3,"webhook_name":"caf\u00e9"}"#
        #expect(Webhook(document: Samples.json(text)).document.text() == text)
    }
}

@Suite("A webhook's identifier")
struct WebhookIDTests {
    @Test(
        "is wh_ and 1…64 alphanumerics",
        arguments: ["wh_abc123def4", "wh_0123456789abcdef", "wh_A", "wh_" + String(repeating: "z", count: 64)])
    func taken(_ text: String) {
        #expect(WebhookID(rawValue: text)?.description == text)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "wh_", "wh", "WH_abc", "wh_a/b", "wh_a b", "wh_é", "wh_a%2F", "wh_..", " wh_abc", "wh_abc\n",
            "wh_" + String(repeating: "z", count: 65),
        ])
    func refused(_ text: String) {
        #expect(WebhookID(rawValue: text) == nil)
    }
}

@Suite("A channel's identity")
struct ChannelIdentityTests {
    private func identity(_ kind: String, _ configs: JSON) -> ChannelIdentity {
        ChannelIdentity(of: Channel(document: ["channel": JSON(kind), "configs": configs]))
    }

    @Test("Slack's bot is its channel and workspace, not its token")
    func slackBot() {
        let identity = identity("slack", ["channel_id": "C1", "workspace_id": "T1", "bot_token": "a"])
        #expect(identity == self.identity("slack", ["bot_token": "b", "workspace_id": "T1", "channel_id": "C1"]))
        #expect(identity != self.identity("slack", ["channel_id": "C1", "workspace_id": "T2"]))
    }

    @Test("Slack's hook is its URL and channel")
    func slackHook() {
        let identity = identity("slack", ["webhook_url": "https://h/1", "channel": "#a", "username": "x"])
        #expect(identity == self.identity("slack", ["webhook_url": "https://h/1", "channel": "#a"]))
        #expect(identity != self.identity("slack", ["webhook_url": "https://h/1", "channel": "#b"]))
    }

    @Test("an HTTP endpoint is its URL")
    func endpoint() {
        #expect(identity("webhook", ["url": "https://a", "timeout": 1]) == identity("webhook", ["url": "https://a"]))
        #expect(identity("webhook", ["url": "https://a"]) != identity("webhook", ["url": "https://b"]))
    }

    @Test("mail and messages are the set of their addresses")
    func addresses() {
        #expect(
            identity("email", ["to_addresses": ["a", "b"]]) == identity("email", ["to_addresses": ["b", "a", "a"]]))
        #expect(identity("email", ["recipients": ["a"]]) == identity("email", ["to_addresses": ["a"]]))
        #expect(identity("sms", ["phone_numbers": ["a"]]) != identity("email", ["to_addresses": ["a"]]))
    }

    @Test("an unknown kind, or one without its members, is the same only when equal")
    func opaque() {
        #expect(identity("pager", ["key": 1]) == identity("pager", ["key": 1]))
        #expect(identity("pager", ["key": 1]) != identity("pager", ["key": 2]))
        #expect(identity("webhook", ["timeout": 1]) != identity("webhook", ["timeout": 2]))
    }
}
