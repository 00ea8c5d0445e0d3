extension JSON: Equatable {
    /// Equality by meaning: the order of members does not count, strings are the same if their decoded code points are
    /// (no Unicode normalisation; lone surrogates equal only themselves), numbers if they are the same exact decimal
    /// (`1`, `1.0` and `10e-1`; but not 9007199254740993 and 9007199254740992).
    package static func == (a: JSON, b: JSON) -> Bool {
        guard !a.isIdentical(to: b) else { return true }
        let kind = a.kind
        guard kind == b.kind else { return false }
        guard kind.isContainer else { return equalScalars(a, b, kind) }
        guard !hasSameText(a, b) else { return true }
        var pending = [(a, b)]
        while let (a, b) = pending.popLast() {
            guard equalExceptChildren(a, b, pending: &pending) else { return false }
        }
        return true
    }

    /// Whether both are equal, or are objects of the same members in the same order that are equal but for the values of
    /// members with these names. Quicker than to take those out first.
    package func isEqual(to other: JSON, ignoring names: Set<String>) -> Bool {
        guard kind == .object, other.kind == .object else { return self == other }
        return count == other.count
            && zip(members, other.members).allSatisfy { one, other in
                guard Self.sameName(one.name, other.name) else { return false }
                return one.value == other.value || one.name.string.map(names.contains) == true
            }
    }

    /// Whether both are the same place in memory, which makes them equal without a look.
    func isIdentical(to other: JSON) -> Bool {
        switch (storage, other.storage) {
        case (.view(let document, let node), .view(let otherDocument, let otherNode)):
            document === otherDocument && node == otherNode
        case (.array(let node), .array(let otherNode)): node === otherNode
        case (.object(let node), .object(let otherNode)): node === otherNode
        default: false
        }
    }

    /// Whether both are views of the same text, byte for byte: then they are equal without a closer look.
    private static func hasSameText(_ a: JSON, _ b: JSON) -> Bool {
        guard case .view(let document, let node) = a.storage, case .view(let other, let otherNode) = b.storage else {
            return false
        }
        let (range, otherRange) = (document.range(at: Int(node)), other.range(at: Int(otherNode)))
        return document.source.withUnsafeBufferPointer { source in
            other.source.withUnsafeBufferPointer { otherSource in
                sameBytes(
                    UnsafeBufferPointer(rebasing: source[range]),
                    UnsafeBufferPointer(rebasing: otherSource[otherRange]))
            }
        }
    }

    /// Compares two values but for the containers inside them, which it adds to `pending`.
    private static func equalExceptChildren(_ a: JSON, _ b: JSON, pending: inout [(JSON, JSON)]) -> Bool {
        guard !a.isIdentical(to: b) else { return true }
        let kind = a.kind
        guard kind == b.kind else { return false }
        switch kind {
        case .array:
            guard a.count == b.count else { return false }
            return zip(a.elements, b.elements).allSatisfy { pair($0, $1, pending: &pending) }
        case .object:
            guard a.count == b.count else { return false }
            return pairMembers(a, b, pending: &pending)
        default:
            return equalScalars(a, b, kind)
        }
    }

    /// Finds each member of `a` in `b`, most often at the same place.
    private static func pairMembers(_ a: JSON, _ b: JSON, pending: inout [(JSON, JSON)]) -> Bool {
        for (member, other) in zip(a.members, b.members) {
            if sameName(member.name, other.name) {
                guard pair(member.value, other.value, pending: &pending) else { return false }
            } else {
                guard let found = b.member(named: member.name) else { return false }
                guard pair(member.value, found.value, pending: &pending) else { return false }
            }
        }
        return true
    }

    /// Compares scalars at once and leaves containers for later.
    private static func pair(_ a: JSON, _ b: JSON, pending: inout [(JSON, JSON)]) -> Bool {
        let kind = a.kind
        guard kind == b.kind else { return false }
        guard kind.isContainer else { return equalScalars(a, b, kind) }
        pending.append((a, b))
        return true
    }

    private static func sameName(_ a: JSON, _ b: JSON) -> Bool {
        a.withStringBytes(surrogates: .replaced) { a in b.withStringBytes(surrogates: .replaced) { sameBytes(a, $0) } }
    }

    private static func equalScalars(_ a: JSON, _ b: JSON, _ kind: Kind) -> Bool {
        switch kind {
        case .null: true
        case .boolean: a.boolean == b.boolean
        case .number: equalNumbers(a, b)
        case .string:
            a.withStringBytes(surrogates: .kept) { a in b.withStringBytes(surrogates: .kept) { sameBytes(a, $0) } }
        case .array, .object: false
        }
    }
}
