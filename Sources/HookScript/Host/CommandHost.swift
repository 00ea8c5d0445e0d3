/// What the language asks of the program around it. The language itself knows no webhooks, files, clock or environment.
///
/// Nothing that a host returns is ever parsed as the language: values stay values.
package protocol CommandHost: SignatureLookup {
    /// The fields that a `where` may name; asked anew for each, so that a host may first read what has them.
    func fields() async throws(CommandFailure) -> any FieldResolver

    /// Runs a command. It prints unless the purpose is a substitution, writes its output to the redirect or into the
    /// pipe if there is one, and returns the structured result.
    func run(_ invocation: Invocation) async throws(CommandFailure) -> CommandOutcome

    /// The names that ``variable(named:)`` may answer: `id`, `name`, `webhook`.
    var implicitVariables: [String] { get }
    /// A variable that follows the session, nil when it has no value now. Secret members carry their taint.
    func variable(named name: String) async throws(CommandFailure) -> Value?

    /// A variable of the process's environment.
    func environment(_ name: String) -> String?
    /// A secret by name, nil if there is none; the language taints it.
    func secret(_ name: String) async throws(CommandFailure) -> String?

    /// The time now, for `now()` and `30d ago`.
    func now() -> Instant
    /// Waits, ending early by throwing when the task is cancelled.
    func sleep(for duration: Duration) async throws(CommandFailure)

    /// The ids that an `each` goes over, taken at its entry: of the selection, or of all, that the condition holds for.
    func records(selected: Bool, where predicate: Predicate?) async throws(CommandFailure) -> [String]
    /// Makes a record the current one, or none, and returns the id of the one before.
    ///
    /// - Parameter inEach: whether an `each` is open: then commands are for this record, whatever else is selected.
    func makeCurrent(_ record: String?, inEach: Bool) async throws(CommandFailure) -> String?

    /// The value for a `param` of a script that was not given and has no default: asked for on a terminal; nil where
    /// there is none.
    func parameter(_ request: ParameterRequest) async throws(CommandFailure) -> Value?
}

/// What a `param` statement asks for.
package struct ParameterRequest: Hashable, Sendable {
    package let name: String
    package let help: String?
    package let isSecret: Bool
}

/// What a command gives back.
package struct CommandOutcome: Hashable, Sendable {
    /// The structured result that `$(COMMAND)` stands for; null for an edit.
    package let value: Value

    package init(_ value: Value = .null) {
        self.value = value
    }
}

/// A command that failed, as `catch` sees it and as the program ends with it.
package struct CommandFailure: Error, Sendable {
    /// A word for programs: `conflict`, `not-found`.
    package var kind: String
    /// The exit status that the failure stands for.
    package var exitCode: Int32
    package var message: String
    /// What to try, apart from what happened.
    package var hints: [String]
    /// The argument at fault; nil points at the whole statement.
    package var location: SourceSpan?
    /// Whether `try` lets it through: an interrupt, a limit.
    package var isFatal: Bool
    /// The host's own error, for its renderer.
    package var cause: (any Error)?

    package init(
        kind: String, exitCode: Int32 = 1, message: String, hints: [String] = [], location: SourceSpan? = nil,
        isFatal: Bool = false, cause: (any Error)? = nil
    ) {
        self.kind = kind
        self.exitCode = exitCode
        self.message = message
        self.hints = hints
        self.location = location
        self.isFatal = isFatal
        self.cause = cause
    }
}
