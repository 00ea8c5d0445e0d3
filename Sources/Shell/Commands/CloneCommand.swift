import HookScript
import LosslessJSON

/// `clone`: a copy.
enum CloneCommand: Command {
    static let declaration = CommandDeclaration(
        "clone", .edit, "stages a copy of a webhook and makes it current",
        positionals: [
            DeclaredPositional("WEBHOOK", .webhook, "the webhook to copy"),
            DeclaredPositional("NAME", .text, .optional, "the copy's name; the same if not given"),
        ],
        examples: [.init("clone wh_abc123def4 'Engineering Slack Alerts, staging'", "a copy under another name")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let (key, report) = try await call.shell.connection.update { state in
            let source = try call.webhook("WEBHOOK", in: state)
            return try state.clone(source, name: call.text("NAME"))
        }
        for line in StagingNotes.lines(report) { call.shell.messages.note(line) }
        try await call.tellOfSelection()
        return .value(JSON(key.description))
    }
}
