import HookScript

/// `use`: the current webhook.
enum UseCommand: Command {
    static let declaration = CommandDeclaration(
        "use", .choose, "makes a webhook the current one, without showing it",
        positionals: [DeclaredPositional("WEBHOOK", .webhook, "the webhook")],
        restrictions: .notInEach,
        examples: [.init("use wh_abc123def4", "edits are for this one from now on, unless webhooks are selected")],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        try await call.shell.connection.update { state in
            let key = try call.webhook("WEBHOOK", in: state)
            try state.use(key)
        }
        try await call.tellOfSelection()
        return .nothing
    }
}
