import LosslessJSON
import WebhookModel

/// One difference between two versions of a webhook's document.
package struct Change: Hashable, Sendable {
    /// Where. For `event_types` the list itself, with one change for each type added or removed; for a channel its
    /// position after the change, or before it when the channel was removed; `.` for a whole webhook.
    package let path: JSONPath
    package let before: JSON?
    package let after: JSON?
    /// How a script would get `after` again, when it is a secret that came by reference.
    package var reference: String?

    package init(path: JSONPath, before: JSON?, after: JSON?, reference: String? = nil) {
        self.path = path
        self.before = before
        self.after = after
        self.reference = reference
    }

    package var kind: Kind {
        switch (before, after) {
        case (nil, _): .added
        case (_, nil): .removed
        case (_, _): .changed
        }
    }

    package enum Kind: String, Hashable, Sendable {
        case added, removed, changed
    }

    /// Whether showing the values as they are would show a secret.
    package var isSecret: Bool {
        reference != nil
            || [before, after].contains { value in
                value.map { SecretPaths.holdsSecret($0, at: path) } ?? false
            }
    }

    /// The change as it may be shown: secrets masked, and a secret that came by reference as the reference.
    package var masked: Change {
        let shown = reference.map { JSON("${\($0)}") } ?? after.map { Masking.masked($0, at: path) }
        return Change(
            path: path, before: before.map { Masking.masked($0, at: path) }, after: shown, reference: reference)
    }
}
