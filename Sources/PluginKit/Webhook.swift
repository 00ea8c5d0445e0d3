import PluginProtocol

/// A webhook as the host shows it: tokens stand in place of secrets.
public struct Webhook: Hashable, Sendable {
    /// What the session calls it: its id, or `new:1`.
    public let key: String
    public let document: Value

    public init(key: String, document: Value) {
        self.key = key
        self.document = document
    }

    init(_ document: KeyedDocument) { self.init(key: document.key, document: Value(document.value)) }

    public var name: String { document["webhook_name"]?.string ?? "" }
    public var isActive: Bool { document["is_active"]?.bool ?? true }
    public var eventTypes: [String] { document["event_types"]?.array?.compactMap(\.string) ?? [] }
    public var channels: [Channel] { (document["channels"]?.array ?? []).map(Channel.init) }

    /// Whether an event of this type reaches it.
    public func receives(_ eventType: String) -> Bool { eventTypes.contains(eventType) || eventTypes.contains("*") }
}

/// One channel of a webhook: `{channel, configs}`.
public struct Channel: Hashable, Sendable {
    public let kind: String
    public let configs: Value

    public init(kind: String, configs: Value) {
        self.kind = kind
        self.configs = configs
    }

    init(_ value: Value) { self.init(kind: value["channel"]?.string ?? "", configs: value["configs"] ?? [:]) }
}

/// A change that a commit would make.
public struct Change: Hashable, Sendable {
    public enum Operation: Hashable, Sendable { case create, update, delete }

    public let key: String
    public let operation: Operation
    /// nil for a webhook to be created.
    public let before: Webhook?
    /// nil for one to be deleted.
    public let after: Webhook?
    /// Where they differ.
    public let paths: [String]

    init(_ change: PolicyChange) {
        key = change.key
        operation =
            switch change.operation {
            case .create: .create
            case .update: .update
            case .delete: .delete
            }
        before = change.before.map { Webhook(key: change.key, document: Value($0)) }
        after = change.after.map { Webhook(key: change.key, document: Value($0)) }
        paths = change.paths
    }
}

/// Something to say about a change or a channel.
public struct Finding: Hashable, Sendable {
    public enum Level: Hashable, Sendable {
        /// The commit may not go on, unless the user overrides the policy by name.
        case deny
        case warn
    }

    /// The webhook; nil where it is about all of them.
    public var key: String?
    public var level: Level
    /// A short name: `no-wildcards`.
    public var rule: String
    public var path: String?
    public var message: String

    public init(key: String? = nil, level: Level, rule: String, path: String? = nil, message: String) {
        self.key = key
        self.level = level
        self.rule = rule
        self.path = path
        self.message = message
    }

    var finding: PluginFinding {
        PluginFinding(key: key, level: level == .deny ? .deny : .warn, rule: rule, path: path, message: message)
    }
}

/// A channel to validate.
public struct ChannelToCheck: Hashable, Sendable {
    public let key: String
    /// Its place among the webhook's channels.
    public let index: Int
    public let configs: Value
}
