import HookScript
import Session

/// `get`: one webhook, which becomes the current one.
enum GetCommand: Command {
    static let declaration = CommandDeclaration(
        "get", .look, "shows a webhook and makes it the current one",
        positionals: [DeclaredPositional("WEBHOOK", .webhook, .optional, "the webhook; the current one if not given")],
        flags: [DeclaredFlag("live", "the server's copy, without staged edits")] + .output + .secrets,
        restrictions: .notInEachWithArguments,
        details: [
            "WEBHOOK is an exact id, else an exact name, else a unique prefix of an id; new:1 is one that was created "
                + "here and not sent yet."
        ],
        examples: [
            .init("get wh_abc123def4", "by its id"), .init("get 'Engineering Slack Alerts'", "by its name"),
            .init("get --json", "the current one as JSON"),
        ],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let key = try await call.shell.connection.update { state in
            let key = try call.webhook("WEBHOOK", in: state)
            try state.use(key)
            return key
        }
        let state = try await call.state()
        guard let row = call.row(key, in: state, live: call.has("live")) else {
            throw ResolutionError.notFound(key.description, nearest: nil)
        }
        await call.noteContributedKinds(of: row.webhook)
        return .webhook(row)
    }
}
