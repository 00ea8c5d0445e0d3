/// Finds places in an array by what stands at them, in eight bytes a slot: the elements hold their keys themselves, and a
/// dictionary would hold each once more.
///
/// It knows hashes and places only; who asks says whether the element at a place is the one. Hashes come from Swift's own
/// hashing, whose seed differs from process to process, so that a server can't choose keys that collide.
package struct PlaceIndex: Sendable {
    private struct Slot {
        var hash: UInt32
        /// A place, or one of the two marks.
        var place: UInt32

        static let free = Slot(hash: 0, place: .max)
        /// Something was here, and what was put in behind it may still be behind it.
        static let freed = Slot(hash: 0, place: .max - 1)

        var isFree: Bool { place == .max }
        var isTaken: Bool { place < .max - 1 }
    }

    /// A power of two of them, or none.
    private var slots: [Slot] = []
    /// Slots that are not free, those freed included.
    private var used = 0
    /// Places that are in it.
    package private(set) var count = 0

    package init() {}

    /// With room for so many places.
    package init(minimumCapacity: Int) {
        if minimumCapacity > 0 { resize(for: minimumCapacity) }
    }

    /// The place under this hash for which `isSought` holds.
    package func place(hash: Int, where isSought: (Int) -> Bool) -> Int? {
        let hash = UInt32(truncatingIfNeeded: hash)
        return slot(hash) { isSought(Int($0)) }.map { Int(slots[$0].place) }
    }

    /// Puts in a place that is not there yet.
    package mutating func insert(_ place: Int, hash: Int) {
        precondition(place >= 0 && place < Int(UInt32.max - 1), "more places than an index can hold")
        // Half full afterwards, so that places that come and go in turns don't have it made anew each time.
        if (used + 1) * 5 > slots.count * 4 { resize(for: (count + 1) * 8 / 5) }
        used += put(Slot(hash: UInt32(truncatingIfNeeded: hash), place: UInt32(place))) ? 1 : 0
        count += 1
    }

    /// Takes a place out that was put in under this hash; whether it was there.
    @discardableResult
    package mutating func remove(_ place: Int, hash: Int) -> Bool {
        guard let slot = slot(UInt32(truncatingIfNeeded: hash), where: { Int($0) == place }) else { return false }
        slots[slot] = .freed
        count -= 1
        return true
    }

    private func slot(_ hash: UInt32, where isSought: (UInt32) -> Bool) -> Int? {
        guard count > 0 else { return nil }
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while !slots[slot].isFree {
            let found = slots[slot]
            if found.hash == hash, found.isTaken, isSought(found.place) { return slot }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Takes the first slot that nothing is in; whether that was a free one and not one freed.
    private mutating func put(_ new: Slot) -> Bool {
        let mask = slots.count - 1
        var slot = Int(new.hash) & mask
        while slots[slot].isTaken { slot = (slot + 1) & mask }
        defer { slots[slot] = new }
        return slots[slot].isFree
    }

    /// Makes it anew with room for so many places, which are four fifths of its slots at most.
    private mutating func resize(for places: Int) {
        var size = 8
        while places * 5 > size * 4 { size *= 2 }
        let old = slots
        slots = Array(repeating: .free, count: size)
        used = 0
        for slot in old where slot.isTaken { used += put(slot) ? 1 : 0 }
    }
}
