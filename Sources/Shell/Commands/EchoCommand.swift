import HookScript

/// `echo`: prints its words.
enum EchoCommand: Command {
    static let declaration = CommandDeclaration(
        "echo", .script, "prints its words",
        positionals: [DeclaredPositional("WORD", .text, .many, "what to print")],
        examples: [.init("echo $id $name", "prints the current webhook's id and name")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        // Line ends stay line ends: the words are the user's own; what cannot be shown safely is escaped.
        let text = call.texts("WORD").joined(separator: " ")
        return .text(
            text.split(separator: "\n", omittingEmptySubsequences: false).map { Printable.escaped(String($0)) })
    }
}
