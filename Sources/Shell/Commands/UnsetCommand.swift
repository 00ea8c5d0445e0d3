import HookScript
import Session

/// `unset`: removes what stands at a path.
enum UnsetCommand: Command {
    static let declaration = CommandDeclaration(
        "unset", .edit, "removes what stands at a path",
        positionals: [DeclaredPositional("PATH", .path, "a field or a path")], flags: .target,
        examples: [
            .init("unset description", "removes the description"),
            .init("unset channels.webhook.headers.X-Old", "removes a header"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        _ = try await call.state()
        let name = call.text("PATH")!
        guard let path = try call.fields.resolve(name).path else {
            throw call.usage("\(name) is derived and cannot be removed")
        }
        return try await call.stage(.unset(path))
    }
}
