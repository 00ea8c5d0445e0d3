/// What is to happen, by virtual time; what falls on the same instant happens in the order in which it was asked for.
struct Timeline {
    typealias ID = UInt64

    private struct Entry {
        let time: Int64
        let id: ID
        static func < (left: Self, right: Self) -> Bool { (left.time, left.id) < (right.time, right.id) }
    }

    private var heap: [Entry] = []
    private var actions: [ID: () -> Void] = [:]
    private var lastID: ID = 0

    var isEmpty: Bool { actions.isEmpty }

    mutating func add(at time: Int64, _ action: @escaping () -> Void) -> ID {
        lastID += 1
        actions[lastID] = action
        heap.append(Entry(time: time, id: lastID))
        siftUp()
        return lastID
    }

    mutating func cancel(_ id: ID) { actions[id] = nil }

    /// The next action and its time; nil when nothing is to happen.
    mutating func next() -> (time: Int64, action: () -> Void)? {
        while let first = heap.first {
            removeFirst()
            if let action = actions.removeValue(forKey: first.id) { return (first.time, action) }
        }
        return nil
    }

    private mutating func siftUp() {
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
