/// A command's line while it is read.
struct CommandLine {
    var name: Name
    var signature: ResolvedSignature?
    var items: [CommandStatement.Item] = []
    /// A subcommand, a redirect, pipes, an alias.
    var additions = Rarely<CommandStatement.Additions>()
    var end: Int
    var positionals = 0
    var flagsEnded = false

    init(name: Name, signature: ResolvedSignature?) {
        self.name = name
        self.signature = signature
        end = name.span.end
    }

    /// The finished line, which began at `start`.
    consuming func statement(from start: Int) -> CommandStatement {
        CommandStatement(
            name: name, signature: signature, items: items, additions: additions, span: SourceSpan(start, end))
    }

    var subcommand: Name? { additions.value?.subcommand }

    mutating func add(_ change: (inout CommandStatement.Additions) -> Void) {
        var changed = additions.value ?? CommandStatement.Additions()
        change(&changed)
        additions.value = changed
    }

    var declaration: CommandSignature? { signature?.signature }
    var takesWhere: Bool { signature?.takesWhere ?? false }
    var takesCommand: Bool { signature?.takesCommand ?? false }
    var takesKeys: Bool { signature?.takesKeys ?? false }

    /// What may stand next on the line.
    func contexts(subcommands: Bool = false) -> [CompletionContext] {
        guard let declaration else { return [.free] }
        if declaration.takesCommand { return [.command, .flagName(of: name.text)] }
        var contexts: [CompletionContext] = []
        if subcommands { contexts.append(.subcommand(of: name.text)) }
        if let positional = declaration.positional(at: positionals) {
            contexts.append(
                .positional(of: name.text, name: positional.name, kind: positional.kind, index: positionals))
        }
        if takesKeys { contexts.append(.key(of: name.text)) }
        if takesWhere { contexts.append(.keyword(["where"])) }
        if !flagsEnded, !declaration.flags.isEmpty { contexts.append(.flagName(of: name.text)) }
        return contexts.isEmpty ? [.free] : contexts
    }
}
