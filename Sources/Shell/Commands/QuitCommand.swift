import HookScript

/// `quit`: leaves.
enum QuitCommand: Command {
    static let declaration = CommandDeclaration(
        "quit", .session, "leaves; refuses once while edits are staged",
        details: [
            "Edits staged at the prompt and not committed stay as a draft, which draft restore brings back. Ctrl-D does "
                + "the same."
        ],
        examples: [.init("quit", "leaves")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        try await call.shell.confirmLeaving()
        call.shell.isLeaving = true
        throw ShellError.quit
    }
}
