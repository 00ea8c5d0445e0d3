import WebhookModel

/// `unalias`: forgets aliases.
enum UnaliasCommand: Command {
    static let declaration = CommandDeclaration(
        "unalias", .script, "forgets aliases",
        positionals: [DeclaredPositional("NAME", .alias, .some, "which")],
        examples: [.init("unalias paused", "the name means nothing any more")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let names = call.texts("NAME")
        var aliases = call.shell.aliases
        for name in names where aliases[name] == nil {
            throw ShellError.unknownAlias(name, nearest: Nearest.name(name, among: aliases.keys.sorted()))
        }
        for name in names { aliases[name] = nil }
        call.shell.aliases = aliases
        return .nothing
    }
}
