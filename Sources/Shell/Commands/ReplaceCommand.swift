import HookScript
import Session

/// `replace`: one text for another.
enum ReplaceCommand: Command {
    static let declaration = CommandDeclaration(
        "replace", .edit, "replaces a text in every text at and below a path",
        positionals: [
            DeclaredPositional("PATH", .path, "a field or a path"),
            DeclaredPositional("OLD", .text, acceptsSecret: true, "the text to look for"),
            DeclaredPositional("NEW", .text, acceptsSecret: true, "the text to put there"),
        ],
        flags: [DeclaredFlag("regex", "OLD is a regular expression; $1 in NEW stands for its first group")] + .target,
        examples: [
            .init("replace channels.slack.channel_id C0123456789 C0987654321", "moves a Slack channel"),
            .init("replace name '^Team ' 'Squad ' --regex", "renames by pattern"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        _ = try await call.state()
        let name = call.text("PATH")!
        guard let path = try call.fields.resolve(name).path else {
            throw call.usage("\(name) is derived and cannot be changed")
        }
        let old = call.text("OLD")!
        guard !old.isEmpty else { throw call.usage("the text to look for is empty") }
        let new = try call.editValue(call.invocation.argument("NEW")!, as: .text)
        return try await call.stage(.replace(path, old: try pattern(old, call), new: new))
    }

    private static func pattern(_ text: String, _ call: CommandCall) throws -> TextPattern {
        guard call.has("regex") else { return TextPattern(literal: text) }
        let regex = try PatternReplacement(text)
        return TextPattern(regex: text) { text, replacement in regex.replacing(in: text, with: replacement) }
    }
}
