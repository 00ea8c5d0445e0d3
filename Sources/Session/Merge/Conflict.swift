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

    package init(path: JSONPath, base: JSON?, live: JSON?, staged: JSON?) {
        self.path = path
        self.base = base
        self.live = live
        self.staged = staged
    }

    /// The conflict as it may be shown: secrets masked.
    package var masked: Conflict {
        func shown(_ value: JSON?) -> JSON? { value.map { Masking.masked($0, at: path) } }
        return Conflict(path: path, base: shown(base), live: shown(live), staged: shown(staged))
    }
}
