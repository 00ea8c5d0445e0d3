import HookScript

extension Argument {
    /// The argument as text: as it was written, or what a variable held. Secrets are in it.
    var revealedText: String { literal ?? value.revealedText }
}
