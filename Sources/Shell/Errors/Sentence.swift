/// A message for people: what happened and where, and apart from it what to do.
package struct Sentence: Hashable, Sendable {
    package var message: String
    package var hint: String?

    package init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
