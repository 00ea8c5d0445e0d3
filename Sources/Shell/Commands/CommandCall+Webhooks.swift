import HookScript
import Session
import WebhookModel

/// What the commands about webhooks have in common.
extension CommandCall {
    /// The session with the list of webhooks read, which happens once.
    func state() async throws -> SessionState { try await shell.state() }

    var fields: WebhookFields { shell.webhookFields }

    func row(_ key: WebhookKey, in state: SessionState, live: Bool = false) -> WebhookRow? {
        if live { return state.live(key).map { WebhookRow(key: key.description, webhook: $0) } }
        guard let webhook = state.webhook(key) ?? state.live(key) else { return nil }
        return WebhookRow(key: key.description, webhook: webhook, mark: mark(state.staged(key)))
    }

    /// Every webhook, those to be created last.
    func rows(of state: SessionState, live: Bool = false) -> [WebhookRow] {
        let keys = state.keys
        var rows: [WebhookRow] = []
        // At once: a long list that grows is there twice while it does.
        rows.reserveCapacity(keys.count)
        for key in keys { if let row = row(key, in: state, live: live) { rows.append(row) } }
        return rows
    }

    /// Those that the command's `where` holds for; all of them without one.
    func matching(_ rows: [WebhookRow], in state: SessionState) throws -> [WebhookRow] {
        guard let predicate = invocation.predicate else { return rows }
        return try shell.filter(rows, by: predicate)
    }

    /// The keys that the command's `where` holds for.
    func matchingKeys(in state: SessionState) throws -> [WebhookKey] {
        try matching(rows(of: state), in: state).compactMap { WebhookKey($0.key) }
    }

    /// The webhook that a word names, or the current one.
    func webhook(_ positional: String, in state: SessionState) throws -> WebhookKey {
        if let text = text(positional) { return try state.resolve(text) }
        guard let key = state.current else { throw ShellError.noCurrentWebhook(command: invocation.command) }
        return key
    }

    private func mark(_ staged: Staged?) -> WebhookRow.Mark? {
        guard let staged else { return nil }
        return staged.isDeleted ? .deleted : staged.isNew ? .created : .edited
    }
}
