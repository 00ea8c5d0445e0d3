import LosslessJSON
import WebhookModel

/// A webhook's staged edits beside the document they were made against.
///
/// The result follows from base and edits, and is kept only where there are many: a bulk edit stages one or two on very
/// many webhooks, and holding all their documents twice would cost more than applying an edit again.
package struct Staged: Sendable {
    /// Copies share it: a listing holds many of them, and so does what can be undone.
    private let content: Content

    private final class Content: Sendable {
        let key: WebhookKey
        let base: Webhook?
        let edits: [Edit]
        let order: Int
        let kept: EditedDocument?

        init(key: WebhookKey, base: Webhook?, edits: [Edit], order: Int, kept: EditedDocument?) {
            self.key = key
            self.base = base
            self.edits = edits
            self.order = order
            self.kept = kept
        }
    }

    /// From how many edits on the result is kept.
    private static let keptFrom = 4

    package init(key: WebhookKey, base: Webhook?) {
        content = Content(key: key, base: base, edits: [], order: 0, kept: nil)
    }

    private init(_ staged: Staged, edits: [Edit]? = nil, order: Int? = nil, kept: EditedDocument?) {
        content = Content(
            key: staged.key, base: staged.base, edits: edits ?? staged.edits, order: order ?? staged.order, kept: kept)
    }

    package var key: WebhookKey { content.key }
    /// As listed when the first edit was staged; nil for a webhook to create.
    package var base: Webhook? { content.base }
    package var edits: [Edit] { content.edits }
    /// Its place among all that were staged in the session, by when its first edit was; 0 before it has one.
    var order: Int { content.order }

    /// The same at a place of its own.
    func placed(_ order: Int) -> Staged { Staged(self, order: order, kept: content.kept) }

    /// `base` with `edits` applied.
    package var result: EditedDocument {
        if let kept = content.kept { return kept }
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

    /// Adds edits. One that changes nothing and expresses no intent is not kept; its notes tell.
    package mutating func append(_ added: [Edit]) throws(EditError) -> [EditNote] {
        var edited = result
        var kept: [Edit] = []
        var notes: [EditNote] = []
        for edit in added {
            let before = edited
            let stable = before.stable(edit)
            notes += try edited.apply(edit)
            if edited != before || stable.isExplicit { kept.append(stable) }
        }
        // One list for all that were edited alike.
        if kept == added { kept = added }
        if kept.isEmpty { return notes }
        let edits = edits.isEmpty ? kept : edits + kept
        self = Staged(self, edits: edits, kept: edits.count >= Self.keptFrom ? edited : nil)
        return notes
    }

    package mutating func append(_ edit: Edit) throws(EditError) -> [EditNote] { try append([edit]) }

    /// What differs between base and result.
    package var changes: [Change] {
        let result = result
        let secrets = knownSecrets
        return DocumentDiff.changes(
            from: base?.document, to: result.isDeleted ? nil : result.document, tracks: result.channels
        ).map { $0.knowing(secrets) }
    }
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
