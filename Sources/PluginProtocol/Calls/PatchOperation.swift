import LosslessJSON

/// One edit that a plugin proposes for a webhook: an editing command of the language, as data.
///
/// | `op` | members |
/// | --- | --- |
/// | `set` | `path`, `value` |
/// | `unset` | `path` |
/// | `add-event`, `remove-event`, `set-events` | `value`: a name or a list of names |
/// | `rename-event` | `from`, `value` |
/// | `add-channel` | `value`: `{channel, configs}` |
/// | `set-channel` | `path`: an index, a kind or `kind:key=value`; `value`: keys with their values |
/// | `remove-channel` | `path` as for `set-channel` |
/// | `replace` | `path`, `from`, `value` |
package enum PatchOperation: Hashable, Sendable {
    case set(path: String, JSON)
    case unset(path: String)
    case addEvents([String])
    case removeEvents([String])
    case setEvents([String])
    case renameEvent(from: String, to: String)
    case addChannel(kind: String, configs: JSON)
    case setChannel(match: String, configs: JSON)
    case removeChannel(match: String)
    case replace(path: String, from: String, to: JSON)

    /// The name of the command.
    package var name: String {
        switch self {
        case .set: "set"
        case .unset: "unset"
        case .addEvents: "add-event"
        case .removeEvents: "remove-event"
        case .setEvents: "set-events"
        case .renameEvent: "rename-event"
        case .addChannel: "add-channel"
        case .setChannel: "set-channel"
        case .removeChannel: "remove-channel"
        case .replace: "replace"
        }
    }

    /// What it writes; nil for what only takes away.
    package var value: JSON? {
        switch self {
        case .set(_, let value), .replace(_, _, let value): value
        case .addChannel(_, let configs), .setChannel(_, let configs): configs
        case .addEvents(let names), .removeEvents(let names), .setEvents(let names): JSON(names.map { JSON($0) })
        case .renameEvent(_, let name): JSON(name)
        case .unset, .removeChannel: nil
        }
    }
}

/// The operations for one webhook.
package struct PluginEdit: Hashable, Sendable {
    package let key: String
    package let patch: [PatchOperation]

    package init(key: String, patch: [PatchOperation]) {
        self.key = key
        self.patch = patch
    }

    init(_ shape: Shape) throws(ShapeError) {
        key = try shape.text("key")
        patch = try shape.list("patch", of: PatchOperation.init)
    }

    package var json: JSON { ["key": JSON(key), "patch": JSON(patch.map(\.json))] }
}
