import LosslessJSON
import WebhookModel

/// A webhook's staged edits beside the document they were made against.
///
/// The result follows from base and edits, and is kept only where there are many: a bulk edit stages one or two on very
/// many webhooks, and holding all their documents twice would cost more than applying an edit again.
package struct Staged: Sendable {
    package let key: WebhookKey
    /// As listed when the first edit was staged; nil for a webhook to create.
    package let base: Webhook?
    package private(set) var edits: [Edit] = []
    /// Its place among all that were staged in the session, by when its first edit was.
    var order = 0
    private var kept: KeptResult?

    /// From how many edits on the result is kept.
    private static let keptFrom = 4

    package init(key: WebhookKey, base: Webhook?) {
        self.key = key
        self.base = base
    }

    /// `base` with `edits` applied.
    package var result: EditedDocument {
        if let kept { return kept.result }
        var result = EditedDocument(base: base?.document)
        // None fails: each was applied to this very document when it was staged.
        for edit in edits { _ = try? result.apply(edit) }
        return result
    }

    /// What the webhook will be; nil when it is staged for deletion.
    package var webhook: Webhook? {
        isDeleted ? nil : result.document.map { Webhook(document: $0) }
    }

    /// The name it is shown under: the one it had, when it is staged for deletion.
    var shownName: String? {
        if let base, isDeleted || !edits.contains(where: \.mayRename) { return base.name }
        return (webhook ?? base)?.name
    }

    package var isDeleted: Bool { edits.last == .delete }
    package var isNew: Bool { base == nil }

    /// The values that came by reference to a secret.
    package var knownSecrets: KnownSecrets {
        edits.contains(where: \.holdsSecret) ? result.knownSecrets : KnownSecrets()
    }

    /// Adds one edit. An edit that changes nothing and expresses no intent is not kept; its notes tell.
    package mutating func append(_ edit: Edit) throws(EditError) -> [EditNote] {
        let before = result
        let stable = before.stable(edit)
        var edited = before
        let notes = try edited.apply(edit)
        if edited != before || stable.isExplicit {
            edits.append(stable)
            kept = edits.count >= Self.keptFrom ? KeptResult(edited) : nil
        }
        return notes
    }

    /// What differs between base and result.
    package var changes: [Change] {
        let result = result
        let secrets = knownSecrets
        return DocumentDiff.changes(
            from: base?.document, to: result.isDeleted ? nil : result.document, tracks: result.channels
        ).map { $0.knowing(secrets) }
    }
}

/// A result that all copies of a staging share.
private final class KeptResult: Sendable {
    let result: EditedDocument

    init(_ result: EditedDocument) { self.result = result }
}

extension Staged: Hashable {
    /// The result follows from the rest.
    package static func == (left: Self, right: Self) -> Bool {
        left.key == right.key && left.edits == right.edits && left.base == right.base
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(key)
        hasher.combine(edits)
    }
}

extension Change {
    func knowing(_ secrets: KnownSecrets) -> Change {
        var change = self
        change.secrets = secrets
        return change
    }
}
