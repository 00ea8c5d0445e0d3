import HookScript
import Session
import WebhookModel

/// `add-channel`: one more destination.
enum AddChannelCommand: Command {
    static let declaration = CommandDeclaration(
        "add-channel", .edit, "adds a channel",
        positionals: [
            DeclaredPositional(
                "KIND", .channelKind, acceptsSecret: true,
                "slack, email, webhook, sms, a kind of one's own, or the whole channel as JSON"),
            DeclaredPositional("JSON", .json, .optional, acceptsSecret: true, "the configs, or the whole channel"),
        ],
        flags: .target, keyValues: ChannelWords.keys,
        examples: [
            .init("add-channel slack channel_id=C0123456789 bot_token=${secret:SLACK_TOKEN}", "a Slack channel"),
            .init("add-channel email to_addresses=ops@example.com,audit@example.com", "two addresses"),
            .init("add-channel webhook url=https://example.com/hook headers.X-Team=search", "an HTTP endpoint"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let words = ChannelWords(call: call)
        if let whole = try words.whole("KIND") {
            guard call.invocation.keyValues.isEmpty, call.invocation.argument("JSON") == nil else {
                throw call.usage("the JSON is the whole channel; nothing can follow it")
            }
            return try await call.stage(.addChannel(try await call.lowered(whole)))
        }
        let kind = try ChannelWords.kind(call.text("KIND")!, call)
        guard let json = call.invocation.argument("JSON") else {
            let entries = try words.entries(call.invocation.keyValues, kind: kind)
            guard !entries.isEmpty else {
                throw call.usage("the channel has no settings", hint: "add KEY=VALUE words, or JSON")
            }
            let channel = NewChannel(kind: kind, entries: entries)
            return try await call.stage(.addChannel(try await call.lowered(channel)))
        }
        guard call.invocation.keyValues.isEmpty else {
            throw call.usage("give either JSON or KEY=VALUE words, not both")
        }
        let channel = try words.channel(
            json: json.value.revealedJSON, kind: kind, reference: EditValue.reference(of: json.value))
        return try await call.stage(.addChannel(try await call.lowered(channel)))
    }
}
