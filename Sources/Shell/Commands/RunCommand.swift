import HookScript
import LosslessJSON

/// `run`: a script file.
enum RunCommand: Command {
    static let declaration = CommandDeclaration(
        "run", .script, "runs a script file",
        positionals: [
            DeclaredPositional("FILE", .file, "the script; a relative path starts at the running script's folder"),
            DeclaredPositional("ARG", .text, .many, "its $1, $2, …"),
        ],
        flags: [DeclaredFlag("check", "report what is wrong with it, and run nothing")],
        keyValues: .any,
        details: ["NAME=VALUE words set the script's variables. It stops at the first command that fails."],
        examples: [
            .init("run scripts/batch/pause-all.hook", "pauses every webhook"),
            .init("run move.hook old=C0123456789 new=C0987654321", "with two variables"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        var variables: [String: Value] = [:]
        for word in call.invocation.keyValues { variables[word.key] = word.value.value }
        let request = ScriptRequest(
            path: call.text("FILE")!, arguments: call.invocation.arguments("ARG").map(\.value), variables: variables,
            isCheck: call.has("check"))
        try await ScriptRunner(shell: call.shell).run(request)
        return .nothing
    }
}
