import LosslessJSON
import PluginProtocol
import Session
import Testing
import WebhookModel

@testable import PluginHost

@Suite("What a plugin may edit")
struct EditReviewTests {
    private let tokens = SecretTokens(nonce: "n0nce")
    private static let document: JSON = [
        "webhook_id": "wh_1", "webhook_name": "Team", "event_types": ["a.b"], "is_active": true,
        "channels": [
            ["channel": "slack", "configs": ["bot_token": "s3cret", "channel_id": "C1", "username": "bot"]],
            ["channel": "webhook", "configs": ["url": "https://h.example/x", "headers": ["X-Key": "k3y"]]],
            ["channel": "webhook", "configs": ["url": "https://u:pw@h.example/y?q=1"]],
            ["channel": "email", "configs": ["to_addresses": ["a@b.example"], "subject_template": "s"]],
        ],
    ]

    private func review(
        _ patch: [PatchOperation], write: [String] = ["**"], key: String = "wh_1"
    ) throws(EditRejection) -> ReviewedEdit {
        let review = EditReview(
            permissions: Permissions(write: write.compactMap(PathGlob.init)), tokens: tokens,
            visibility: .tokensOnly)
        return try review.review(PluginEdit(key: key, patch: patch), document: Self.document, apply: Staging.apply)
    }

    private func seen(_ path: String) throws -> JSON {
        try #require(tokens.encoded(Self.document, .tokensOnly)[JSONPath(parsing: path)])
    }

    @Test("a token put back at its own place is the secret again")
    func putBack() throws {
        let token = try seen("channels[0].configs.bot_token")
        let edit = try review([
            .set(path: "channels[0].configs.bot_token", token),
            .setChannel(match: "0", configs: ["username": "other", "bot_token": token]),
        ])
        #expect(edit.operations.map(\.holdsSecret) == [true, true])
        #expect(edit.operations[0].operation == .set(path: "channels[0].configs.bot_token", "s3cret"))
        #expect(edit.operations[1].operation.value?["bot_token"] == "s3cret")
    }

    @Test("a URL with tokens put back whole is the URL again")
    func wholeURL() throws {
        let url = try seen("channels[2].configs.url")
        let edit = try review([.set(path: "channels[2].configs.url", url)])
        #expect(edit.operations[0].operation == .set(path: "channels[2].configs.url", "https://u:pw@h.example/y?q=1"))
    }

    @Test("a channel moved with its secrets keeps them")
    func moved() throws {
        let slack = try seen("channels[0]")
        let edit = try review([
            .removeChannel(match: "0"), .addChannel(kind: "slack", configs: try #require(slack["configs"])),
        ])
        #expect(edit.operations[1].operation.value?["bot_token"] == "s3cret")
    }

    @Test(
        "a token anywhere else is refused",
        arguments: [
            ("webhook_name", "channels[0].configs.bot_token"),
            ("channels[0].configs.username", "channels[0].configs.bot_token"),
            ("channels[1].configs.headers.X-Other", "channels[1].configs.headers.X-Key"),
            ("channels[1].configs.headers.X-Key", "channels[0].configs.bot_token"),
            ("channels[3].configs.subject_template", "channels[3].configs.to_addresses[0]"),
            ("channels[1].configs.url", "channels[2].configs.url"),
        ])
    func elsewhere(_ target: String, _ source: String) throws {
        let token = try seen(source)
        #expect {
            try review([.set(path: target, token)])
        } throws: { error in
            guard case .secretMoved("wh_1", _)? = error as? EditRejection else { return false }
            return true
        }
    }

