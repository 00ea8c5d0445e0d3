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
        flags: [
            DeclaredFlag("check", "report what is wrong with it, and run nothing"),
            DeclaredFlag("allow-exec", "let its pipes run other programs"),
        ],
        keyValues: .any,
        details: [
            "NAME=VALUE words set the script's variables. It stops at the first command that fails.",
            "--check needs no server: it reports unknown commands, flags, fields and variables, arguments that are "
                + "missing or of the wrong kind, and commands where they may not stand, all at once.",
        ],
        examples: [
            .init("run scripts/batch/pause-all.hook", "pauses every webhook"),
            .init("run move.hook old=C0123456789 new=C0987654321", "with two variables"),
            .init("run --check move.hook", "what is wrong with it"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        var variables: [String: Value] = [:]
        for word in call.invocation.keyValues { variables[word.key] = word.value.value }
        let path = call.text("FILE")!
        var request = ScriptRequest(
            path: path, arguments: call.invocation.arguments("ARG").map(\.value), variables: variables,
            isCheck: call.has("check"))
        request.allowsExec = call.has("allow-exec")
        if ErrorReporter.hasPlace(call.invocation.source) { request.trace = call.invocation.trace(entering: path) }
        try await ScriptRunner(shell: call.shell).run(request)
        return .nothing
    }
}
