extension JSON: Equatable {
    /// Equality by meaning: the order of members does not count, strings are the same if their decoded code points are
    /// (no Unicode normalisation; lone surrogates equal only themselves), numbers if they are the same exact decimal
    /// (`1`, `1.0` and `10e-1`; but not 9007199254740993 and 9007199254740992).
    package static func == (a: JSON, b: JSON) -> Bool {
        guard !a.isIdentical(to: b) else { return true }
        let kind = a.kind
        guard kind == b.kind else { return false }
        guard kind == .array || kind == .object else { return equalScalars(a, b, kind) }
        var pending = [(a, b)]
        while let (a, b) = pending.popLast() {
            guard equalExceptChildren(a, b, pending: &pending) else { return false }
        }
        return true
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

    /// Compares two values but for the values inside them, which it adds to `pending`.
    private static func equalExceptChildren(_ a: JSON, _ b: JSON, pending: inout [(JSON, JSON)]) -> Bool {
        guard !a.isIdentical(to: b) else { return true }
        let kind = a.kind
        guard kind == b.kind else { return false }
        switch kind {
        case .array:
            guard a.count == b.count else { return false }
            pending.append(contentsOf: zip(a.elements, b.elements))
            return true
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
                pending.append((member.value, other.value))
            } else {
                guard let found = b.member(named: member.name) else { return false }
                pending.append((member.value, found.value))
            }
        }
        return true
    }

    static func sameName(_ a: JSON, _ b: JSON) -> Bool {
        a.withStringBytes(surrogates: .replaced) { a in b.withStringBytes(surrogates: .replaced) { sameBytes(a, $0) } }
    }

    private static func equalScalars(_ a: JSON, _ b: JSON, _ kind: Kind) -> Bool {
        switch kind {
        case .null: true
        case .boolean: a.boolean == b.boolean
        case .number: a.number == b.number
        case .string:
            a.withStringBytes(surrogates: .kept) { a in b.withStringBytes(surrogates: .kept) { sameBytes(a, $0) } }
        case .array, .object: false
        }
    }
}
