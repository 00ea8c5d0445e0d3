/// Ctrl-X Ctrl-E: the line in the user's own editor.
struct LineInEditor: Sendable {
    let environment: ShellEnvironment

    /// The edited text; nil if there is no editor, it failed, or what it left is no text.
    func edit(_ text: String) async -> String? {
        try? await TextEditor(environment: environment, suffix: "hook").edit(text + "\n")
    }
}
