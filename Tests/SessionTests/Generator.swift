import LosslessJSON
import Session
import TestSupport
import WebhookModel

/// Makes documents, edits and foreign changes for properties, from a seed.
struct Generator {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private static let events = [
        "object.created", "object.updated", "trigger.fired", "alert.created", "x.unknown", "*",
    ]
    private static let texts = [#""plain""#, #""caf\u00e9""#, #""a\/b""#, #""""#, #""\ud83d\ude00""#, #""tab\t""#]
    private static let numbers = [
        "0", "1.0", "1e3", "1E+2", "-0", "9007199254740993", "0.10", "12345678901234567890.5",
    ]

    // MARK: Documents

    /// A webhook whose spellings are as odd as JSON allows.
    mutating func document(_ number: Int) -> JSON {
        var members = [
            #""webhook_id":"wh_sample\#(number)""#, #""webhook_name":"Webhook \#(number)""#,
            #""event_types":[\#((0...Int.random(in: 0...3, using: &random)).map { _ in "\"\(pick(Self.events))\"" }.joined(separator: ","))]"#,
            #""channels":[\#(channelTexts().joined(separator: ","))]"#,
            #""x_number":\#(pick(Self.numbers))"#, #""x_text":\#(pick(Self.texts))"#,
            #""x_owner":{"b":\#(pick(Self.numbers)),"a":[\#(pick(Self.numbers)),null]}"#,
        ]
        if chance(70) { members.append(#""is_active":\#(chance(50))"#) }
        if chance(50) { members.append(#""description":\#(pick(Self.texts))"#) }
        if chance(50) { members.append(#""created_at":"2025-01-01T00:00:00Z""#) }
        if chance(30) { members.append(#""delivery_health":{"consecutive_failures":1e0}"#) }
        members.shuffle(using: &random)
        return Samples.json("{" + members.joined(separator: ",") + "}")
    }

    private mutating func channelTexts() -> [String] {
        (0...Int.random(in: 0...3, using: &random)).map { _ in channelText() }
    }

    private mutating func channelText() -> String {
        let number = Int.random(in: 1...4, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            return
                #"{"channel":"slack","configs":{"workspace_id":"T","channel_id":"C\#(number)","username":\#(pick(Self.texts))}}"#
        case 1:
            return
                #"{"configs":{"url":"https://h\#(number).example.com/in","timeout":\#(pick(Self.numbers)),"headers":{"B":"\#(number)","A":\#(pick(Self.texts))}},"channel":"webhook"}"#
        case 2:
            return
                #"{"channel":"email","configs":{"to_addresses":["a\#(number)@example.com"]},"x":\#(pick(Self.numbers))}"#
        default: return #"{"channel":"pager","configs":{"level":\#(pick(Self.numbers)),"n":\#(number)}}"#
        }
    }

    // MARK: Edits

    mutating func edit() -> Edit {
        switch Int.random(in: 0..<16, using: &random) {
        case 0: return Samples.set("active", JSON(chance(50)))
        case 1: return Samples.set("name", JSON("Name \(Int.random(in: 0..<3, using: &random))"))
        case 2: return Samples.set("description", Samples.json(pick(Self.texts)))
        case 3: return Samples.set("x_owner.b", Samples.json(pick(Self.numbers)))
        case 4:
            return .unset(
                Samples.path(pick(["description", "x_owner.a", "channels.webhook.headers.A", "event_types[1]"])))
        case 5, 6: return .addEvents([pick(Self.events), pick(Self.events)])
        case 7: return .removeEvents([EventPattern(pick(Self.events + ["object.*"]))])
        case 8: return .setEvents([pick(Self.events)])
        case 9: return .renameEvent(from: pick(Self.events), to: pick(Self.events))
        case 10: return .addChannel(newChannel())
        case 11: return .setChannel(match(), [.init(["timeout"], EditValue(Samples.json(pick(Self.numbers))))])
        case 12: return .removeChannel(match())
        case 13: return .replace(Samples.path("channels.slack.channel_id"), old: TextPattern(literal: "C1"), new: "C2")
        case 14: return .replace(Samples.path("channels"), old: TextPattern(literal: "example.com"), new: "example.org")
        default: return Samples.set("channels[0].configs.label", Samples.json(pick(Self.texts)))
        }
    }

    private mutating func newChannel() -> NewChannel {
        let number = Int.random(in: 3...6, using: &random)
        return NewChannel(
            kind: "webhook", entries: [.init(["url"], EditValue(JSON("https://h\(number).example.com/in")))])
    }

    private mutating func match() -> ChannelMatch {
        let number = Int.random(in: 0...3, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .index(number)
        case 1: return .kind(pick(["slack", "webhook", "email", "pager"]))
        default: return .property(kind: "slack", key: ["channel_id"], value: JSON("C\(number)"))
        }
    }

    /// Stages edits that succeed, as many as asked for at most.
    mutating func edited(_ base: JSON?, _ count: Int) -> EditedDocument {
        var edited = EditedDocument(base: base)
        for _ in 0..<count { _ = try? edited.apply(edit()) }
        return edited
    }

    /// What somebody else makes of a document: other edits, and what only the server changes.
    mutating func foreign(_ document: JSON, _ count: Int) -> JSON {
        var changed = edited(document, count).document ?? document
        if chance(50) { changed.put("2026-01-01T00:00:00Z", "updated_at") }
        return changed
    }

    // MARK: Sessions

    /// Does one random thing to a session.
    mutating func act(on state: inout SessionState) {
        let keys = state.keys.filter { _ in chance(50) }
        switch Int.random(in: 0..<12, using: &random) {
        case 0: _ = try? state.create(NewWebhook(name: "New", events: [pick(Self.events)], channels: [newChannel()]))
        case 1: if let key = keys.first { _ = try? state.clone(key) }
        case 2: _ = try? state.stage(.delete, on: Array(keys.prefix(1)))
        case 3: state.discard(keys)
        default: _ = try? state.stage(edit(), on: keys)
        }
    }
}
