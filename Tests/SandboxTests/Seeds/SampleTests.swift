import LosslessJSON
import Testing
import WebhookModel

@testable import Sandbox

@Suite("Seeds")
struct SampleTests {
    @Test("the pages' example comes first, byte for byte in their order of members")
    func pagesExample() async throws {
        let example =
            #"{"channels":[{"channel":"slack","configs":{"bot_token":"xoxb-...","channel_id":"C0123456789","workspace_id":"T0123456789"}}],"#
            + #""created_at":"2025-01-01T00:00:00Z","description":"Slack notifications for object lifecycle","#
            + #""event_types":["object.created","object.updated","object.deleted"],"is_active":true,"#
            + #""updated_at":"2025-01-01T00:00:00Z","webhook_id":"wh_abc123def4","webhook_name":"Engineering Slack Alerts"}"#
        try await Harness.run(seed: .samples) { sandbox in
            #expect(try await sandbox.request("GET", "/").text.hasPrefix("[\(example),"))
            #expect(try await sandbox.request("GET", "/wh_abc123def4").text == example)
            sandbox.surroundings.advance(by: .seconds(5))
            let update = try await sandbox.request("PUT", "/wh_abc123def4", body: example)
            #expect(update.status == 200)
            #expect(update.text == example)
        }
    }

    @Test("the samples are always the same")
    func deterministic() async throws {
        var lists: [[UInt8]] = []
        for seed in [1, 2] as [UInt64] {
            try await Harness.run(seed: .samples, surroundings: Surroundings(seed: seed)) { sandbox in
                lists.append(try await sandbox.request("GET", "/").body)
            }
        }
        #expect(lists[0] == lists[1])
    }

    @Test(
        "the samples are believable: every kind of channel, paused ones, a channel that many share, no two names alike")
    func believable() {
        let webhooks = SampleOrganization.webhooks.map { try! JSON(parsing: $0.document) }.map(Webhook.init(document:))
        #expect((25...50).contains(webhooks.count))
        #expect(Set(webhooks.map(\.name)).count == webhooks.count)
        #expect(Set(webhooks.flatMap { $0.channels.map(\.kind) }) == ["slack", "email", "webhook", "sms"])
        #expect(webhooks.count { !$0.isActive } >= 3)
        let shared = webhooks.count { webhook in
            webhook.document.text(.compact).contains(#""channel_id":"C0123456789""#)
        }
        #expect(shared >= 10)
        let teams = webhooks.filter { $0.name.hasPrefix("Team ") && $0.eventTypes.contains { $0.hasPrefix("object.") } }
        #expect(teams.count == 37)
        for webhook in webhooks {
            #expect(webhook.createdAt != nil && webhook.updatedAt != nil)
            #expect(webhook.id.map { WebhookIDFormat.alphanumeric.matches($0.rawValue) } == true)
            for eventType in webhook.eventTypes { #expect(Catalogue.isKnownEventType(eventType)) }
        }
    }

    @Test("what is stored beside a sample's document agrees with it")
    func indexed() throws {
        for stored in GeneratedWebhooks.make(count: 500) {
            let made = StoredWebhook(id: stored.id, document: try JSON(parsing: stored.document))
            #expect(made.document == stored.document && made.isActive == stored.isActive)
            #expect(made.eventTypes == stored.eventTypes)
            #expect(try JSON(parsing: stored.document)["webhook_id"]?.string == stored.id)
        }
    }

    @Test("a hundred thousand generated webhooks have as many identifiers and names")
    func generated() {
        let webhooks = GeneratedWebhooks.make(count: 100_000)
        #expect(webhooks.count == 100_000)
        #expect(Set(webhooks.map(\.id)).count == 100_000)
        #expect(GeneratedWebhooks.make(count: 3).map(\.id) == webhooks.prefix(3).map(\.id))
        #expect(GeneratedWebhooks.make(count: 0).isEmpty)
        #expect(GeneratedWebhooks.make(count: -1).isEmpty)
    }

    @Test("webhooks of a file are kept as spelt, and given what they lack")
    func file() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/seed.json"
            try writeFile(
                #"[{"webhook_id": "wh_1", "webhook_name": "kept", "n": 1.0, "created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-02T00:00:00Z", "is_active": false}, {"webhook_name": "new", "internal_id": "int_1"}]"#,
                to: path)
            try await Harness.run(seed: .file(path: path)) { sandbox in
                let webhooks = try await sandbox.listAll()
                let kept =
                    #"{"webhook_id":"wh_1","webhook_name":"kept","n":1.0,"created_at":"2020-01-01T00:00:00Z","updated_at":"2020-01-02T00:00:00Z","is_active":false}"#
                #expect(webhooks.first?.text(.compact) == kept)
                #expect(webhooks.count == 2)
                #expect(webhooks.last?["created_at"] == "2026-03-01T12:00:00Z")
                #expect(webhooks.last?["internal_id"] == nil)
                #expect(webhooks.last?["webhook_id"]?.string.flatMap(WebhookID.init(rawValue:)) != nil)
            }
        }
    }

    @Test(
        "a file that is no list of webhooks is refused with the place",
        arguments: [
            ("{}", nil), ("[1]", 0), (#"[{}, {"webhook_id": "x"}]"#, 1),
            (#"[{"webhook_id": "wh_1"}, {"webhook_id": "wh_2"}, {"webhook_id": "wh_1"}]"#, 2),
        ] as [(String, Int?)])
    func badFile(text: String, index: Int?) async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/seed.json"
            try writeFile(text, to: path)
            let error = await #expect(throws: SandboxError.self) {
                try await Harness.run(seed: .file(path: path)) { _ in }
            }
            guard case .seedInvalid(path, index, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("a file that is missing or cut short is an error of its own")
    func unreadableFile() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/seed.json"
            await #expect(throws: SandboxError.fileSystem(path: path, reason: "No such file or directory")) {
                try await Harness.run(seed: .file(path: path)) { _ in }
            }
            try writeFile("[{", to: path)
            let error = await #expect(throws: SandboxError.self) {
                try await Harness.run(seed: .file(path: path)) { _ in }
            }
            guard case .seedSyntax(path, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }
}
