import HookScript
import Synchronization

/// With `--on-error continue`: reports each failure, goes on, and remembers the first for the exit status.
final class FailureLog: Sendable {
    private let reporter: ErrorReporter
    private let first = Mutex<ExitStatus?>(nil)

    init(shell: Shell) { reporter = ErrorReporter(shell: shell) }

    /// Takes a failure; true, because the script goes on.
    @Sendable func take(_ error: ScriptError) async -> Bool {
        let status = reporter.report(error)
        first.withLock { $0 = $0 ?? status }
        return true
    }

    /// Ends the run with the first failure's status, if there was any.
    func rethrow() throws {
        if let status = first.withLock({ $0 }) { throw ShellError.exited(status.rawValue) }
    }
}
