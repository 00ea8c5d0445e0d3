/// Answers `?`: what the text up to the cursor does, without running it.
///
/// Called on the editor's own thread while the key is being handled, so like a ``Completer`` it must not wait.
package protocol Explainer: Sendable {
    /// Lines to show below the line, which may hold sequences for colour; nil if `?` is a character like any other here.
    func explanation(for context: CompletionContext) -> [String]?
}
