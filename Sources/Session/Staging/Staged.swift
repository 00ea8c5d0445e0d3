import LosslessJSON
import WebhookModel

/// A webhook's staged edits beside the document they were made against.
package struct Staged: Hashable, Sendable {
    package let key: WebhookKey
    /// As listed when the first edit was staged; nil for a webhook to create.
    package let base: Webhook?
    package private(set) var edits: [Edit] = []
    /// `base` with `edits` applied.
    package private(set) var result: EditedDocument

    package init(key: WebhookKey, base: Webhook?) {
        self.key = key
        self.base = base
        result = EditedDocument(base: base?.document)
    }

    /// What the webhook will be; nil when it is staged for deletion.
    package var webhook: Webhook? {
        result.isDeleted ? nil : result.document.map { Webhook(document: $0) }
    }

    /// The name it is shown under: the one it had, when it is staged for deletion.
    var shownName: String? { (webhook ?? base)?.name }

    package var isDeleted: Bool { result.isDeleted }
    package var isNew: Bool { base == nil }

    /// Adds one edit. An edit that changes nothing and expresses no intent is not kept; its notes tell.
    package mutating func append(_ edit: Edit) throws(EditError) -> [EditNote] {
        let stable = result.stable(edit)
        var edited = result
        let notes = try edited.apply(edit)
        if edited != result || stable.isExplicit {
            result = edited
            edits.append(stable)
        }
        return notes
    }

    /// What differs between base and result.
    package var changes: [Change] {
        let secrets = result.knownSecrets
        return DocumentDiff.changes(from: base?.document, to: webhook?.document, tracks: result.channels)
            .map { $0.knowing(secrets) }
    }
}

extension Change {
    func knowing(_ secrets: KnownSecrets) -> Change {
        var change = self
        change.secrets = secrets
        return change
    }
}

extension Edit {
    /// Whether the edit counts even where it changes nothing: a merge then conflicts with a foreign change.
    var isExplicit: Bool {
        switch self {
        case .create, .clone, .delete, .setEvents: true
        case .set, .unset, .addEvents, .removeEvents, .renameEvent, .addChannel, .setChannel, .removeChannel, .replace,
            .become:
            false
        }
    }
}
