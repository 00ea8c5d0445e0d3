import HookScript
import Session
import WebhookModel

/// `set`: a field's value.
enum SetCommand: Command {
    static let declaration = CommandDeclaration(
        "set", .edit, "sets a field, or what stands at a path",
        positionals: [
            DeclaredPositional("FIELD", .field, "name, description, active, resource_types, or any path"),
            DeclaredPositional(
                "VALUE", .inferred, acceptsSecret: true, "the value, of the field's type; for a path JSON or text"),
        ],
        flags: .target,
        details: [
            "A value at a path is JSON where it reads as JSON, else text; text:123 forces text. Secrets may be written "
                + "into a channel's configs only."
        ],
        examples: [
            .init("set active false", "pauses the webhook"), .init("set name 'Team Search'", "renames it"),
            .init("set channels.slack.channel_id C0123456789", "at every Slack channel"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        // The list is read first: what it holds are fields as well.
        _ = try await call.state()
        let name = call.text("FIELD")!
        let field = try call.fields.resolve(name)
        guard let path = field.path else {
            throw call.usage("\(name) is derived and cannot be set", hint: "set a path below channels instead")
        }
        guard field != .events else {
            throw call.usage("events is a list", hint: "use set-events, add-event or remove-event")
        }
        let value = try call.editValue(call.invocation.argument("VALUE")!, as: kind(of: field))
        return try await call.stage(.set(path, value))
    }

    private static func kind(of field: Field) -> ArgumentKind {
        switch field.type {
        case .text: .text
        case .boolean: .boolean
        case .number: .number
        case .time: .text
        case .texts: .json
        case .json: .inferred
        }
    }
}
