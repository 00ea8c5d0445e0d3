/// The slots of a commit by their position in the run, in its order.
///
/// Each answer of a server looks at a few of them: they are read and changed where they are, as a dictionary would not do.
struct SlotTable: Sendable {
    private var slots: [CommitMachine.Slot?]
    /// How many there are; a position may have none.
    let count: Int

    /// Positions count from 0.
    init(_ slots: [Int: CommitMachine.Slot]) {
        self.slots = Array(repeating: nil, count: (slots.keys.max() ?? -1) + 1)
        count = slots.count
        for (position, slot) in slots { self.slots[position] = slot }
    }

    /// The slot at a position; nil where there is none. One can be changed, but not put in or taken out.
    subscript(position: Int) -> CommitMachine.Slot? {
        _read {
            if slots.indices.contains(position) { yield slots[position] } else { yield nil }
        }
        _modify {
            var none: CommitMachine.Slot?
            if slots.indices.contains(position) { yield &slots[position] } else { yield &none }
        }
    }

    /// Those at which there may be a slot.
    var positions: Range<Int> { slots.indices }

    var values: some Sequence<CommitMachine.Slot> { slots.lazy.compactMap { $0 } }
}

extension SlotTable: Sequence {
    func makeIterator() -> some IteratorProtocol<(position: Int, slot: CommitMachine.Slot)> {
        slots.enumerated().lazy.compactMap { position, slot in slot.map { (position: position, slot: $0) } }
            .makeIterator()
    }
}
