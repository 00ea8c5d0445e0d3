import LosslessJSON
import PluginProtocol
import Testing

@testable import PluginHost

@Suite("What a plugin asks of the host", .serialized)
struct RequestFaultTests {
    private static let secret = "xoxb-very-secret-token"
    private static let webhook = KeyedDocument(
        key: "wh_1",
        value: [
            "webhook_id": "wh_1",
            "channels": [
                ["channel": "slack", "configs": ["bot_token": JSON(secret), "channel_id": "C1"]],
                ["channel": "email", "configs": ["to_addresses": ["ops@example.com"]]],
            ],
        ])

    private func ask(
        _ method: String, _ params: JSON = [:], _ fixture: PluginFixture,
        conversation: FixedConversation = FixedConversation()
    ) async throws -> JSON {
        let request = CommandRequest(command: "misbehave", argv: [method, params.text()])
        return try #require(try await fixture.host.run(request, conversation: conversation).json)
    }

    @Test("webhooks come with tokens in place of secrets and recipients")
    func webhooks() async throws {
        let fixture = try PluginFixture(webhooks: [Self.webhook])
        try fixture.enableFault("asksHost")
        let answer = try await ask("host/webhooks.list", [:], fixture)
        let text = answer.text()
        #expect(text.contains("wh_1") && text.contains("C1"))
        #expect(!text.contains(Self.secret) && !text.contains("ops@example.com"))
        #expect(answer["result"]?["next"]?.isNull == true)
        let one = try await ask("host/webhooks.get", ["key": "wh_1"], fixture)
        #expect(one["result"]?["webhook"] == answer["result"]?["webhooks"]?[0])
        let none = try await ask("host/webhooks.get", ["key": "wh_2"], fixture)
        #expect(none["result"]?["webhook"]?.isNull == true)
        #expect(await fixture.finish() == [])
    }

    @Test("a long list of webhooks comes in pieces")
    func pages() async throws {
        let documents = (0..<50).map { number in
            KeyedDocument(key: "wh_\(number)", value: ["description": JSON(String(repeating: "x", count: 1000))])
        }
        let fixture = try PluginFixture(webhooks: documents, partLimit: 10_000)
        try fixture.enableFault("asksHost")
        var keys: [String] = []
        var offset: Int? = 0
        while let start = offset {
            let answer = try await ask("host/webhooks.list", ["offset": JSON(start)], fixture)["result"]
            keys += answer?["webhooks"]?.array?.compactMap { $0["key"]?.string } ?? []
            offset = answer?["next"]?.number?.int
            #expect(keys.count <= 50)
        }
        #expect(keys == documents.map(\.key))
        #expect(await fixture.finish() == [])
    }

    @Test("without the permission to read there is none")
    func denied() async throws {
        let fixture = try PluginFixture(webhooks: [Self.webhook])
        try fixture.enableFault("asksHost", members: ["permissions": [:]])
        for method in ["host/webhooks.list", "host/webhooks.get", "host/state.get", "host/state.set"] {
            let answer = try await ask(method, ["key": "wh_1", "value": 1], fixture)
            #expect(answer["error"]?["code"] == -32001, "\(method)")
        }
        #expect(await fixture.finish() == [])
    }

    @Test("a command without the permission to read gets keys alone")
    func selection() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("good", members: ["permissions": [:]])
        let request = CommandRequest(command: "misbehave", selection: [Self.webhook])
        let outcome = try await fixture.host.run(request, conversation: FixedConversation())
        #expect(outcome.json?["selection"] == [["key": "wh_1"]])
        #expect(await fixture.finish() == [])
    }

    @Test("text is printed and a question is asked, plain, in order")
    func conversation() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("asksHost")
        let conversation = FixedConversation(answer: true)
        _ = try await ask("host/print", ["text": "a\u{1B}[31mb\nc"], fixture, conversation: conversation)
        let answer = try await ask("host/confirm", ["question": "sure?\u{7}"], fixture, conversation: conversation)
        #expect(answer["result"]?["answer"] == true)
        #expect(conversation.printed == ["ab\nc", "sure?"])
        #expect(await fixture.finish() == [])
    }

    @Test("the time that the user takes is not the plugin's")
    func slowUser() async throws {
        struct SlowConversation: PluginConversation {
            func print(_ text: String) async {}
            func confirm(_ question: String) async -> Bool {
                try? await Task.sleep(for: .milliseconds(600))
                return true
            }
        }
        let fixture = try PluginFixture { $0.command = .milliseconds(300) }
        try fixture.enableFault("asksHost")
        let request = CommandRequest(command: "misbehave", argv: ["host/confirm", #"{"question":"?"}"#])
        let outcome = try await fixture.host.run(request, conversation: SlowConversation())
        #expect(outcome.json?["result"]?["answer"] == true)
        #expect(await fixture.finish() == [])
    }

    @Test("state is kept from one process to the next")
    func state() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("asksHost")
        #expect(try await ask("host/state.get", [:], fixture)["result"]?["value"]?.isNull == true)
        #expect(try await ask("host/state.set", ["value": ["n": 7]], fixture)["result"] == [:])
        fixture.host.reload()
        #expect(try await ask("host/state.get", [:], fixture)["result"]?["value"] == ["n": 7])
        #expect(await fixture.finish() == [])
    }

    @Test("a state over 1 MiB is refused")
    func largeState() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("asksHost")
        let value = JSON(String(repeating: "x", count: (1 << 20) + 1))
        #expect(try await ask("host/state.set", ["value": value], fixture)["error"]?["code"] == -32602)
        #expect(await fixture.finish() == [])
    }

    @Test("what the host does not know is answered so", arguments: ["host/unknown", "command/run", "initialize", ""])
    func unknown(_ method: String) async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("asksHost")
        #expect(try await ask(method, [:], fixture)["error"]?["code"] == -32601)
        #expect(await fixture.finish() == [])
    }

    @Test("a request outside a call is refused")
    func context() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("asksWithoutContext")
        let outcome = try await fixture.host.run(
            CommandRequest(command: "misbehave"), conversation: FixedConversation())
        #expect(outcome.json?["error"]?["code"] == -32004)
        #expect(await fixture.finish() == [])
    }

    @Test("a request before the greeting is over is refused, and the plugin goes on")
    func early() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("asksTooEarly")
        #expect(try await fixture.host.verdict()?.denies == false)
        let expected = RPCError(.notInitialized, "initialize was not answered yet")
        #expect(fixture.log().contains(.deniedRequest(method: "host/state.get", expected)))
        #expect(await fixture.finish() == [])
    }

    @Test("printing and asking belong to commands")
    func policyPrints() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("asksHost", "host/confirm")
        _ = try await fixture.host.verdict()
        #expect(
            fixture.log().contains(.deniedRequest(method: "host/confirm", RPCError(.denied, "only during command/run")))
        )
        #expect(await fixture.finish() == [])
    }

    @Test("a flood of requests stops the plugin")
    func flood() async throws {
        let fixture = try PluginFixture()
        try fixture.enableFault("floodsRequests")
        await #expect(throws: PluginCallError.failed(plugin: "fault", .stopped(.tooManyRequests(limit: 64)))) {
            try await fixture.host.run(
                CommandRequest(command: "misbehave"), conversation: StuckConversation())
        }
        #expect(fixture.fired("floodsRequests"))
        #expect(await fixture.finish() == [])
    }
}

/// A user who never answers.
struct StuckConversation: PluginConversation {
    func print(_ text: String) async {}
    func confirm(_ question: String) async -> Bool {
        try? await Task.sleep(for: .seconds(1000))
        return false
    }
}
