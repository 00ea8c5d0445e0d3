import HookScript
import LosslessJSON
import Session
import WebhookModel

/// Reads channels and their settings from a command's words.
struct ChannelWords {
    let call: CommandCall

    /// The keys of every known kind with the types the API gives them; any other key is JSON or text.
    static let keys: KeyValueSignature = {
        var seen: Set<String> = []
        let keys = Catalogue.channelKinds.flatMap(\.keys).filter { seen.insert($0.name).inserted }
        return .declared(keys.map { KeySignature($0.name, kind(of: $0), acceptsSecret: true) }, others: true)
    }()

    private static func kind(of key: ConfigKey) -> ArgumentKind {
        switch key.type {
        case .text, .url, .oneOf: .text
        case .seconds: .number
        case .emailAddresses, .phoneNumbers, .textMembers: .inferred
        case .json: .inferred
        }
    }

    /// `key=value` words as config entries for a channel of `kind`.
    func entries(_ keyValues: [Invocation.KeyValue], kind: String?) throws -> [ConfigEntry] {
        try keyValues.map { word in
            let path = try Self.path(word.key)
            return ConfigEntry(path, try value(word.value, at: path, kind: kind))
        }
    }

    static func path(_ key: String) throws(FieldError) -> JSONPath {
        do { return try JSONPath(parsing: key) } catch { throw .malformed(key, reason: .path(error)) }
    }

    private func value(_ argument: Argument, at path: JSONPath, kind: String?) throws -> EditValue {
        let type = configType(of: path, kind: kind)
        let reference = EditValue.reference(of: argument.value)
        switch type {
        case .emailAddresses, .phoneNumbers: return EditValue(list(argument), reference: reference)
        case .textMembers where path.components.count > 1, .text, .url, .oneOf:
            return EditValue(JSON(argument.revealedText), reference: reference)
        case .textMembers, .json, nil: return try call.editValue(argument, as: .inferred)
        case .seconds: return try call.editValue(argument, as: .number)
        }
    }

    private func configType(of path: JSONPath, kind: String?) -> ConfigType? {
        guard case .name(let name)? = path.components.first else { return nil }
        if let kind { return Catalogue.channelKind(kind)?.key(name)?.type }
        return Catalogue.channelKinds.lazy.compactMap { $0.key(name)?.type }.first
    }

    /// A JSON list as it is; else the words between commas.
    private func list(_ argument: Argument) -> JSON {
        let value = argument.value.revealedJSON
        if value.array != nil { return value }
        let text = argument.revealedText
        return JSON(text.split(separator: ",").map { JSON(String($0.trimmingBlanks)) })
    }

    /// A whole channel, `{"channel": …, "configs": {…}}`, or the configs of `kind`.
    func channel(json: JSON, kind: String?, reference: String?) throws -> NewChannel {
        guard let object = json.object else { throw call.usage("a channel in JSON is an object") }
        if let kind, object["configs"] == nil {
            return NewChannel(kind: kind, .configs(EditValue(json, reference: reference)))
        }
        guard let named = object["channel"]?.string, let configs = object["configs"] else {
            throw call.usage(
                "a channel in JSON needs channel and configs", hint: #"{"channel": "slack", "configs": {…}}"#)
        }
        if let kind, kind != named { throw call.usage("the JSON is of kind \(named), not \(kind)") }
        return NewChannel(kind: named, .configs(EditValue(configs, reference: reference)))
    }

    /// The channel, if the argument is one whole in JSON.
    func whole(_ positional: String) throws -> NewChannel? {
        guard let argument = call.invocation.argument(positional) else { return nil }
        let json = argument.value.object.map { JSON($0) } ?? (try? JSON(parsing: argument.revealedText))
        guard let json, json.object != nil else { return nil }
        return try channel(json: json, kind: nil, reference: EditValue.reference(of: argument.value))
    }

    /// An index, a kind, or `kind:key=value`.
    static func match(_ text: String) throws -> ChannelMatch {
        if let index = Int(text), index >= 0 { return .index(index) }
        guard let colon = text.firstIndex(of: ":") else { return .kind(text) }
        let rest = text[text.index(after: colon)...]
        guard let equals = rest.firstIndex(of: "=") else { return .kind(text) }
        let value = String(rest[rest.index(after: equals)...])
        return .property(
            kind: String(text[..<colon]), key: try path(String(rest[..<equals])), value: JSON(value))
    }

    /// The MATCH of a command that also takes `key=value` words: `slack:channel_id=C1` looks like one of those.
    func match(_ positional: String) throws -> (match: ChannelMatch, rest: [Invocation.KeyValue]) {
        var words = call.invocation.keyValues
        if let text = call.text(positional) { return (try Self.match(text), words) }
        guard let index = words.firstIndex(where: { $0.key.contains(":") }) else {
            throw call.usage("no channel is named", hint: "an index, a kind, or kind:key=value")
        }
        let word = words.remove(at: index)
        return (try Self.match(word.key + "=" + word.value.revealedText), words)
    }

    /// A channel's kind; settings that were run together with it are not one, and may be secret.
    static func kind(_ text: String, _ call: CommandCall) throws -> String {
        let isName = !text.isEmpty && !text.contains { ":=,{}".contains($0) || $0.isWhitespace }
        guard isName else {
            throw call.usage("this is no kind of channel", hint: "slack, email, webhook or sms, then KEY=VALUE words")
        }
        return text
    }

    static func kind(of match: ChannelMatch) -> String? {
        switch match {
        case .kind(let kind), .property(let kind, _, _): kind
        case .index, .identity: nil
        }
    }
}
