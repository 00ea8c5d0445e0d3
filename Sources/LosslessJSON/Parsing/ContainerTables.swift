/// Tables for the containers that are too large to walk: where each element or member stands, and for objects a hash
/// table over the decoded names. Built when the parser closes such a container, so a lookup is never linear in a large one
/// and a hostile object cannot make the check for duplicates quadratic (the hash is the process's seeded one).
struct ContainerTables: Sendable {
    /// Containers with more elements or members than this have a table.
    static let threshold = 16

    /// The tape index of each tabled container's closing entry, ascending, and where its table starts in `storage`.
    private(set) var closings: [UInt32] = []
    private(set) var offsets: [UInt32] = []
    /// Per table: the nodes of the elements or of the members' names; for objects then the hash slots (member position
    /// + 1, or 0).
    private(set) var storage: [UInt32] = []

    /// Where the table of the container closed at `closing` starts, or nil if it has none.
    func table(closing: UInt32) -> Int? {
        var low = 0
        var high = closings.count
        while low < high {
            let middle = (low + high) / 2
            if closings[middle] < closing { low = middle + 1 } else { high = middle }
        }
        return low < closings.count && closings[low] == closing ? Int(offsets[low]) : nil
    }

    /// The number of hash slots for `count` members: a power of two, at most half full.
    static func slots(for count: Int) -> Int {
        var slots = 64
        while slots < count * 2 { slots *= 2 }
        return slots
    }

    func member(
        named name: UnsafeBufferPointer<UInt8>, table: Int, count: Int, in reader: TapeReader
    ) -> (position: Int, name: Int)? {
        let mask = Self.slots(for: count) - 1
        let slots = table + count
        var slot = Self.hash(name) & mask
        while storage[slots + slot] != 0 {
            let position = Int(storage[slots + slot]) - 1
            let node = Int(storage[table + position])
            if reader.isName(node, name) { return (position, node) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Notes the elements of the array whose first is at `node`.
    mutating func addArray(closing: Int, first node: Int, count: Int, in reader: TapeReader) {
        closings.append(UInt32(closing))
        offsets.append(UInt32(storage.count))
        var node = node
        for _ in 0..<count {
            storage.append(UInt32(node))
            node = reader.next(after: node)
        }
    }

    /// Notes the members of the object whose first name is at `node`; returns the first name that occurred before, if any.
    mutating func addObject(closing: Int, first node: Int, count: Int, in reader: TapeReader) -> Int? {
        let table = storage.count
        closings.append(UInt32(closing))
        offsets.append(UInt32(table))
        var node = node
        for _ in 0..<count {
            storage.append(UInt32(node))
            node = reader.next(after: node + 1)
        }
        storage.append(contentsOf: repeatElement(0, count: Self.slots(for: count)))
        for position in 0..<count {
            let name = Int(storage[table + position])
            let isNew = reader.withName(name) { insert($0, position: position, table: table, count: count, reader) }
            if !isNew { return name }
        }
        return nil
    }

    /// Puts a member into the hash slots unless one of its name is there.
    private mutating func insert(
        _ name: UnsafeBufferPointer<UInt8>, position: Int, table: Int, count: Int, _ reader: TapeReader
    ) -> Bool {
        let mask = Self.slots(for: count) - 1
        let slots = table + count
        var slot = Self.hash(name) & mask
        while storage[slots + slot] != 0 {
            let other = Int(storage[table + Int(storage[slots + slot]) - 1])
            if reader.isName(other, name) { return false }
            slot = (slot + 1) & mask
        }
        storage[slots + slot] = UInt32(position + 1)
        return true
    }

    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(name))
        return hasher.finalize()
    }
}
