import Session

extension CommandCall {
    /// Stages webhooks as they are wanted and says how many were changed, created, deleted, and are so already.
    func stage(
        _ wanted: [WantedWebhook], deleting: [WebhookKey] = [], pairing: Declaration.Pairing = .identity
    ) async throws {
        let report = try await shell.connection.update { state in
            try state.stage(wanted, deleting: deleting, pairing: pairing)
        }
        for line in StagingNotes.lines(report) { shell.messages.note(line) }
        let deleted = report.changed.filter(deleting.contains)
        let created = report.changed.filter { if case .new = $0 { !deleted.contains($0) } else { false } }
        let edited = report.changed.count - created.count - deleted.count
        let parts = [(edited, "edited"), (created.count, "to create"), (deleted.count, "to delete")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let rest = report.unchanged.count
        if parts.isEmpty {
            shell.messages.note(rest == 0 ? "Nothing changed." : "Nothing changed: all \(rest) are so already.")
        } else {
            shell.messages.note(parts.joined(separator: ", ") + (rest > 0 ? "; \(rest) are so already." : "."))
        }
    }
}
