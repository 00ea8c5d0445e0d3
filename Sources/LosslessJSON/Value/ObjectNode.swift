/// The members of an owned object.
///
/// `@unchecked Sendable`: it changes only through a holder that has found itself to be the only one (copy on write), or
/// while it is being freed.
final class ObjectNode: @unchecked Sendable {
    var members: [Member]
    /// Where each name is, once there are more than ``ContainerTables/threshold``.
    var index: [NameKey: Int]
    /// At least the number of nodes on the longest way down from here, views counting as one.
    var height: Int

    /// `members` must have no two names alike.
    init(_ members: [Member]) {
        self.members = members
        index = [:]
        height = members.reduce(1) { max($0, $1.value.height + 1) }
        reindex()
    }

    private init(copying other: ObjectNode) {
        members = other.members
        index = other.index
        height = other.height
    }

    func copy() -> ObjectNode { ObjectNode(copying: self) }

    deinit {
        guard height > Dismantling.safeHeight else { return }
        var values = members.map(\.value)
        members = []
        Dismantling.dismantle(&values)
    }

    func position(of name: String) -> Int? {
        guard index.isEmpty else { return index[NameKey(name)] }
        var name = name
        return name.withUTF8 { linearPosition(of: $0) }
    }

    /// The same for a name as a string value.
    func position(of name: JSON) -> Int? {
        guard index.isEmpty else { return name.string.flatMap { index[NameKey($0)] } }
        return name.withStringBytes(surrogates: .replaced) { linearPosition(of: $0) }
    }

    private func linearPosition(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        // Looked at where they are: a copy of each would be counted in and out.
        members.withUnsafeBufferPointer { members in
            members.indices.first { members[$0].name.withStringBytes(surrogates: .replaced) { sameBytes($0, name) } }
        }
    }

    /// Appends a member whose name is new.
    func append(_ member: Member) {
        members.append(member)
        height = max(height, member.value.height + 1)
        if !index.isEmpty {
            index[NameKey(member.name)] = members.count - 1
        } else {
            reindex()
        }
    }

    /// Removes the member at `position`; linear in the number of members.
    func remove(at position: Int) {
        members.remove(at: position)
        index = [:]
        reindex()
    }

    private func reindex() {
        guard members.count > ContainerTables.threshold else { return }
        index.reserveCapacity(members.count)
        for (position, member) in members.enumerated() { index[NameKey(member.name)] = position }
    }
}

/// A member's name as a key: equal only if every byte is, unlike `String`, which takes canonically equivalent texts for
/// equal.
struct NameKey: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    init(_ name: JSON) { text = name.string ?? "" }

    static func == (a: NameKey, b: NameKey) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
