import HookScript

/// `fmt`: scripts in canonical form.
enum FmtCommand: Command {
    static let declaration = CommandDeclaration(
        "fmt", .script, "writes scripts in their canonical form",
        positionals: [
            DeclaredPositional(
                "FILE", .file, .many, "the scripts to rewrite; - or none: standard input to standard output")
        ],
        flags: [DeclaredFlag("check", "only name those that would change")],
        details: [
            "One statement a line, blocks indented by four blanks, quotes and parentheses where they are needed; comments "
                + "are kept. It means the same. A script with a syntax error is left alone. With --check the status is 1 "
                + "when something would change."
        ],
        examples: [
            .init("fmt move.hook", "rewrites the file"), .init("fmt --check *.hook", "in a pipeline that checks"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let files = call.texts("FILE")
        if files.isEmpty || files == ["-"] { return try standardInput(call) }
        var changed: [String] = []
        var failure: (any Error)?
        for file in files {
            do {
                if try format(file, call) { changed.append(file) }
            } catch {
                ErrorReporter(shell: call.shell).report(error)
                failure = failure ?? error
            }
        }
        let output = call.has("check") ? CommandOutput.text(changed.map { Printable.escaped($0) }) : .nothing
        if let failure { return .failing(output, with: ShellError.exited(Problems.problem(failure).exit.rawValue)) }
        guard call.has("check"), !changed.isEmpty else { return output }
        return .failing(output, with: ShellError.notCanonical(count: changed.count))
    }

    /// Rewrites a file, unless `--check`; whether that is another text.
    private static func format(_ file: String, _ call: CommandCall) throws -> Bool {
        let files = call.shell.environment.files
        // What a link leads to is rewritten, and the link stays.
        let path = files.resolved(call.shell.environment.absolute(file, in: call.shell.folder))
        let bytes = try files.read(path, limit: call.shell.limits.sourceBytes)
        let text = try canonical(SourceText(name: file, bytes: bytes), call)
        if Array(text.utf8) == bytes { return false }
        if !call.has("check") {
            let path = try call.shell.outputPath(path, in: call.shell.folder)
            try files.write(Array(text.utf8), to: path, mode: files.status(path)?.mode ?? 0o644, replacing: true)
        }
        return true
    }

    private static func standardInput(_ call: CommandCall) throws -> CommandOutput {
        if call.shell.environment.terminal.inputIsTerminal {
            throw call.usage("no file is named, and standard input is a terminal", hint: "fmt FILE…")
        }
        let bytes = try call.shell.environment.files.read("/dev/stdin", limit: call.shell.limits.sourceBytes)
        let text = try canonical(SourceText(name: "stdin", bytes: bytes), call)
        if call.has("check") {
            if Array(text.utf8) == bytes { return .nothing }
            return .failing(.nothing, with: ShellError.notCanonical(count: 1))
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return .text(lines)
    }

    private static func canonical(_ source: SourceText, _ call: CommandCall) throws -> String {
        try Formatter.format(source, signatures: call.shell, limits: call.shell.limits)
    }
}
