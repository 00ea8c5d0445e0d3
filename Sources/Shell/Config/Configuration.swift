/// What `config.yaml` says.
package struct Configuration: Hashable, Sendable {
    /// The profile used when none is named.
    package var defaultProfile: String?
    /// In the file's order.
    package var profiles: [Profile]
    /// A shell command line that prints the secret named by its first argument; instead of the secrets file.
    package var secretCommand: String?

    package init(defaultProfile: String? = nil, profiles: [Profile] = [], secretCommand: String? = nil) {
        self.defaultProfile = defaultProfile
        self.profiles = profiles
        self.secretCommand = secretCommand
    }

    package func profile(named name: String) -> Profile? { profiles.first { $0.name == name } }

    /// Whether the file that says this must be private.
    package var holdsKey: Bool {
        profiles.contains { if case .literal = $0.key { true } else { false } }
    }
}

/// Why `config.yaml` cannot be used: where, and what about it.
package struct ConfigurationError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case syntax(String)
        case notAMapping(String)
        case unknownMember(String, nearest: String?)
        case duplicateMember(String)
        case badValue(member: String, expected: String)
        case missing(member: String)
        case keyAndCommand
        case badProfileName(String)
        case unknownDefault(String, nearest: String?)
        /// The file holds a key and others may read it.
        case tooOpen(mode: UInt32)
        /// Somebody else may have written the file, which names commands to run and hosts to send the key to.
        case untrusted(mode: UInt32, isOwn: Bool)
        case unreadable(FileError.Reason)
        case tooLarge
        /// It is right, but written so that it can't be changed by lines; nothing was changed.
        case notEditable(ConfigurationObstacle)
    }

    package var path: String
    package var line: Int?
    package var reason: Reason

    package init(path: String, line: Int? = nil, reason: Reason) {
        self.path = path
        self.line = line
        self.reason = reason
    }
}

/// What keeps `config.yaml` from being changed by lines.
package enum ConfigurationObstacle: Hashable, Sendable {
    /// Members in braces.
    case flow(String)
    /// `&name` and `*name`: one line that stands for several.
    case anchor
    /// A value with a tag.
    case property(String)
    /// A value in quotes, or without, that goes on in the next line.
    case severalLines(String)
    /// `? name`, or a name behind something else.
    case explicitName(String)
    case tab
    /// There is no such member.
    case absent(String)
    /// Read back, the text would hold something else.
    case unforeseen
}
