import HookScript
import LosslessJSON

/// `format`: how data is written from now on.
enum FormatCommand: Command {
    static let declaration = CommandDeclaration(
        "format", .session, "shows or sets how data is written",
        positionals: [
            DeclaredPositional(
                "NAME", .choice(OutputFormat.allCases.map(\.rawValue)), .optional, "the format for this session")
        ],
        details: OutputFormat.allCases.map { $0.rawValue + ": " + $0.summary + "." },
        examples: [.init("format json", "writes JSON from now on")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        guard let name = call.text("NAME") else { return .value(JSON(call.shell.format.rawValue)) }
        call.shell.format = OutputFormat(rawValue: name)!
        return .nothing
    }
}
