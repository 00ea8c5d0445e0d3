import HookScript
import LosslessJSON
import Session
import WebhookModel

/// Writes staged edits as the commands that make them, without the webhook they are for: what plans, drafts and
/// recordings are made of. Secrets stand in it as references; what can't be said so is an error.
enum EditText {
    enum Failure: Error, Hashable {
        /// A secret was typed, and is known by no reference.
        case literalSecret(at: String)
        /// No command makes exactly this edit.
        case notExpressible
    }

    static func line(_ edit: Edit) throws(Failure) -> String {
        switch edit {
        case .create(let webhook): try create(webhook)
        case .clone(let key, let document): words(["clone", key.description, Webhook(document: document).name])
        case .set(let path, let value):
            "set \(word(path.description)) \(try self.value(value, at: place(path), .inferred))"
        case .unset(let path): words(["unset", path.description])
        case .addEvents(let names): words(["add-event"] + names)
        case .removeEvents(let patterns): words(["remove-event"] + patterns.map(\.text))
        case .setEvents(let names): words(["set-events"] + names)
        case .renameEvent(let old, let new): words(["rename-event", old, new])
        case .addChannel(let channel): "add-channel " + (try self.channel(channel))
        case .setChannel(let match, let entries): "set-channel \(try self.match(match))" + (try keyValues(entries))
        case .removeChannel(let match): "remove-channel \(try self.match(match))"
        case .replace(let path, let old, let new):
            "replace \(word(path.description)) \(word(old.source)) \(try value(new, at: place(path), .text))"
                + (old.isRegex ? " --regex" : "")
        case .delete: "delete"
        case .become: throw .notExpressible
        }
    }

    private static func create(_ webhook: NewWebhook) throws(Failure) -> String {
        var line = words(["create", webhook.name])
        if !webhook.events.isEmpty { line += " --events " + words(webhook.events) }
        if let description = webhook.members[Member.description]?.string {
            line += " --description " + word(description)
        }
        if !webhook.isActive { line += " --paused" }
        for channel in webhook.channels { line += " --channel " + (try self.channel(channel)) }
        return line
    }

    private static func channel(_ channel: NewChannel) throws(Failure) -> String {
        switch channel.content {
        case .entries(let entries): return word(channel.kind) + (try keyValues(entries))
        case .configs(let value):
            if value.isSecret { throw .notExpressible }
            try check(value.json, at: configs)
            return json(["channel": JSON(channel.kind), "configs": value.json])
        }
    }

    private static func keyValues(_ entries: [ConfigEntry]) throws(Failure) -> String {
        var text = ""
        for entry in entries {
            text += " \(entry.key)=" + (try value(entry.value, at: configs.appending(entry.key), .inferred))
        }
        return text
    }

    private static func match(_ match: ChannelMatch) throws(Failure) -> String {
        switch match {
        case .index(let index): return String(index)
        case .kind(let kind): return word(kind)
        case .property(let kind, let key, let value): return try property(kind, key, value)
        case .identity(.slackChannel(let id, _), occurrence: 0): return try property("slack", ["channel_id"], id)
        case .identity(.slackHook(_, let channel?), occurrence: 0): return try property("slack", ["channel"], channel)
        case .identity(.endpoint(let url), occurrence: 0): return try property("webhook", ["url"], url)
        case .identity(.addresses(let kind, _), occurrence: 0): return word(kind)
        case .identity: throw .notExpressible
        }
    }

    private static func property(_ kind: String, _ key: JSONPath, _ value: JSON) throws(Failure) -> String {
        try check(value, at: configs.appending(key))
        return word("\(kind):\(key)=\(value.string ?? value.text())")
    }

    // MARK: Values

    private static let configs: JSONPath = [.name(Member.channels), .index(0), .name(Member.configs)]

    /// A place of the kind that the path leads to, to tell whether secrets live there.
    private static func place(_ path: FieldPath) -> JSONPath {
        JSONPath(
            path.steps.map { step in
                switch step {
                case .name(let name): .name(name)
                case .index(let index): .index(index)
                case .any, .kind: .index(0)
                }
            })
    }

    private static func value(_ value: EditValue, at path: JSONPath, _ kind: ArgumentKind) throws(Failure) -> String {
        if let reference = value.reference {
            guard reference.hasPrefix("secret:") || reference.hasPrefix("env:"), !reference.contains("+") else {
                throw .notExpressible
            }
            return "${\(reference)}"
        }
        try check(value.json, at: path)
        if value.json.object != nil || value.json.array != nil { return json(value.json) }
        guard let text = value.json.string else { return word(value.json.text()) }
        let isTaken = kind == .inferred && (text.hasPrefix("text:") || (try? JSON(parsing: text)) != nil)
        return word(isTaken ? "text:" + text : text)
    }

    private static func check(_ value: JSON, at path: JSONPath) throws(Failure) {
        if SecretPaths.holdsSecret(value, at: path) { throw .literalSecret(at: path.description) }
    }

    /// JSON in which no variable is read.
    private static func json(_ value: JSON) -> String {
        value.text().split(separator: "$", omittingEmptySubsequences: false).joined(separator: "\\$")
    }

    private static func word(_ text: String) -> String { WordPrinter.word(text) }
    private static func words(_ texts: [String]) -> String { texts.map(word).joined(separator: " ") }
}
