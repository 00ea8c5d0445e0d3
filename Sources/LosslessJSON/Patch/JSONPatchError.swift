/// Why an edit or a patch does not apply; the value it was meant for is unchanged.
package struct JSONPatchError: Error, Hashable, Sendable {
    package enum Reason: Error, Hashable, Sendable {
        /// Nothing stands at the path.
        case notFound
        /// The path goes into a value that has no children (or, for an array, none of that name).
        case notAContainer(JSON.Kind)
        /// An array takes `0…count` for an insertion; the payload is its count.
        case indexOutOfRange(count: Int)
        /// The path holds `*` and so names no single place.
        case notConcrete
        /// The whole value cannot be removed or moved.
        case cannotRemoveRoot
        /// A `move` into a part of what is moved.
        case moveIntoItself
        /// A `test` found another value.
        case testFailed(found: JSON)
        /// A patch document that is none: see the detail.
        case malformed(JSONPatchFault)
    }

    package let reason: Reason
    /// How far the path could be followed, plus the component at which it failed.
    package let path: JSONPath
    /// Which operation of a patch failed, from 0; nil for a single edit.
    package let operation: Int?

    package init(reason: Reason, path: JSONPath, operation: Int? = nil) {
        self.reason = reason
        self.path = path
        self.operation = operation
    }

    func inOperation(_ index: Int) -> JSONPatchError {
        JSONPatchError(reason: reason, path: path, operation: index)
    }
}

/// What is wrong with a patch document.
package enum JSONPatchFault: Error, Hashable, Sendable {
    /// The document is no array.
    case notAnArray
    /// An operation is no object.
    case notAnObject
    /// An operation lacks a member it needs: `op`, `path`, `from` or `value`.
    case missing(String)
    /// A member that must be text is not.
    case notText(String)
    /// `op` is none of RFC 6902's six.
    case unknownOperation(String)
    /// `path` or `from` is no JSON pointer.
    case invalidPointer(member: String, JSONPathError)
}
