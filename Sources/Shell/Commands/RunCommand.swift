import HookScript
import Session

/// `run`: a script file.
enum RunCommand: Command {
    static let declaration = CommandDeclaration(
        "run", .script, "runs a script file",
        positionals: [
            DeclaredPositional(
                "FILE", .file, "the script, - for standard input; a relative path starts at the running script's folder"
            ),
            DeclaredPositional("ARG", .text, .many, "its $1, $2, …"),
        ],
        flags: [
            DeclaredFlag("var", value: "NAME=VALUE", .text, repeats: true, "set a variable of the script, to text"),
            DeclaredFlag(
                "on-error", value: "WHAT", .choice(["stop", "continue"]),
                "stop (the default) at the first command that fails, or continue; the status is the first failure's"),
            DeclaredFlag("check", "report what is wrong with it, and run nothing"),
            DeclaredFlag("allow-exec", "let it run other programs, now or later"),
            DeclaredFlag("resume", "go on with the commit of it that was cut off, in place of running it"),
        ],
        keyValues: .any, rules: [.excludes("check", ["resume"])],
        details: [
            "NAME=VALUE words set the script's variables, too; at the prompt and in scripts as what they read as, where "
                + "--var always gives text. On the command line global flags may stand behind run: --dry-run sends nothing, "
                + "--yes answers what a commit asks.",
            "--check needs no server: it reports unknown commands, flags, fields and variables, arguments that are "
                + "missing or of the wrong kind, and commands where they may not stand, all at once.",
            "--resume does what resume RUN does for the newest unfinished run that the script began. What stands behind that "
                + "commit in the script is not run; run the script again for it: what is so already is not sent again, but "
                + "what it creates would be created again. ARG and NAME=VALUE words may stay on the line: the commit has "
                + "their effect in it.",
        ],
        examples: [
            .init("run scripts/batch/pause-all.hook", "pauses every webhook"),
            .init("run move.hook old=C0123456789 new=C0987654321", "with two variables"),
            .init("run --check move.hook", "what is wrong with it"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        var variables: [String: Value] = [:]
        for word in call.invocation.keyValues { variables[word.key] = word.value.value }
        for word in call.invocation.values(of: "var") {
            guard let pair = Batch.pair(word.revealedText) else { throw call.usage("--var takes NAME=VALUE") }
            variables[pair.name] = pair.value
        }
        let path = call.text("FILE")!
        if call.has("resume") { return try await ResumeCommand.goOn(with: try await cutOff(path, call), call) }
        var request = ScriptRequest(
            path: path, arguments: call.invocation.arguments("ARG").map(\.value), variables: variables,
            isCheck: call.has("check"), continuesOnError: call.text(ofFlag: "on-error") == "continue")
        request.allowsExec = call.has("allow-exec")
        if ErrorReporter.hasPlace(call.invocation.source) { request.trace = call.invocation.trace(entering: path) }
        try await ScriptRunner(shell: call.shell).run(request)
        return .nothing
    }

    /// The newest unfinished run that a script began.
    private static func cutOff(_ path: String, _ call: CommandCall) async throws -> RunID {
        let shell = call.shell
        let file = shell.canonicalPath(path)
        let session = try await shell.connection.session()
        do throws(RunError) {
            return try await session.newestRun { run in
                guard run.finishedAt == nil, let script = run.header.script else { return false }
                if script == file || script.hasPrefix(file + Self.overriding) { return true }
                // Journals of older versions hold the name as it was typed.
                let name = script.firstRange(of: Self.overriding).map { String(script[..<$0.lowerBound]) } ?? script
                return Self.steps(shell.canonicalPath(name)) == Self.steps(file)
            }.id
        } catch {
            guard case .noRun = error else { throw error }
            throw ShellError.nothingToResume(script: path)
        }
    }

    /// What stands behind the file where policies were overridden.
    private static let overriding = " (override "

    /// A path's names, without those that lead nowhere: of a file that is gone there is no canonical path.
    private static func steps(_ path: String) -> [Substring] { path.split(separator: "/").filter { $0 != "." } }
}
