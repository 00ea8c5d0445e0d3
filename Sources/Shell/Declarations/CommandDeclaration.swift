import HookScript

/// All that is said of a command, once: the parser, completion, `help`, the reference and the man page come from it.
package struct CommandDeclaration: Sendable {
    package let name: String
    package let group: CommandGroup
    /// What it does, in a few words that follow its name: `lists webhooks`.
    package let summary: String
    package let positionals: [DeclaredPositional]
    package let flags: [DeclaredFlag]
    package let keyValues: KeyValueSignature
    /// `where EXPR` may follow.
    package let takesWhere: Bool
    /// The rest of the line, after its flags, is a command of its own.
    package let takesCommand: Bool
    package let subcommands: [CommandDeclaration]
    package let aliases: [String]
    package let restrictions: CommandRestrictions
    /// Which of its words cannot stand together.
    package let rules: [WordRule]
    /// Paragraphs beyond the summary.
    package let details: [String]
    package let examples: [Example]
    /// Beside 0, 1 and 2, which every command has.
    package let exits: [ExitStatus]

    package struct Example: Sendable {
        package let line: String
        package let effect: String

        package init(_ line: String, _ effect: String) {
            self.line = line
            self.effect = effect
        }
    }

    package init(
        _ name: String, _ group: CommandGroup, _ summary: String, positionals: [DeclaredPositional] = [],
        flags: [DeclaredFlag] = [], keyValues: KeyValueSignature = .none, takesWhere: Bool = false,
        takesCommand: Bool = false, subcommands: [CommandDeclaration] = [], aliases: [String] = [],
        restrictions: CommandRestrictions = [], rules: [WordRule] = [],
        details: [String] = [], examples: [Example] = [], exits: [ExitStatus] = []
    ) {
        self.name = name
        self.group = group
        self.summary = summary
        self.positionals = positionals
        self.flags = flags
        self.keyValues = keyValues
        self.takesWhere = takesWhere
        self.takesCommand = takesCommand
        self.subcommands = subcommands
        self.aliases = aliases
        self.restrictions = restrictions
        self.rules = rules
        self.details = details
        self.examples = examples
        self.exits = exits
    }

    package var signature: CommandSignature {
        CommandSignature(
            name, aliases: aliases, positionals: positionals.map(\.signature), flags: flags.map(\.signature),
            keyValues: keyValues, takesWhere: takesWhere, subcommands: subcommands.map(\.signature),
            restrictions: restrictions, takesCommand: takesCommand)
    }
}

/// What people want to do; `help` lists commands by it, in this order.
package enum CommandGroup: String, CaseIterable, Sendable {
    case look = "Look"
    case choose = "Choose"
    case edit = "Edit (staged)"
    case staging = "Staging"
    case write = "Write"
    case move = "Move"
    case script = "Script"
    case session = "Session"
    case plugin = "Plugins"
}

/// A word by its place, with what it is for.
package struct DeclaredPositional: Sendable {
    package let signature: PositionalSignature
    package let summary: String

    package init(
        _ name: String, _ kind: ArgumentKind, _ arity: PositionalSignature.Arity, acceptsSecret: Bool = false,
        _ summary: String
    ) {
        signature = PositionalSignature(name, kind, arity, acceptsSecret: acceptsSecret)
        self.summary = summary
    }

    /// A word that must be there.
    package init(_ name: String, _ kind: ArgumentKind, acceptsSecret: Bool = false, _ summary: String) {
        self.init(name, kind, .one, acceptsSecret: acceptsSecret, summary)
    }
}

/// A flag with what it does.
package struct DeclaredFlag: Sendable {
    package let signature: FlagSignature
    package let summary: String

    /// A flag that is only there or not.
    package init(_ name: String, short: Character? = nil, _ summary: String) {
        signature = FlagSignature(name, short: short)
        self.summary = summary
    }

    /// A flag with a value.
    package init(
        _ name: String, short: Character? = nil, value: String, _ kind: ArgumentKind, isList: Bool = false,
        acceptsSecret: Bool = false, repeats: Bool = false, _ summary: String
    ) {
        signature = FlagSignature(
            name, short: short,
            value: FlagSignature.Value(value, kind, isList: isList, acceptsSecret: acceptsSecret), repeats: repeats)
        self.summary = summary
    }

    /// A flag with text as its value.
    package init(_ name: String, value: String, _ summary: String) {
        self.init(name, value: value, .text, summary)
    }
}
