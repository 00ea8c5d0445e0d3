/// Decides at Enter whether the text is whole or goes on at the continuation prompt.
///
/// Called on the editor's own thread; it must not wait.
package protocol Validator: Sendable {
    func validate(_ text: String) -> Validation
}

/// What a ``Validator`` says of a text.
package enum Validation: Hashable, Sendable {
    /// The text is handed to the caller (it may still be wrong: that is for the parser to say).
    case complete
    /// An open quote, bracket or block: another line is read, and both are one text.
    case incomplete
}
