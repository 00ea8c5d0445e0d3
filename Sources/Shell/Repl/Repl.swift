import HookScript
import LineEditor
import Session
import Synchronization

/// The prompt: reads a line, runs it, until the end of input or `quit`.
package final class Repl: Sendable {
    /// What the prompt takes from elsewhere.
    package struct Ports: Sendable {
        /// The history of a profile.
        package var history: @Sendable (Profile) -> any HistoryStore
        /// What the prompt looks like: `option prompt`.
        package var template: @Sendable () -> PromptTemplate = { .standard }
        /// The mark of a recording that goes on.
        package var recording: @Sendable () -> String? = { nil }
        /// What completion knows of other things that have names: runs, plugins.
        package var completions: [String: CompletionKnowledge.Source] = [:]
        package var status: StatusLine = .none

        package init(history: @escaping @Sendable (Profile) -> any HistoryStore) { self.history = history }
    }

    private struct State {
        var running: Task<ExitStatus, Never>?
        var isEnding = false
        /// By profile, each read once.
        var histories: [String: any HistoryStore] = [:]
    }

    private let shell: Shell
    private let lines: any LineSource
    private let ports: Ports
    private let memory: CompletionMemory
    private let state = Mutex(State())

    package init(shell: Shell, lines: any LineSource, ports: Ports) {
        self.shell = shell
        self.lines = lines
        self.ports = ports
        memory = CompletionMemory(sources: ports.completions)
    }

    package convenience init(shell: Shell, lines: any LineSource, history: any HistoryStore) {
        self.init(shell: shell, lines: lines, ports: Ports { _ in history })
    }

    /// Runs until the person leaves; the exit status is that of the last command.
    package func run() async -> ExitStatus {
        shell.isInteractive = true
        var last = ExitStatus.done
        await runInterruptibly { await StartupScript(shell: self.shell).run() }
        while !state.withLock({ $0.isEnding }) {
            await memory.refresh(shell)
            let result: LineResult
            do {
                result = try await lines.readLine(await request(lastExit: last))
            } catch {
                return ErrorReporter(shell: shell).report(error)
            }
            switch result {
            case .interrupted: last = .done
            case .endOfInput:
                if await mayEnd() { return last == .interrupted ? .done : last }
            case .line(let line):
                guard !line.allSatisfy(\.isWhitespace) else { continue }
                last = await runInterruptibly(LineHelp.question(line).map(Self.help) ?? line)
                if shell.isLeaving { return last }
            }
        }
        return .interrupted
    }

    /// Ctrl-C while a command runs: cancels it. The terminal has shown `^C`, so the next line starts below.
    package func interrupt() {
        // The keys are the editor's, and Ctrl-C is one of them.
        guard !shell.isInEditor, let task = state.withLock({ $0.running }) else { return }
        // A second one doesn't wait for what a commit has under way.
        if task.isCancelled { shell.abandon() }
        task.cancel()
        try? shell.environment.standardError.write("\n")
    }

    /// Ends as soon as what runs has come to an end: for a terminal that hangs up. Whoever reads the line must be
    /// interrupted beside it.
    package func end() {
        state.withLock { state in
            state.isEnding = true
            state.running?.cancel()
        }
    }

    private func runInterruptibly(_ line: String) async -> ExitStatus {
        await runInterruptibly { await ScriptRunner(shell: self.shell).run(line: line) }
    }

    @discardableResult
    private func runInterruptibly(_ body: @escaping @Sendable () async -> ExitStatus) async -> ExitStatus {
        let task = Task { await body() }
        state.withLock { state in
            state.running = task
            if state.isEnding { task.cancel() }
        }
        let code = await task.value
        state.withLock { $0.running = nil }
        ports.status.clear()
        return code
    }

    /// `commit ?` explains and runs nothing.
    private static func help(_ names: [String]) -> String { "help " + names.joined(separator: " ") }

    private func mayEnd() async -> Bool {
        if await shell.mayLeave() { return true }
        let count = await shell.connection.stagedCount
        let edits = count == 1 ? "1 webhook has" : "\(count) webhooks have"
        shell.messages.warn(
            "\(edits) staged edits; leave again all the same",
            hint: "commit sends them; draft restore brings them back at the next start")
        return false
    }
}

// MARK: - One line

extension Repl {
    private func request(lastExit: ExitStatus) async -> LineRequest {
        let profile = await shell.connection.profile
        let known = shell.completionState
        let text = PromptText(
            profile: profile, state: known, lastExit: lastExit, recording: ports.recording(), template: ports.template()
        )
        let history = history(of: profile)
        shell.history = history
        let (shell, memory) = (shell, memory)
        let editor = LineInEditor(shell: shell)
        return LineRequest(
            prompt: text.prompt, continuationPrompt: "... ", rightPrompt: text.rightPrompt,
            completer: ShellCompleter(shell: shell) { memory.knowledge(of: shell) },
            validator: LineValidator(signatures: memory.knowledge(of: shell).signatures), history: history,
            explainer: LineHelp(style: shell.style, columns: shell.environment.terminal.columns),
            editor: { await editor.edit($0) })
    }
}

extension Repl {
    private func history(of profile: Profile) -> any HistoryStore {
        state.withLock { state in
            if let known = state.histories[profile.name] { return known }
            let shell = shell
            let history = GuardedHistory(ports.history(profile)) {
                shell.completionState?.knownSecrets.masked(in: $0) ?? $0
            }
            state.histories[profile.name] = history
            return history
        }
    }
}

/// Whether a line is whole, by the parser itself.
private struct LineValidator: Validator {
    let signatures: any SignatureLookup

    func validate(_ text: String) -> LineEditor.Validation {
        Parser.isIncomplete(SourceText(name: "prompt", text: text), signatures: signatures) ? .incomplete : .complete
    }
}
