import HookScript
import LosslessJSON
import Session
import WebhookModel

/// What the editing commands have in common.
extension CommandCall {
    /// What the edit is for: `--on`, else the selection, else the current webhook.
    func targets(in state: SessionState) throws -> [WebhookKey] {
        let named = invocation.values(of: "on").map(\.revealedText)
        guard named.isEmpty else { return try named.map { try state.resolve($0) } }
        if shell.isInEach, let key = state.current { return [key] }
        do { return try state.targets() } catch {
            throw error == .noTarget ? ShellError.noTarget(command: invocation.command) : error
        }
    }

    /// Stages one edit on every target, or on none.
    func stage(_ edit: Edit) async throws -> CommandOutput {
        let report = try await shell.connection.update { state in
            try state.stage(edit, on: try targets(in: state))
        }
        tell(report)
        return .nothing
    }

    /// Says what had no effect, and how many were edited where that is not plain.
    func tell(_ report: StagingReport) {
        let notes = StagingNotes.lines(report)
        for line in notes { shell.messages.note(line) }
        if report.changed.count > 1 { shell.messages.note("\(report.changed.count) webhooks edited.") }
        if report.changed.isEmpty && notes.isEmpty { shell.messages.note("Nothing changed.") }
    }

    /// The value of an argument as an edit writes it, with the reference that a secret came by.
    func editValue(_ argument: Argument, as kind: ArgumentKind) throws -> EditValue {
        let value = try argument.typed(as: kind)
        return EditValue(value.revealedJSON, reference: EditValue.reference(of: value))
    }

    /// A usage error of this command.
    func usage(_ problem: String, hint: String? = nil) -> ShellError {
        ShellError.usage(command: invocation.command, problem: problem, hint: hint)
    }
}

extension EditValue {
    /// How a script would get a tainted value again; nil for one that may be shown.
    static func reference(of value: Value) -> String? {
        guard let taint = value.combinedTaint else { return nil }
        if let recipe = taint.recipe, recipe.count == 1, case .reference(let reference) = recipe[0] { return reference }
        return taint.origins.joined(separator: "+")
    }
}
