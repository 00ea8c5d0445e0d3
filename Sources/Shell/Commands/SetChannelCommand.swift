import HookScript
import Session

/// `set-channel`: settings of a channel.
enum SetChannelCommand: Command {
    static let declaration = CommandDeclaration(
        "set-channel", .edit, "sets keys of a channel's configs",
        positionals: [
            DeclaredPositional("MATCH", .channelMatch, .optional, "which: an index, a kind, or kind:key=value")
        ],
        flags: .target, keyValues: ChannelWords.keys,
        examples: [
            .init("set-channel slack channel_id=C0987654321", "the Slack channel"),
            .init("set-channel webhook:url=https://a.example/x timeout=30", "the endpoint at this URL"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let words = ChannelWords(call: call)
        let (match, keyValues) = try words.match("MATCH")
        let entries = try words.entries(keyValues, kind: ChannelWords.kind(of: match))
        guard !entries.isEmpty else { throw call.usage("nothing is set", hint: "add KEY=VALUE words") }
        return try await call.stage(.setChannel(match, entries))
    }
}
