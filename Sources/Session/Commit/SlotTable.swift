/// The slots of a commit by their position in the run, in its order.
///
/// Each answer of a server looks at a few of them: they are read and changed where they are, as neither a dictionary nor an
/// optional would let them be.
struct SlotTable: Sendable {
    private var slots: [CommitMachine.Slot]
    /// The position of each, in order.
    let positions: [Int]
    /// Where each position's slot is; -1 where there is none.
    private let places: [Int]

    /// Positions count from 0, and may have gaps.
    init(_ slots: [Int: CommitMachine.Slot]) {
        let sorted = slots.sorted { $0.key < $1.key }
        positions = sorted.map(\.key)
        self.slots = sorted.map(\.value)
        var places = Array(repeating: -1, count: (positions.last ?? -1) + 1)
        for (place, position) in positions.enumerated() { places[position] = place }
        self.places = places
    }

    var count: Int { slots.count }

    /// For a look at all: each is copied.
    var values: [CommitMachine.Slot] { slots }

    func contains(_ position: Int) -> Bool { places.indices.contains(position) && places[position] >= 0 }

    /// The slot at a position that has one. The getter is a plain one: as a `_read` that yields by a place looked up, debug
    /// builds release too much.
    subscript(position: Int) -> CommitMachine.Slot {
        get { slots[places[position]] }
        _modify { yield &slots[places[position]] }
    }
}
