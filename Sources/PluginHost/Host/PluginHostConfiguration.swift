import PluginProtocol

/// What a host is given: it looks for none of it.
package struct PluginHostConfiguration: Sendable {
    /// Name and version, for plugins: `hookline 0.1.0`.
    package var hostName: String
    /// Folders of plugins' folders, the first wins.
    package var searchPath: [String]
    package var surroundings: PluginSurroundings
    package var reserved: ReservedNames
    package var deadlines: Deadlines
    /// The longest line that is taken from a plugin, in bytes.
    package var lineLimit: Int
    /// The longest part of a batch, in bytes.
    package var partLimit: Int
    /// Time on a clock that only goes forward.
    package var now: @Sendable () -> Moment
    /// Sixteen or more letters and digits that nobody can guess, new ones each time.
    package var nonce: @Sendable () -> String
    /// Hears what plugins say and what becomes of them.
    package var log: @Sendable (PluginLogEntry) -> Void

    package init(
        hostName: String, searchPath: [String], surroundings: PluginSurroundings, reserved: ReservedNames = .init(),
        deadlines: Deadlines = .standard, lineLimit: Int = Limits.lineLength, partLimit: Int = Limits.partLength,
        now: @escaping @Sendable () -> Moment, nonce: @escaping @Sendable () -> String,
        log: @escaping @Sendable (PluginLogEntry) -> Void = { _ in }
    ) {
        self.hostName = hostName
        self.searchPath = searchPath
        self.surroundings = surroundings
        self.reserved = reserved
        self.deadlines = deadlines
        self.lineLimit = lineLimit
        self.partLimit = partLimit
        self.now = now
        self.nonce = nonce
        self.log = log
    }
}

/// One entry of a plugin's log.
package struct PluginLogEntry: Hashable, Sendable {
    package let plugin: String
    package let time: Moment
    package let note: PluginNote
}

/// What plugins may read of a session.
package protocol PluginServices: Sendable {
    /// All webhooks, with what is staged. The host puts tokens in place of secrets.
    func webhooks() async -> [KeyedDocument]
    func webhook(_ key: String) async -> KeyedDocument?
}

/// The user, as a command of a plugin may talk to them.
package protocol PluginConversation: Sendable {
    /// Text without control characters.
    func print(_ text: String) async
    /// False where nobody can be asked.
    func confirm(_ question: String) async -> Bool
}
