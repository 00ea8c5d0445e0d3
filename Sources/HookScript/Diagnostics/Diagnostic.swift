/// One thing wrong with a source, and where.
package struct Diagnostic: Error, Sendable {
    package enum Severity: Hashable, Sendable { case error, warning }

    /// A call that led to the place: a `def` command, or a source that another ran.
    package struct Frame: Sendable {
        package let name: String
        package let source: SourceText
        package let span: SourceSpan

        package init(name: String, source: SourceText, span: SourceSpan) {
            self.name = name
            self.source = source
            self.span = span
        }
    }

    package let code: DiagnosticCode
    package let source: SourceText
    package let span: SourceSpan
    package let severity: Severity
    /// Innermost call first.
    package var trace: [Frame]
    /// More to try than the code itself says, from the host.
    package var hints: [String]

    package init(
        _ code: DiagnosticCode, in source: SourceText, at span: SourceSpan, severity: Severity = .error,
        trace: [Frame] = [], hints: [String] = []
    ) {
        self.code = code
        self.source = source
        self.span = span
        self.severity = severity
        self.trace = trace
        self.hints = hints
    }
}

extension Diagnostic {
    /// The same, with the calls that led to its source.
    func led(by trace: [Frame]) -> Diagnostic {
        var copy = self
        copy.trace += trace
        return copy
    }
}

/// Why a source did not run to its end.
package struct ScriptError: Error, Sendable {
    /// At least one, in the order of the source.
    package let diagnostics: [Diagnostic]
    /// The failure of the command that ended it, if it was a command.
    package let failure: CommandFailure?

    package init(_ diagnostics: [Diagnostic], failure: CommandFailure? = nil) {
        self.diagnostics = diagnostics
        self.failure = failure
    }

    package init(_ diagnostic: Diagnostic, failure: CommandFailure? = nil) {
        self.init([diagnostic], failure: failure)
    }
}

extension ScriptError {
    /// The exit status that it stands for.
    package var exitCode: Int32 {
        failure?.exitCode ?? diagnostics.first?.code.exitCode ?? 1
    }
}
