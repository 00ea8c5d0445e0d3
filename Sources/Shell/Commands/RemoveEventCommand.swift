import HookScript
import Session
import WebhookModel

/// `remove-event`: unsubscribes.
enum RemoveEventCommand: Command {
    static let declaration = CommandDeclaration(
        "remove-event", .edit, "unsubscribes from event types",
        positionals: [DeclaredPositional("EVENT", .eventType, .some, "names, or globs over what is subscribed")],
        flags: .target,
        examples: [.init("remove-event 'trigger.*'", "all about triggers")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        try await call.stage(.removeEvents(call.texts("EVENT").map(EventPattern.init)))
    }
}
