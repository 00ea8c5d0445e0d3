import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `show`: a webhook, or one place in it, without making it current.
enum ShowCommand: Command {
    static let declaration = CommandDeclaration(
        "show", .look, "shows a webhook, or what stands at a path in it",
        positionals: [
            DeclaredPositional("WEBHOOK", .webhook, .optional, "the webhook; the current one if not given"),
            DeclaredPositional("PATH", .path, .optional, "a field or a path, channels[0].configs.url"),
        ],
        flags: [DeclaredFlag("live", "the server's copy, without staged edits")] + .output + .secrets,
        details: ["With one word that names no webhook, the word is a path in the current webhook."],
        examples: [
            .init("show wh_abc123def4 channels.slack.channel_id", "one value"),
            .init("show events", "the current one's events"),
        ],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let state = try await call.state()
        let (key, path) = try words(call, state)
        guard let row = call.row(key, in: state, live: call.has("live")) else {
            throw ResolutionError.notFound(key.description, nearest: nil)
        }
        guard let path else {
            await call.noteContributedKinds(of: row.webhook)
            return .webhook(row)
        }
        return .part(of: row, at: try call.fields.resolve(path))
    }

    private static func words(_ call: CommandCall, _ state: SessionState) throws -> (WebhookKey, path: String?) {
        guard let first = call.text("WEBHOOK") else { return (try call.webhook("WEBHOOK", in: state), nil) }
        if let path = call.text("PATH") { return (try state.resolve(first), path) }
        do {
            return (try state.resolve(first), nil)
        } catch {
            guard let current = state.current, (try? call.fields.resolve(first)) != nil else { throw error }
            return (current, first)
        }
    }
}
