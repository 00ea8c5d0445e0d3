import HookScript

/// `refresh`: reads the list again.
enum RefreshCommand: Command {
    static let declaration = CommandDeclaration(
        "refresh", .look, "reads the webhooks from the server again; staged edits stay",
        examples: [.init("refresh", "sees what others did")], exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let count = try await call.shell.connection.refresh()
        call.shell.messages.note("\(count) webhooks.")
        return .nothing
    }
}
