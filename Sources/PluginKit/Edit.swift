import PluginProtocol

/// An edit to propose for a webhook: an editing command of the language, as data. The host stages it like the user's own,
/// if `permissions.write` covers what it changes.
public struct Edit: Hashable, Sendable {
    let operation: PatchOperation

    /// Writes a value at a path: `set("channels[0].configs.username", "bot")`.
    public static func set(_ path: String, _ value: Value) -> Edit { Edit(operation: .set(path: path, value.json)) }
    public static func unset(_ path: String) -> Edit { Edit(operation: .unset(path: path)) }
    public static func addEvents(_ names: [String]) -> Edit { Edit(operation: .addEvents(names)) }
    /// Globs pick among what is subscribed.
    public static func removeEvents(_ names: [String]) -> Edit { Edit(operation: .removeEvents(names)) }
    public static func setEvents(_ names: [String]) -> Edit { Edit(operation: .setEvents(names)) }
    public static func renameEvent(_ old: String, to new: String) -> Edit {
        Edit(operation: .renameEvent(from: old, to: new))
    }
    public static func addChannel(_ channel: Channel) -> Edit {
        Edit(operation: .addChannel(kind: channel.kind, configs: channel.configs.json))
    }
    /// Writes into a channel's configs. `match` is an index, a kind, or `kind:key=value`.
    public static func setChannel(_ match: String, _ configs: Value) -> Edit {
        Edit(operation: .setChannel(match: match, configs: configs.json))
    }
    public static func removeChannel(_ match: String) -> Edit { Edit(operation: .removeChannel(match: match)) }
    /// Replaces text in every text at and below a path.
    public static func replace(_ path: String, _ old: String, with new: String) -> Edit {
        Edit(operation: .replace(path: path, from: old, to: Value(new).json))
    }
}

/// The edits for one webhook.
public struct WebhookEdits: Hashable, Sendable {
    public let key: String
    public let edits: [Edit]

    public init(key: String, _ edits: [Edit]) {
        self.key = key
        self.edits = edits
    }

    var edit: PluginEdit { PluginEdit(key: key, patch: edits.map(\.operation)) }
}
