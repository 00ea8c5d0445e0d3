import HookScript
import LosslessJSON
import WebhookModel

/// `grep`: a text, wherever it stands.
enum GrepCommand: Command {
    static let declaration = CommandDeclaration(
        "grep", .look, "finds a text in any field of any webhook",
        positionals: [DeclaredPositional("TEXT", .text, "what to look for")],
        flags: [DeclaredFlag("case-sensitive", short: "s", "tell capital from small letters")] + .output,
        details: [
            "Looks in every text, number and member name. What is secret is not searched, for an answer would tell it."
        ],
        examples: [.init("grep C0123456789", "the webhooks that mention this channel, and where")],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let state = try await call.state()
        let isSensitive = call.has("case-sensitive")
        let wanted = isSensitive ? call.text("TEXT")! : call.text("TEXT")!.lowercased()
        guard !wanted.isEmpty else {
            throw ShellError.usage(
                command: "grep", problem: "the text to look for is empty", hint: "ls lists everything")
        }
        let view = DocumentView(showsSecrets: false, known: state.knownSecrets)
        var rows: [[JSON]] = []
        for row in call.rows(of: state) {
            for leaf in view.leaves(of: view.shown(row.webhook)) {
                let text = leaf.path + "\n" + leaf.text
                guard (isSensitive ? text : text.lowercased()).contains(wanted) else { continue }
                rows.append([JSON(row.key), JSON(Masking.shown(row.webhook.name)), JSON(leaf.path), JSON(leaf.text)])
            }
        }
        let columns = [
            RecordColumn("id", isRigid: true), RecordColumn("name"), RecordColumn("path"), RecordColumn("value"),
        ]
        return .records(columns: columns, rows: rows)
    }
}
