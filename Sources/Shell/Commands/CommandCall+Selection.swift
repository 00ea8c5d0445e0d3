import Session

extension CommandCall {
    /// Says that edits go elsewhere than to the webhook that has become the current one.
    func tellOfSelection() async throws {
        let count = try await state().selection.keys.count
        if count == 0 { return }
        let webhooks = count == 1 ? "the 1 webhook that is selected" : "the \(count) webhooks that are selected"
        shell.messages.note("Edits still go to \(webhooks); deselect ends that.")
    }
}
