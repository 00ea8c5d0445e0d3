import LosslessJSON
import PluginProtocol
import WebhookModel

/// Why an edit of a plugin is not taken.
package enum EditRejection: Error, Hashable, Sendable {
    /// It is about a webhook that the plugin was not given.
    case unknownKey(String)
    /// It writes where `permissions.write` does not let it.
    case notPermitted(key: String, path: JSONPath)
    /// A secret would stand where it did not stand before.
    case secretMoved(key: String, path: JSONPath)
    /// A token inside other text, in a path, or in what is searched for.
    case tokenInText(key: String, operation: Int)
    /// A path that cannot be read.
    case invalidPath(key: String, path: String)
    /// The operations don't apply to the webhook, for a reason that the caller knows.
    case doesNotApply(key: String, detail: String)
}

/// An edit that may be staged: tokens are secrets again.
package struct ReviewedEdit: Hashable, Sendable {
    package let key: String
    package let operations: [ReviewedOperation]
}

package struct ReviewedOperation: Sendable, Hashable {
    /// With the values themselves. Not to be printed where ``holdsSecret``.
    package let operation: PatchOperation
    package let holdsSecret: Bool
}

/// Checks an edit before it is staged: that it writes where it may, and that no secret ends up elsewhere.
///
/// Both are judged by what comes of the edit, not by what it says: its operations are applied to the document as the
/// plugin saw it, and the two documents are compared. A secret may stand in the result only where it stood before: in the
/// same webhook, in a channel of the same identity, under the same key.
struct EditReview {
    let permissions: Permissions
    let tokens: SecretTokens
    let visibility: DocumentEncoder.Visibility

    /// - Parameter apply: the document with the operations applied, as staging will apply them.
    func review(
        _ edit: PluginEdit, document: JSON, apply: (JSON, [PatchOperation]) throws -> JSON
    ) throws(EditRejection) -> ReviewedEdit {
        let before = tokens.encoded(document, visibility)
        let reviewed = try restored(edit)
        try checkTargets(edit, in: before)
        let after: JSON
        do { after = try apply(before, edit.patch) } catch {
            throw .doesNotApply(key: edit.key, detail: "\(error)")
        }
        for change in JSON.changes(from: before, to: after) where !isPermitted(change.path) {
            throw .notPermitted(key: edit.key, path: change.path)
        }
        let places = SecretPlaces(of: before, tokens)
        if let moved = SecretPlaces(of: after, tokens).first(notIn: places) {
            throw .secretMoved(key: edit.key, path: moved)
        }
        return ReviewedEdit(key: edit.key, operations: reviewed)
    }

    private func isPermitted(_ path: JSONPath) -> Bool {
        permissions.write.contains { $0.covers(path) }
    }

    // MARK: What the operations say

    /// An edit that changes nothing still says something: `set is_active true` counts where it is true already.
    private func checkTargets(_ edit: PluginEdit, in document: JSON) throws(EditRejection) {
        for operation in edit.patch {
            switch operation {
            case .set(let path, _), .unset(let path), .replace(let path, _, _):
                for target in try targets(path, key: edit.key, in: document) where !isPermitted(target) {
                    throw .notPermitted(key: edit.key, path: target)
                }
            case .addEvents, .removeEvents, .setEvents, .renameEvent:
                // An element's place is not known: the list itself must be covered.
                let path: JSONPath = [.name(Member.eventTypes)]
                guard isPermitted(path.appending(0)) else { throw .notPermitted(key: edit.key, path: path) }
            case .addChannel, .setChannel, .removeChannel:
                // By what comes of it alone.
                break
            }
        }
    }

    private func targets(_ path: String, key: String, in document: JSON) throws(EditRejection) -> [JSONPath] {
        guard let path = FieldPath(pluginPath: path, in: document) else { throw .invalidPath(key: key, path: path) }
        return path.targets(in: document)
    }

    // MARK: Tokens

    private func restored(_ edit: PluginEdit) throws(EditRejection) -> [ReviewedOperation] {
        var operations: [ReviewedOperation] = []
        for (index, operation) in edit.patch.enumerated() {
            let failure = EditRejection.tokenInText(key: edit.key, operation: index)
            guard !holdsTokens(operation.plainTexts) else { throw failure }
            var holdsSecret = false
            let restored = try operation.mapValue { value throws(EditRejection) in
                try restore(value, failure, &holdsSecret)
            }
            operations.append(ReviewedOperation(operation: restored, holdsSecret: holdsSecret))
        }
        return operations
    }

    private func holdsTokens(_ texts: [String]) -> Bool { texts.contains { SecretTokens.mayBeIn($0) } }

    private func restore(
        _ value: JSON, _ failure: EditRejection, _ holdsSecret: inout Bool
    ) throws(EditRejection) -> JSON {
        switch value.kind {
        case .string:
            guard let text = value.string, SecretTokens.mayBeIn(text) else { return value }
            guard let original = tokens.original(of: text) else { throw failure }
            holdsSecret = true
            return original
        case .array, .object:
            var result = value
            for (component, child) in value.children {
                if case .name(let name) = component, SecretTokens.mayBeIn(name) { throw failure }
                let restored = try restore(child, failure, &holdsSecret)
                guard !restored.isSpelledLike(child) else { continue }
                do throws(JSONPatchError) { try result.set(restored, at: [component]) } catch { throw failure }
            }
            return result
        case .null, .boolean, .number:
            return value
        }
    }
}
