import HookScript
import LosslessJSON
import PluginHost
import PluginProtocol
import Session
import WebhookModel

extension CommandCall {
    /// Stages what a plugin wants changed, after it was held against the plugin's permissions: as one step of undo, and
    /// all of it or nothing.
    func stage(_ proposed: ProposedEdits, of documents: [KeyedDocument]) async throws {
        _ = try await state()
        let translation = PluginEdits(fields: fields)
        let reviewed = try shell.plugins.required().review(proposed, documents: documents) { document, operations in
            var edited = EditedDocument(base: document)
            for operation in operations { _ = try edited.apply(translation.edit(operation)) }
            return edited.document ?? document
        }
        var edits: [(key: WebhookKey, edits: [Edit])] = []
        for edit in reviewed {
            guard let key = WebhookKey(edit.key) else { throw EditRejection.unknownKey(edit.key) }
            edits.append((key, try edit.operations.map { try translation.edit($0.operation) }))
        }
        let staged = edits
        let report = try await shell.connection.update { state in try state.stage(staged) }
        tell(report)
    }
}

/// Operations of plugins as the edits that they name.
struct PluginEdits: Sendable {
    let fields: WebhookFields

    func edit(_ operation: PatchOperation) throws -> Edit {
        switch operation {
        case .set(let path, let value): .set(try self.path(path), EditValue(value))
        case .unset(let path): .unset(try self.path(path))
        case .addEvents(let names): .addEvents(names)
        case .removeEvents(let names): .removeEvents(names.map { EventPattern($0) })
        case .setEvents(let names): .setEvents(names)
        case .renameEvent(let old, let new): .renameEvent(from: old, to: new)
        case .addChannel(let kind, let configs): .addChannel(NewChannel(kind: kind, .configs(EditValue(configs))))
        case .setChannel(let match, let configs):
            .setChannel(
                try ChannelWords.match(match),
                (configs.object ?? [:]).map { ConfigEntry([.name($0.name)], EditValue($0.value)) })
        case .removeChannel(let match): .removeChannel(try ChannelWords.match(match))
        case .replace(let path, let old, let new):
            .replace(try self.path(path), old: TextPattern(literal: old), new: EditValue(new))
        }
    }

    private func path(_ word: String) throws -> FieldPath {
        if let path = try fields.resolve(word).path { return path }
        throw FieldError.malformed(word, reason: .noMember)
    }
}
