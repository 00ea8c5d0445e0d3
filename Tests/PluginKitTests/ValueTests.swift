import PluginKit
import Testing

@Suite("The kit's JSON")
struct ValueTests {
    @Test("reads what was sent, in order")
    func reading() throws {
        let value = try #require(Value(parsing: #"{"a":[1,2.5,"x",true,null],"b":{}}"#))
        #expect(value["a"]?[0]?.int == 1 && value["a"]?[1]?.double == 2.5 && value["a"]?[2]?.string == "x")
        #expect(value["a"]?[3]?.bool == true && value["a"]?[4]?.isNull == true && value["a"]?[5] == nil)
        #expect(value.members.map(\.name) == ["a", "b"] && value["c"] == nil)
        #expect(Value(parsing: "{") == nil)
    }

    @Test("is written as literals")
    func literals() {
        let value: Value = ["a": [1, 2.5, "x", true, nil]]
        #expect(value.description == #"{"a":[1,2.5,"x",true,null]}"#)
        #expect(Value(Double.nan).isNull)
    }
}

@Suite("The kit's webhooks")
struct WebhookTests {
    private let webhook = Webhook(
        key: "wh_1",
        document: [
            "webhook_name": "Team", "event_types": ["a.b", 7],
            "channels": [["channel": "slack", "configs": ["channel_id": "C1"]], 3],
        ])

    @Test("read what is there, and nothing of what is odd")
    func accessors() {
        #expect(webhook.name == "Team" && webhook.isActive && webhook.eventTypes == ["a.b"])
        #expect(webhook.channels.map(\.kind) == ["slack", ""])
        #expect(webhook.channels[0].configs["channel_id"]?.string == "C1")
        #expect(webhook.receives("a.b") && !webhook.receives("x"))
        #expect(Webhook(key: "k", document: ["event_types": ["*"]]).receives("anything"))
        #expect(Webhook(key: "k", document: nil).name == "")
    }
}
