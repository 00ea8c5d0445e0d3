import HookScript
import LineEditor
import Session
import Synchronization

/// The prompt: reads a line, runs it, until the end of input or `quit`.
package final class Repl: Sendable {
    private let shell: Shell
    private let lines: any LineSource
    private let history: any HistoryStore
    private let running = Mutex<Task<ExitStatus, Never>?>(nil)

    package init(shell: Shell, lines: any LineSource, history: any HistoryStore) {
        self.shell = shell
        self.lines = lines
        self.history = history
    }

    /// Runs until the person leaves; the exit status is that of the last command.
    package func run() async -> ExitStatus {
        shell.isInteractive = true
        shell.history = history
        var last = ExitStatus.done
        while true {
            await refreshCompletion()
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
                last = await runInterruptibly(line)
                if shell.isLeaving { return .done }
            }
        }
    }

    /// Ctrl-C while a command runs: cancels it.
    package func interrupt() {
        running.withLock { $0?.cancel() }
    }

    private func runInterruptibly(_ line: String) async -> ExitStatus {
        let task = Task { await ScriptRunner(shell: shell).run(line, name: "prompt") }
        running.withLock { $0 = task }
        let code = await task.value
        running.withLock { $0 = nil }
        return code
    }

    private func request(lastExit: ExitStatus) async -> LineRequest {
        let text = PromptText(
            profile: await shell.connection.profile, state: shell.completionState, lastExit: lastExit)
        return LineRequest(
            prompt: text.prompt, continuationPrompt: "... ", completer: ShellCompleter(shell: shell),
            validator: LineValidator(shell: shell), history: history)
    }

    /// Tab answers from what is known when the line begins.
    private func refreshCompletion() async {
        shell.completionState = await shell.connection.knownState
    }

    private func mayEnd() async -> Bool {
        if await shell.mayLeave() { return true }
        let count = await shell.connection.stagedCount
        let edits = count == 1 ? "1 webhook has" : "\(count) webhooks have"
        shell.messages.warn(
            "\(edits) staged edits; leave again to lose them", hint: "commit sends them, diff shows them")
        return false
    }
}

/// Whether a line is whole, by the parser itself.
private struct LineValidator: Validator {
    let shell: Shell

    func validate(_ text: String) -> LineEditor.Validation {
        Parser.isIncomplete(SourceText(name: "prompt", text: text), signatures: shell) ? .incomplete : .complete
    }
}
