import LosslessJSON
import WebhookModel

/// One difference between two versions of a webhook's document.
package struct Change: Hashable, Sendable {
    /// Where. For `event_types` the list itself, with one change for each type added or removed; for a channel its
    /// position after the change, or before it when the channel was removed; `.` for a whole webhook.
    package let path: JSONPath
    package let before: JSON?
    package let after: JSON?
    /// Values in it that came by reference.
    package var secrets: KnownSecrets

    package init(path: JSONPath, before: JSON?, after: JSON?, secrets: KnownSecrets = KnownSecrets()) {
        self.path = path
        self.before = before
        self.after = after
        self.secrets = secrets
    }

    /// How a script would get `after` again, when it is a secret that came by reference.
    package var reference: String? { secrets.reference(of: after) }

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
        [before, after].contains { value in
            value.map { secrets.areIn($0) || SecretPaths.holdsSecret($0, at: path) } ?? false
        }
    }

    /// The change as it may be shown: what came by reference as the reference, other secrets masked.
    package var masked: Change {
        Change(
            path: path, before: before.map { secrets.shown($0, at: path) },
            after: after.map { secrets.shown($0, at: path) })
    }
}

extension Change: CustomStringConvertible, CustomReflectable {
    /// For logs and tests, masked.
    package var description: String {
        "\(path): \(masked.before?.description ?? "nothing") → \(masked.after?.description ?? "nothing")"
    }
    package var customMirror: Mirror { Mirror(self, children: ["change": description]) }
}
