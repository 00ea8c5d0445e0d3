import HookScript
import Session

/// `redo`: brings back what was undone.
enum RedoCommand: Command {
    static let declaration = CommandDeclaration(
        "redo", .staging, "brings back what was undone last",
        positionals: [DeclaredPositional("N", .integer, .optional, "how many commands; 1 if not given")],
        examples: [.init("redo", "the edit undone last")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let count = try UndoCount.read(call)
        let report = try await call.shell.connection.update { $0.redo(count) }
        UndoCount.tell(report, verb: "redone", call)
        return .nothing
    }
}
