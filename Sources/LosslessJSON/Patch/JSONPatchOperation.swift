/// One operation of a JSON patch (RFC 6902). Paths must be concrete; `-` as the last name of an array's path means behind
/// its end.
package enum JSONPatchOperation: Hashable, Sendable {
    /// Inserts into an array before the index, or sets an object's member.
    case add(JSONPath, JSON)
    /// Takes away what must be there.
    case remove(JSONPath)
    /// Puts another value in place of what must be there.
    case replace(JSONPath, JSON)
    /// Takes away at `from` and adds at the path.
    case move(from: JSONPath, to: JSONPath)
    /// Adds at the path what stands at `from`.
    case copy(from: JSONPath, to: JSONPath)
    /// Fails unless an equal value (see `JSON.==`) stands at the path.
    case test(JSONPath, JSON)
}

extension JSON {
    /// The value with all operations applied, one after the other; the first that fails throws, and nothing has changed.
    package func applying(_ operations: [JSONPatchOperation]) throws(JSONPatchError) -> JSON {
        var result = self
        for (index, operation) in operations.enumerated() {
            do { try result.apply(operation) } catch { throw error.inOperation(index) }
        }
        return result
    }

    private mutating func apply(_ operation: JSONPatchOperation) throws(JSONPatchError) {
        switch operation {
        case .add(let path, let value):
            try insert(value, at: path)
        case .remove(let path):
            try remove(at: path)
        case .replace(let path, let value):
            try replace(at: path, with: value)
        case .move(let source, let target):
            try move(from: source, to: target)
        case .copy(let source, let target):
            try insert(existing(at: source), at: target)
        case .test(let path, let value):
            let found = try existing(at: path)
            guard found == value else { throw JSONPatchError(reason: .testFailed(found: found), path: path) }
        }
    }

    private mutating func move(from source: JSONPath, to target: JSONPath) throws(JSONPatchError) {
        let value = try existing(at: source)
        guard source != target else { return }
        guard !target.starts(with: source) else { throw JSONPatchError(reason: .moveIntoItself, path: target) }
        try remove(at: source)
        try insert(value, at: target)
    }

    private func existing(at path: JSONPath) throws(JSONPatchError) -> JSON {
        guard path.isConcrete else { throw JSONPatchError(reason: .notConcrete, path: path) }
        guard let value = value(at: path) else { throw JSONPatchError(reason: .notFound, path: path) }
        return value
    }
}
