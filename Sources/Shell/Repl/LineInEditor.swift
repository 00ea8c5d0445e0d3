/// Ctrl-X Ctrl-E: the line in the user's own editor.
struct LineInEditor: Sendable {
    let shell: Shell

    /// The edited text; nil if there is no editor, it failed, or what it left is no text.
    func edit(_ text: String) async -> String? {
        let editor = TextEditor(environment: shell.environment, suffix: "hook")
        return try? await shell.inEditor { try await editor.edit(text + "\n") }
    }
}
