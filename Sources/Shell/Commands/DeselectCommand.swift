import HookScript

/// `deselect`: no selection.
enum DeselectCommand: Command {
    static let declaration = CommandDeclaration(
        "deselect", .choose, "empties the selection", restrictions: .notInEach,
        examples: [.init("deselect", "edits are for the current webhook again")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        try await call.shell.connection.update { $0.deselect() }
        return .nothing
    }
}
