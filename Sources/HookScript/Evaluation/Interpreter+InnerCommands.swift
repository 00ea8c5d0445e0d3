/// Commands inside a command's line.
extension Interpreter {
    func innerCommand(_ inner: InnerRun) -> InnerCommand {
        InnerCommand(text: StatementPrinter.line(inner.command)) { [self] () throws(CommandFailure) in
            try await run(inner)
        }
    }

    private func run(_ inner: InnerRun) async throws(CommandFailure) -> CommandOutcome {
        do throws(RunError) {
            try countStep(inner.command.span, inner.frame)
            return CommandOutcome(try await run(inner.command, inner.purpose, inner.frame))
        } catch {
            inner.error = error
            switch error {
            case .exit(let code): throw CommandFailure(kind: "exit", exitCode: code, message: "", isFatal: true)
            case .failed(let diagnostic, let failure, let isFatal):
                throw failure
                    ?? CommandFailure(
                        kind: "script", exitCode: diagnostic.code.exitCode,
                        message: DiagnosticRenderer.message(diagnostic.code), isFatal: isFatal)
            }
        }
    }
}

/// A command inside another's line while that one runs, and how it failed.
///
/// Unchecked, for it holds a frame: the interpreter, an actor, is the only one that looks inside.
final class InnerRun: @unchecked Sendable {
    let command: CommandStatement
    let purpose: Invocation.Purpose
    let frame: Frame
    var error: RunError?

    init(command: CommandStatement, purpose: Invocation.Purpose, frame: Frame) {
        self.command = command
        self.purpose = purpose
        self.frame = frame
    }
}
