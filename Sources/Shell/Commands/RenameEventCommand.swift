import HookScript
import Session

/// `rename-event`: one event type in another's place.
enum RenameEventCommand: Command {
    static let declaration = CommandDeclaration(
        "rename-event", .edit, "puts one event type in another's place",
        positionals: [
            DeclaredPositional("OLD", .eventType, "the type subscribed now"),
            DeclaredPositional("NEW", .eventType, "the type to subscribe instead"),
        ],
        flags: .target,
        examples: [
            .init("rename-event batch.completed collection.documents.batch_completed", "follows the API's new name")
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        try await call.stage(.renameEvent(from: call.text("OLD")!, to: call.text("NEW")!))
    }
}
