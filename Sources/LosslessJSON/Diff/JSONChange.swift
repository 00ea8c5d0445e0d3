/// One difference between two values.
package struct JSONChange: Hashable, Sendable {
    /// Where: in the old value for a replacement or removal, in the new one for an addition.
    package let path: JSONPath
    /// What stood there; nil for an addition.
    package let before: JSON?
    /// What stands there now; nil for a removal.
    package let after: JSON?

    package init(path: JSONPath, before: JSON?, after: JSON?) {
        self.path = path
        self.before = before
        self.after = after
    }
}
