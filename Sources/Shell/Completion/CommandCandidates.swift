import HookScript

/// Commands and what begins a statement, their subcommands and flags: from the declarations and the grammar.
struct CommandCandidates {
    let signatures: any SignatureLookup
    /// What the enabled plugins contribute.
    var contributed: [CommandDeclaration] = []

    /// The commands, those that the session defined, then aliases.
    var commands: [CompletionItem] {
        let declared = CommandTable.declarations.map { CompletionItem($0.name, $0.summary) }
        let aliases = CommandTable.declarations.flatMap { declaration in
            declaration.aliases.map { CompletionItem($0, "the same as " + declaration.name) }
        }
        let plugins = contributed.map { CompletionItem($0.name, $0.summary) }
        let known = Set((declared + aliases + plugins).map(\.text))
        let others = signatures.commandNames.filter { !known.contains($0) }.map { CompletionItem($0, "defined here") }
        let own = signatures.aliasNames.filter { !known.contains($0) }.map { CompletionItem($0, "an alias") }
        return declared + plugins + others + own + aliases
    }

    static let statements: [CompletionItem] = [
        ("let", "names a value"), ("unlet", "forgets one"), ("if", "runs a block under a condition"),
        ("for", "runs a block for each of a list"), ("each", "runs a block for each webhook"),
        ("def", "defines a command"), ("try", "goes on after an error"), ("assert", "fails unless it holds"),
        ("wait", "waits"), ("exit", "ends with a status; leaves the prompt"), ("param", "what a script asks for"),
        ("requires", "the version a script needs"),
    ].map { CompletionItem($0.0, $0.1, isLiteral: true) }

    static func subcommands(of name: String) -> [CompletionItem] {
        (CommandTable.declaration(named: name)?.subcommands ?? []).map { CompletionItem($0.name, $0.summary) }
    }

    /// The flags that are not given yet, or may be given again.
    static func flags(of declaration: CommandDeclaration?, statement: [String]) -> [CompletionItem] {
        guard let declaration else { return [] }
        let sub = declaration.subcommands.first { sub in
            statement.dropFirst().first.map { sub.name == $0 || sub.aliases.contains($0) } ?? false
        }
        let given = Set(statement.map { String($0.prefix { $0 != "=" }) })
        return ((sub?.flags ?? []) + declaration.flags)
            .filter { $0.signature.repeats || !given.contains("--" + $0.signature.name) }
            .map { CompletionItem("--" + $0.signature.name, $0.summary, isLiteral: true) }
    }
}
