/// One kind of notification channel, with the keys its `configs` are known to hold.
package struct ChannelKind: Hashable, Sendable {
    package let name: String
    package let keys: [ConfigKey]
    /// The dates at which the API's documents list the kind.
    package let versions: Set<APIVersion>

    /// The key of this name.
    package func key(_ name: String) -> ConfigKey? { keys.first { $0.name == name } }
}

/// One key of a channel's `configs`.
package struct ConfigKey: Hashable, Sendable {
    package let name: String
    package let type: ConfigType
    package let requirement: Requirement
    package let secrecy: Secrecy

    /// Whether a channel must hold the key.
    package enum Requirement: Hashable, Sendable {
        case optional
        /// Required by the schema.
        case required
        /// Required by the schema unless one of these keys stands in for it, as the API's own examples do.
        case requiredUnless([String])
    }

    /// What of the value must not be shown.
    package enum Secrecy: Hashable, Sendable {
        case plain
        /// The whole value.
        case whole
        /// Every value of the object.
        case members
        /// The userinfo and the query of the URL, and the path of a chat's incoming hook.
        case urlParts
    }
}

/// What a config value is expected to be.
package enum ConfigType: Hashable, Sendable {
    case text
    case url
    /// A list of e-mail addresses.
    case emailAddresses
    /// A list of phone numbers in E.164 form.
    case phoneNumbers
    /// One of these words.
    case oneOf([String])
    /// An object of text values.
    case textMembers
    /// A number of seconds.
    case seconds
    /// Free JSON.
    case json
}
