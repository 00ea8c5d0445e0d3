import HookScript
import Session

/// `delete`: removes webhooks at the next commit.
enum DeleteCommand: Command {
    static let declaration = CommandDeclaration(
        "delete", .edit, "stages the deletion of webhooks",
        positionals: [
            DeclaredPositional("WEBHOOK", .webhook, .many, "which; the selection or the current one if not given")
        ],
        flags: .target, rules: [.excludes("WEBHOOK", ["on"])],
        details: ["To stop notifications and keep the configuration, pause instead: set active false."],
        examples: [.init("delete wh_abc123def4", "deletes one at the next commit")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let report = try await call.shell.connection.update { state in
            let named = try call.texts("WEBHOOK").map { try state.resolve($0) }
            return try state.stage(.delete, on: named.isEmpty ? try call.targets(in: state) : named)
        }
        call.tell(report)
        return .nothing
    }
}
