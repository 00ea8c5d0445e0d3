/// `COMMAND args… [ | external command … ] [ > FILE ]`
package struct CommandStatement: Sendable {
    package enum Item: Sendable {
        case positional(Word)
        indirect case flag(Flag)
        indirect case keyValue(KeyValue)
        case condition(Expression, span: SourceSpan)
        /// `--`: the words after it are plain, whatever they look like.
        case endOfFlags(SourceSpan)
        /// The rest of the line, for a command that takes one: ``CommandSignature/takesCommand``.
        indirect case command(CommandStatement)
    }

    /// `--name`, `--name=value`, `--name value`, `-n`.
    package struct Flag: Sendable {
        /// Without dashes; the declared name if the flag is declared.
        package let name: String
        /// Whether it was written with one dash and nobody knows its long name.
        var isShort = false
        package let span: SourceSpan
        /// Empty for a flag without one; several for a flag that takes a list.
        package let values: [Word]
    }

    package struct KeyValue: Sendable {
        package let key: Word
        package let value: Word
        package let span: SourceSpan
    }

    package struct Redirect: Sendable {
        package let appends: Bool
        package let file: Word
        package let span: SourceSpan
    }

    /// What an alias put at the beginning of the line.
    package struct Expansion: Hashable, Sendable {
        package let alias: String
        /// How many of the items are the alias's; they stand first, all at the place of its name.
        package let items: Int
        /// Whether the subcommand is the alias's too.
        package let holdsSubcommand: Bool
    }

    /// What is called: always literal text; for an alias the command that it stands for.
    package let name: Name
    /// The declaration that the line was read by; nil for a command unknown then.
    let signature: ResolvedSignature?
    package let items: [Item]
    let additions: Rarely<Additions>
    package let span: SourceSpan
}

extension CommandStatement {
    /// What few lines have.
    struct Additions: Sendable {
        var subcommand: Name?
        var expansion: Expansion?
        var redirect: Redirect?
        var pipeline: [[Word]] = []
    }

    /// Whether there is neither a subcommand, an alias, a redirect nor a pipe.
    var hasNoAdditions: Bool { additions.isEmpty }
    /// The subcommand's word, if the signature has such a one.
    package var subcommand: Name? { additions.value?.subcommand }
    /// The alias that was written in place of the name, if one was.
    package var expansion: Expansion? { additions.value?.expansion }
    package var redirect: Redirect? { additions.value?.redirect }
    /// The external commands that follow, each with its words.
    package var pipeline: [[Word]] { additions.value?.pipeline ?? [] }
}

extension CommandStatement {
    /// The command that the rest of the line is, for a command that takes one.
    package var inner: CommandStatement? {
        guard case .command(let command)? = items.last else { return nil }
        return command
    }
}

/// A signature as a line needs it: looked up once, shared by every statement that uses it.
final class ResolvedSignature: Sendable {
    /// That of the subcommand, if one was called.
    let signature: CommandSignature
    /// The declared name of the command, whatever alias was written.
    let command: String
    let subcommand: String?
    /// Both, as a message names what was called.
    let fullName: String
    /// What is asked of the signature at every word.
    let takesWhere: Bool
    let takesKeys: Bool
    private let takesAnyKey: Bool
    let takesCommand: Bool
    let hasSubcommands: Bool
    let restrictions: CommandRestrictions
    private let positionals: [PositionalSignature]
    /// How many positionals there are, and up to which one they must be given.
    let positionalCount: Int
    let requiredCount: Int
    private let flags: [String: FlagSignature]

    init(_ signature: CommandSignature, command: String, subcommand: String? = nil) {
        self.signature = signature
        self.command = command
        self.subcommand = subcommand
        fullName = subcommand.map { command + " " + $0 } ?? command
        takesWhere = signature.takesWhere
        takesCommand = signature.takesCommand
        hasSubcommands = !signature.subcommands.isEmpty
        restrictions = signature.restrictions
        positionals = signature.positionals
        positionalCount = positionals.count
        requiredCount = (positionals.lastIndex { $0.arity.isRequired } ?? -1) + 1
        switch signature.keyValues {
        case .none: (takesKeys, takesAnyKey) = (false, false)
        case .declared(_, let others): (takesKeys, takesAnyKey) = (true, others)
        }
        var flags: [String: FlagSignature] = [:]
        for flag in signature.flags.reversed() {
            flags["--" + flag.name] = flag
            if let short = flag.short { flags["-" + String(short)] = flag }
        }
        self.flags = flags
    }

    /// The declaration of the positional at an index; the last takes all the rest if it repeats.
    func positional(at index: Int) -> PositionalSignature? {
        if index < positionalCount { return positionals[index] }
        return positionals.last.flatMap { $0.arity.repeats ? $0 : nil }
    }

    func takesKey(_ name: String) -> Bool { takesAnyKey || signature.keyValues.key(named: name) != nil }

    /// The flag by its written form: `--name`, or `-n`.
    func flag(written: String) -> FlagSignature? { flags[written] }
}