    @Test("a secret may not come along to another destination, even untouched")
    func destinationChanged() throws {
        #expect(throws: EditRejection.secretMoved(key: "wh_1", path: ["channels", 1, "configs", "headers", "X-Key"])) {
            try review([.set(path: "channels[1].configs.url", "https://evil.example/")])
        }
        #expect(throws: EditRejection.self) { try review([.set(path: "channels[0].configs.channel_id", "C2")]) }
    }

    @Test("a token in a text, a path, a match or an event is refused")
    func inText() throws {
        let token = try #require(try seen("channels[0].configs.bot_token").string)
        let patches: [PatchOperation] = [
            .set(path: "description", JSON("see \(token)")), .set(path: "channels[0].configs.\(token)", "x"),
            .setChannel(match: "slack:bot_token=\(token)", configs: [:]), .addEvents([token]),
            .replace(path: "webhook_name", from: "Team", to: JSON(token)),
            .replace(path: "webhook_name", from: token, to: "x"),
            .setChannel(match: "0", configs: [token: "x"] as JSON),
            .set(path: "channels[1].configs.url", JSON("https://evil.example/?\(token)")),
        ]
        for patch in patches {
            #expect(throws: EditRejection.tokenInText(key: "wh_1", operation: 0), "\(patch)") { try review([patch]) }
        }
    }

    @Test("a token of another session is no text to be written")
    func foreign() {
        #expect(throws: EditRejection.tokenInText(key: "wh_1", operation: 0)) {
            try review([.set(path: "channels[0].configs.bot_token", "hks_another_0")])
        }
    }

    @Test("what was not granted may not be written, by whatever operation")
    func permissions() throws {
        let write = ["channels.*.configs"]
        _ = try review([.set(path: "channels[0].configs.username", "x")], write: write)
        _ = try review([.setChannel(match: "slack", configs: ["username": "x"])], write: write)
        let refused: [PatchOperation] = [
            .set(path: "webhook_name", "x"), .set(path: "active", false), .set(path: "active", true),
            .addEvents(["x.y"]),
            .addEvents(["a.b"]), .setEvents(["*"]), .renameEvent(from: "a.b", to: "c.d"), .unset(path: "description"),
            .set(path: "description", "x"), .addChannel(kind: "sms", configs: [:]), .removeChannel(match: "email"),
            .set(path: "channels[0].channel", "email"), .replace(path: "webhook_name", from: "Team", to: "x"),
            .set(path: "brand_new", 1),
        ]
        for patch in refused where patch != .unset(path: "description") {
            #expect(throws: EditRejection.self, "\(patch)") { try review([patch], write: write) }
        }
        #expect(throws: EditRejection.self) { try review([.set(path: "active", true)], write: []) }
    }

    @Test("what does not apply is refused")
    func doesNotApply() {
        #expect {
            try review([.set(path: "webhook_id", "wh_2")])
        } throws: { error in
            guard case .doesNotApply("wh_1", _)? = error as? EditRejection else { return false }
            return true
        }
        #expect(throws: EditRejection.invalidPath(key: "wh_1", path: "a..b")) { try review([.set(path: "a..b", 1)]) }
    }

    @Test("edits that name no secret pass as they are")
    func plain() throws {
        let patch: [PatchOperation] = [
            .set(path: "webhook_name", "New"), .addEvents(["c.d"]), .removeChannel(match: "slack"),
            .addChannel(kind: "webhook", configs: ["url": "https://new.example/"]),
        ]
        let edit = try review(patch)
        #expect(edit.operations.map(\.operation) == patch)
        #expect(edit.operations.allSatisfy { !$0.holdsSecret })
    }
}

/// Applies operations as a session stages them.
enum Staging {
    static func apply(_ document: JSON, _ patch: [PatchOperation]) throws -> JSON {
        var edited = EditedDocument(base: document)
        for operation in patch { _ = try edited.apply(edit(operation, document)) }
        return edited.document ?? .null
    }

    private static func edit(_ operation: PatchOperation, _ document: JSON) throws -> Edit {
        switch operation {
        case .set(let path, let value): return .set(try field(path, document), EditValue(value))
        case .unset(let path): return .unset(try field(path, document))
        case .addEvents(let names): return .addEvents(names)
        case .removeEvents(let names): return .removeEvents(names.map(EventPattern.init))
        case .setEvents(let names): return .setEvents(names)
        case .renameEvent(let old, let new): return .renameEvent(from: old, to: new)
        case .addChannel(let kind, let configs):
            return .addChannel(NewChannel(kind: kind, .configs(EditValue(configs))))
        case .setChannel(let text, let configs):
            return .setChannel(
                match(text), (configs.object ?? [:]).map { ConfigEntry([.name($0.name)], EditValue($0.value)) })
        case .removeChannel(let text): return .removeChannel(match(text))
        case .replace(let path, let old, let new):
            return .replace(try field(path, document), old: TextPattern(literal: old), new: EditValue(new))
        }
    }

    private static func match(_ text: String) -> ChannelMatch { Int(text).map { .index($0) } ?? .kind(text) }

    private static func field(_ path: String, _ document: JSON) throws -> FieldPath {
        try #require(FieldPath(pluginPath: path, in: document))
    }
}
