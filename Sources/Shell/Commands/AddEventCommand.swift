import HookScript
import Session
import WebhookModel

/// `add-event`: subscribes.
enum AddEventCommand: Command {
    static let declaration = CommandDeclaration(
        "add-event", .edit, "subscribes to event types",
        positionals: [DeclaredPositional("EVENT", .eventType, .some, "names, or globs over the catalogue")],
        flags: .target,
        details: [
            "A name that the catalogue lacks is taken, with a warning and the nearest known one. * alone is the API's own "
                + "wildcard: all events."
        ],
        examples: [
            .init("add-event cluster.execution.failed", "one"), .init("add-event 'object.*'", "all about objects"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        try await call.stage(try .addingEvents(call.texts("EVENT").map(EventPattern.init)))
    }
}
