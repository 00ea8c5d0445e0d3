import HookScript
import Session

/// `remove-channel`: one destination less.
enum RemoveChannelCommand: Command {
    static let declaration = CommandDeclaration(
        "remove-channel", .edit, "removes a channel",
        positionals: [DeclaredPositional("MATCH", .channelMatch, "which: an index, a kind, or kind:key=value")],
        flags: .target,
        examples: [
            .init("remove-channel sms", "the SMS channel"),
            .init("remove-channel email:to_addresses=ops@example.com", "the one with this address"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        try await call.stage(.removeChannel(try ChannelWords.match(call.text("MATCH")!)))
    }
}
