import LosslessJSON
import WebhookModel

/// A place where the staged edits and somebody else's change can't both stand.
package struct Conflict: Hashable, Sendable {
    /// Where, as the staged document counts channels; `.` for the webhook itself.
    package let path: JSONPath
    /// As it was when the edit was staged; nil is absent.
    package let base: JSON?
    /// As the server has it now.
    package let live: JSON?
    /// As the edits want it.
    package let staged: JSON?

    /// Values in it that came by reference.
    package var secrets: KnownSecrets

    package init(path: JSONPath, base: JSON?, live: JSON?, staged: JSON?, secrets: KnownSecrets = KnownSecrets()) {
        self.path = path
        self.base = base
        self.live = live
        self.staged = staged
        self.secrets = secrets
    }

    /// The conflict as it may be shown: what came by reference as the reference, other secrets masked.
    package var masked: Conflict {
        func shown(_ value: JSON?) -> JSON? { value.map { secrets.shown($0, at: path) } }
        return Conflict(path: path, base: shown(base), live: shown(live), staged: shown(staged))
    }
}

extension Conflict: CustomStringConvertible, CustomReflectable {
    /// For logs and tests, masked.
    package var description: String {
        let values = [masked.base, masked.live, masked.staged].map { $0?.description ?? "nothing" }
        return "\(path): " + values.joined(separator: " | ")
    }
    package var customMirror: Mirror { Mirror(self, children: ["conflict": description]) }
}
