import HookScript

/// Runs without a prompt: `-c`, standard input, `run FILE`, one command.
package struct Batch: Sendable {
    let shell: Shell
    private let runner: ScriptRunner

    package init(shell: Shell, runner: ScriptRunner) {
        self.shell = shell
        self.runner = runner
    }

    /// The words of the command line as one command. An edit would be lost at the end, so it wants `--commit`.
    package func run(words: [String]) async -> ExitStatus {
        if words.first == "run" { return await runScript(Array(words.dropFirst())) }
        let command = Self.innermost(words)
        // Without words, transform lists what there is.
        let lists = Array(command) == [TransformCommand.declaration.name]
        guard let name = command.first, CommandTable.stages(name), !lists else {
            // A plugin's command may stage, too.
            return await leave(await runner.run(words: words))
        }
        let end = words.firstIndex(of: "--") ?? words.endIndex
        guard let flag = words[..<end].firstIndex(of: "--commit") else {
            return refuse(
                "\(name) would stage an edit that is lost at once", hint: "add --commit (and --yes) to send it")
        }
        var rest = words
        rest.remove(at: flag)
        let code = await runner.run(words: rest)
        return code == .done ? await runner.run(words: ["commit"]) : code
    }

    /// The command that is done in the end: `time COMMAND` is that with a clock beside it.
    private static func innermost(_ words: [String]) -> ArraySlice<String> {
        var rest = words[...]
        while let name = rest.first, CommandTable.declaration(named: name)?.takesCommand == true {
            rest = rest.dropFirst().drop { $0.hasPrefix("-") }
        }
        return rest
    }

    /// Standard input as a script.
    package func runStandardInput() async -> ExitStatus {
        do {
            let bytes = try shell.environment.files.read("/dev/stdin", limit: Limits.standard.sourceBytes)
            return await shell.withoutPrograms { await runner.run(SourceText(name: "stdin", bytes: bytes)) }
        } catch {
            return ErrorReporter(shell: shell).report(error)
        }
    }

    /// Warns of what is staged and not committed when a run ends.
    package func leave(_ code: ExitStatus) async -> ExitStatus {
        let count = await shell.connection.stagedCount
        guard count > 0, !shell.options.isDryRun else { return code }
        let edits = count == 1 ? "the edits of 1 webhook were" : "the edits of \(count) webhooks were"
        if await shell.keepsDraft {
            shell.messages.warn(
                "\(edits) staged and not committed; they are kept as a draft", hint: "draft restore brings them back")
        } else {
            shell.messages.warn(
                "\(edits) staged and not committed; they are gone", hint: "end with: commit --yes", isLoss: true)
        }
        return code
    }

    package func refuse(_ problem: String, hint: String? = nil) -> ExitStatus {
        shell.messages.fail(Sentence(problem, hint: hint))
        return .usage
    }
}

extension CommandTable {
    /// Whether a command's effect is staged, and so lost at the end of a run that commits nothing.
    static func stages(_ name: String) -> Bool {
        [ImportCommand.declaration.name, CopyCommand.declaration.name].contains(name)
            || declaration(named: name)?.group == .edit
    }

    package static func hasSubcommand(_ name: String, of command: String) -> Bool {
        declaration(named: command)?.subcommands.contains { $0.name == name || $0.aliases.contains(name) } ?? false
    }

    /// Whether a command, or one of its subcommands, has the flag that is written `--name` or `-n`.
    package static func declares(word: String, command: String) -> Bool {
        guard let declaration = declaration(named: command) else { return false }
        let flags = ([declaration] + declaration.subcommands).flatMap(\.flags)
        return flags.contains { flag in
            word == "--" + flag.signature.name || flag.signature.short.map { word == "-\($0)" } ?? false
        }
    }
}
