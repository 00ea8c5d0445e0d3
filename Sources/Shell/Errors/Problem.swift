import HookScript

/// A failure as it is reported: a name for programs, an exit status, and a sentence for people.
package struct Problem: Sendable {
    package var kind: String
    package var exit: ExitStatus
    package var sentence: Sentence
    /// The status of a program behind a pipe, which `catch` sees as it is.
    package var status: Int32?

    package init(_ kind: String, _ exit: ExitStatus, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.exit = exit
        self.sentence = Sentence(message, hint: hint)
    }

    /// As a command hands it to the language.
    func failure(cause: any Error, location: SourceSpan? = nil) -> CommandFailure {
        CommandFailure(
            kind: kind, exitCode: status ?? exit.rawValue, message: sentence.message,
            hints: sentence.hint.map { [$0] } ?? [],
            location: location, isFatal: exit == .interrupted, cause: cause)
    }
}
