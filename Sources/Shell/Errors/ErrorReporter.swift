import HookScript
import LosslessJSON

/// Tells people, or with `--json` programs, why something failed; answers the exit status.
struct ErrorReporter: Sendable {
    let shell: Shell

    @discardableResult
    func report(_ error: any Error) -> ExitStatus {
        if let error = error as? ScriptError { return report(error) }
        let problem = Problems.problem(error)
        if !isSilent(problem) { tell(problem) }
        return problem.exit
    }

    /// A script's error with its place; at the prompt and for a single command the sentence is enough.
    private func report(_ error: ScriptError) -> ExitStatus {
        if let failure = error.failure {
            if let inner = failure.cause as? ScriptError { return report(inner) }
            let problem = Problems.problem(failure)
            if isSilent(problem) { return problem.exit }
            if !showsPlace(error) || shell.options.format == .json {
                tell(problem)
                return problem.exit
            }
        }
        let exit = exit(of: error)
        show(error.diagnostics, exit)
        return exit
    }

    /// Shows what is wrong with a source, each with its place.
    func show(_ diagnostics: [Diagnostic], _ exit: ExitStatus) {
        for diagnostic in diagnostics {
            if shell.options.format == .json {
                tell(diagnostic, exit)
            } else {
                shell.messages.raw(DiagnosticRenderer.text(diagnostic) { HistoryRedactor.redact($0) ?? "" })
            }
        }
    }

    private func exit(of error: ScriptError) -> ExitStatus {
        if let failure = error.failure, failure.kind != "exit" {
            return ExitStatus(rawValue: failure.exitCode) ?? .failed
        }
        if let failure = error.failure { return .ofScript(failure.exitCode) }
        return error.diagnostics.first.flatMap { ExitStatus(rawValue: $0.code.exitCode) } ?? .failed
    }

    /// `quit`, a reader that went away, and a script's own `exit`.
    private func isSilent(_ problem: Problem) -> Bool { problem.exit == .done || problem.kind == "exit" }

    private func showsPlace(_ error: ScriptError) -> Bool {
        error.diagnostics.first.map { Self.hasPlace($0.source) } ?? false
    }

    /// Whether it helps to say where in a source something is: a line that was just typed is before everybody's eyes.
    static func hasPlace(_ source: SourceText) -> Bool { !["prompt", "command line"].contains(source.name) }

    /// A diagnostic as JSON, with its place.
    private func tell(_ diagnostic: Diagnostic, _ exit: ExitStatus) {
        let place = diagnostic.source.location(of: diagnostic.span.start)
        let hints = DiagnosticRenderer.hints(diagnostic.code) + diagnostic.hints
        let problem = Problem(
            exit == .usage ? "syntax" : "script", exit, DiagnosticRenderer.message(diagnostic.code), hint: hints.first)
        let source: [(String, JSON)] = [
            ("source", JSON(diagnostic.source.name)), ("line", JSON(place.line)), ("column", JSON(place.column)),
        ]
        tell(problem, source)
    }

    private func tell(_ problem: Problem, _ place: [(String, JSON)] = []) {
        guard shell.options.format == .json else { return shell.messages.fail(problem.sentence) }
        var members: [(String, JSON)] = [
            ("kind", JSON(problem.kind)), ("exit", JSON(Int(problem.exit.rawValue))),
            ("message", JSON(problem.sentence.message)),
        ]
        if let hint = problem.sentence.hint { members.append(("hint", JSON(hint))) }
        members += place
        shell.messages.raw(JSON(["error": JSON(JSONObject(members))]).text(.compact))
    }
}
