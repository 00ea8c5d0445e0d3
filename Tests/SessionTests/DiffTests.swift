import LosslessJSON
import Session
import Testing
import WebhookModel

@Suite("The difference of two webhooks")
struct DiffTests {
    private func changes(_ change: (inout JSON) -> Void) -> [String] {
        let old = Samples.document(1)
        return DocumentDiff.changes(from: old, to: Samples.document(1, change)).map(\.line)
    }

    @Test("is nothing where they are equal, however they are spelt")
    func equal() {
        #expect(changes { _ in }.isEmpty)
        #expect(changes { $0.put(Samples.json("1"), "x_first") }.isEmpty)
    }

    @Test("names members that were set, added and removed")
    func members() {
        #expect(changes { $0.put("New", "webhook_name") } == [#"webhook_name: "Webhook 1" → "New""#])
        #expect(changes { $0.put(1, "x_new") } == ["x_new: + 1"])
        #expect(changes { $0.drop("x_big") } == ["x_big: - 9007199254740993"])
        #expect(changes { $0.put("web", "x_owner.team") } == [#"x_owner.team: "core" → "web""#])
    }

    @Test("names event types one by one, whatever their order")
    func events() {
        #expect(
            changes { $0.put(["trigger.fired", "object.updated"], "event_types") }
                == [#"event_types: - "object.created""#, #"event_types: + "trigger.fired""#])
        #expect(changes { $0.put(["object.updated", "object.created"], "event_types") }.count == 1)
    }

    @Test("finds a channel again by its identity")
    func channels() {
        let moved = changes { document in
            let first = document.at("channels[0]") ?? .null
            document.drop("channels[0]")
            document.put(first, "channels[1]")
        }
        #expect(moved.count == 1 && moved[0].hasPrefix("channels: "))
        #expect(changes { $0.drop("channels[0]") }.map { String($0.prefix(14)) } == ["channels[0]: -"])
        #expect(changes { $0.put(20, "channels[1].configs.timeout") } == ["channels[1].configs.timeout: 10.0 → 20"])
        // The only one of its kind on both sides is shown as changed.
        #expect(
            changes { $0.put("https://x.example.com", "channels[1].configs.url") }.map { String($0.prefix(25)) }
                == ["channels[1].configs.url: "])
    }

    @Test("of a staged channel that moved to another identity is what was edited")
    func tracked() throws {
        var staged = Staged(key: Samples.key(1), base: Samples.webhook(1))
        _ = try staged.append(Samples.set("channels.slack.channel_id", "C9"))
        #expect(staged.changes.map(\.line) == [#"channels[0].configs.channel_id: "C1" → "C9""#])
    }

    @Test("leaves out what only the server changes, unless asked")
    func serverOwned() {
        let old = Samples.document(1)
        let new = Samples.document(1) { $0.put("2026-01-01T00:00:00Z", "updated_at") }
        #expect(DocumentDiff.changes(from: old, to: new).isEmpty)
        #expect(DocumentDiff.changes(from: old, to: new, includingServerOwned: true).count == 1)
    }

    @Test("of a webhook that comes or goes")
    func whole() {
        let created = DocumentDiff.changes(from: nil, to: Samples.document(1))
        #expect(created.allSatisfy { $0.kind == .added } && created.count == 11)
        let deleted = DocumentDiff.changes(from: Samples.document(1), to: nil)
        #expect(deleted == [Change(path: .root, before: Samples.document(1), after: nil)])
        #expect(DocumentDiff.changes(from: nil, to: nil).isEmpty)
    }

    @Test("flags secrets, and masks them where it is shown")
    func secrets() throws {
        let old = Samples.document(1)
        let new = Samples.document(1) {
            $0.put("xoxb-22222222-efgh", "channels[0].configs.bot_token")
            $0.put("https://hooks.example.com/1?key=0123456789ab", "channels[1].configs.url")
        }
        let changes = DocumentDiff.changes(from: old, to: new)
        let token = try #require(changes.first { $0.path.last == .name("bot_token") })
        #expect(token.isSecret)
        #expect(token.masked.line == #"channels[0].configs.bot_token: "••••abcd" → "••••efgh""#)
        for change in changes { #expect(!change.masked.line.contains("0123456789ab")) }
    }
}

extension Change {
    /// The change in one line, for tests.
    var line: String {
        switch (before, after) {
        case (let before?, let after?): "\(path): \(before) → \(after)"
        case (nil, let after?): "\(path): + \(after)"
        case (let before?, nil): "\(path): - \(before)"
        case (nil, nil): "\(path): nothing"
        }
    }
}
