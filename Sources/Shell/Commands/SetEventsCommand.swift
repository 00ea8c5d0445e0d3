import HookScript
import Session
import WebhookModel

/// `set-events`: the subscription, exactly.
enum SetEventsCommand: Command {
    static let declaration = CommandDeclaration(
        "set-events", .edit, "makes the subscription exactly this",
        positionals: [DeclaredPositional("EVENT", .eventType, .some, "names, or globs over the catalogue")],
        flags: .target,
        details: ["It is exact: an event type that somebody else adds meanwhile is a conflict at the commit."],
        examples: [.init("set-events object.created object.deleted", "these two and no other")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        try await call.stage(try .settingEvents(call.texts("EVENT").map(EventPattern.init)))
    }
}
