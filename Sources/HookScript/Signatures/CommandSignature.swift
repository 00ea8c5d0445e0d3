/// What the parser must know of a command to read its line, what completion offers on it, and what is checked before
/// the command runs. Its declaration in the host makes it; the language adds nothing of its own.
package struct CommandSignature: Hashable, Sendable {
    package var name: String
    package var aliases: [String]
    package var positionals: [PositionalSignature]
    package var flags: [FlagSignature]
    package var keyValues: KeyValueSignature
    /// Whether `where EXPR` may follow.
    package var takesWhere: Bool
    /// Signatures that take over when the first word is one of their names, as in `secret set NAME`. They see their own
    /// flags and these.
    package var subcommands: [CommandSignature]
    package var restrictions: CommandRestrictions
    /// Whether the rest of the line, after its flags, is a command of its own: `time COMMAND`. See ``Invocation/inner``.
    package var takesCommand: Bool

    package init(
        _ name: String, aliases: [String] = [], positionals: [PositionalSignature] = [], flags: [FlagSignature] = [],
        keyValues: KeyValueSignature = .none, takesWhere: Bool = false, subcommands: [CommandSignature] = [],
        restrictions: CommandRestrictions = [], takesCommand: Bool = false
    ) {
        self.name = name
        self.aliases = aliases
        self.positionals = positionals
        self.flags = flags
        self.keyValues = keyValues
        self.takesWhere = takesWhere
        self.subcommands = subcommands
        self.restrictions = restrictions
        self.takesCommand = takesCommand
    }

    package func flag(named name: String) -> FlagSignature? {
        flags.first { $0.name == name }
    }

    package func subcommand(named name: String) -> CommandSignature? {
        guard var found = subcommands.first(where: { $0.name == name || $0.aliases.contains(name) }) else { return nil }
        found.flags += flags.filter { own in !found.flags.contains { $0.name == own.name } }
        return found
    }

    /// The declaration of the positional at an index; the last takes all the rest if it repeats.
    package func positional(at index: Int) -> PositionalSignature? {
        if index < positionals.count { return positionals[index] }
        return positionals.last.flatMap { $0.arity.repeats ? $0 : nil }
    }
}

/// A word by its place.
package struct PositionalSignature: Hashable, Sendable {
    package enum Arity: Hashable, Sendable {
        case one, optional
        /// Any number, none included; only for the last.
        case many
        /// Any number from one; only for the last.
        case some

        package var repeats: Bool { self == .many || self == .some }
        package var isRequired: Bool { self == .one || self == .some }
    }

    package var name: String
    package var kind: ArgumentKind
    package var arity: Arity
    /// Whether a secret may stand here. Elsewhere it is an error.
    package var acceptsSecret: Bool

    package init(_ name: String, _ kind: ArgumentKind = .text, _ arity: Arity = .one, acceptsSecret: Bool = false) {
        self.name = name
        self.kind = kind
        self.arity = arity
        self.acceptsSecret = acceptsSecret
    }
}

/// A flag: `--name`, `--name=value`, `--name value`, `-n`.
package struct FlagSignature: Hashable, Sendable {
    package struct Value: Hashable, Sendable {
        package var name: String
        package var kind: ArgumentKind
        /// Whether it takes the words after it up to the next flag, `key=value` or `where`: `--events a b`.
        package var isList: Bool
        package var acceptsSecret: Bool

        package init(_ name: String, _ kind: ArgumentKind = .text, isList: Bool = false, acceptsSecret: Bool = false) {
            self.name = name
            self.kind = kind
            self.isList = isList
            self.acceptsSecret = acceptsSecret
        }
    }

    /// Without the dashes.
    package var name: String
    package var short: Character?
    /// nil for a flag that is only there or not.
    package var value: Value?
    /// Whether it may be given more than once.
    package var repeats: Bool

    package init(_ name: String, short: Character? = nil, value: Value? = nil, repeats: Bool = false) {
        self.name = name
        self.short = short
        self.value = value
        self.repeats = repeats
    }
}

/// Which `key=value` words a command takes; for a command that takes none they are plain words.
package enum KeyValueSignature: Hashable, Sendable {
    case none
    /// These keys, and any other if `others`: its value is ``ArgumentKind/inferred`` and may be a secret.
    case declared([KeySignature], others: Bool)

    package static let any = KeyValueSignature.declared([], others: true)

    package func key(named name: String) -> KeySignature? {
        guard case .declared(let keys, let others) = self else { return nil }
        return keys.first { $0.name == name } ?? (others ? KeySignature(name, .inferred, acceptsSecret: true) : nil)
    }
}

package struct KeySignature: Hashable, Sendable {
    package var name: String
    package var kind: ArgumentKind
    package var acceptsSecret: Bool

    package init(_ name: String, _ kind: ArgumentKind = .text, acceptsSecret: Bool = false) {
        self.name = name
        self.kind = kind
        self.acceptsSecret = acceptsSecret
    }
}

/// Where a command may not stand.
package struct CommandRestrictions: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Not inside `each`: `use`, `select`, `profile`.
    package static let notInEach = CommandRestrictions(rawValue: 1)
    /// Not inside `each` with a positional argument: `get ID`.
    package static let notInEachWithArguments = CommandRestrictions(rawValue: 2)
    /// Not inside `$( )`: `commit`.
    package static let notInSubstitution = CommandRestrictions(rawValue: 4)
}

/// Where the parser looks commands up.
package protocol SignatureLookup: Sendable {
    /// The declaration of a command by its name or an alias, nil if there is none.
    func signature(of command: String) -> CommandSignature?
    /// Every name that ``signature(of:)`` knows, for suggestions and completion.
    var commandNames: [String] { get }
    /// Whether `def` may not take a name: by default that of any command.
    func isReserved(_ name: String) -> Bool
    /// What a name stands for where a command is due and no command has it; by default nothing.
    func alias(named name: String) -> Alias?
    /// Every name that ``alias(named:)`` knows, for suggestions and completion.
    var aliasNames: [String] { get }
}

extension SignatureLookup {
    package func isReserved(_ name: String) -> Bool { signature(of: name) != nil }
    package func alias(named name: String) -> Alias? { nil }
    package var aliasNames: [String] { [] }
}
