import Glibc

/// Many texts, found by their beginning or by a part, without regard to letter case.
///
/// Lower-case copies stand sorted in one piece of memory: a beginning is found by bisection, a part by one pass over it.
struct SortedNames: Sendable {
    struct Entry: Sendable {
        var text: String
        var detail: String
    }

    /// By their lower-case bytes.
    private let entries: [Entry]
    /// The lower-case texts in that order, a NUL behind each.
    private let folded: [UInt8]
    /// Where each begins in `folded`; one more for the end.
    private let starts: [Int]
    /// Whether every text is its own lower-case copy: then bytes that begin so begin so in any case.
    private let isFolded: Bool

    init(_ unsorted: [Entry]) {
        let keys = unsorted.map { Array($0.text.lowercased().utf8.lazy.map { $0 == 0 ? 1 : $0 }) }
        let order = unsorted.indices.sorted { Self.precedes(keys[$0], keys[$1]) }
        var folded: [UInt8] = []
        folded.reserveCapacity(keys.reduce(0) { $0 + $1.count + 1 })
        var starts: [Int] = []
        starts.reserveCapacity(order.count + 1)
        for index in order {
            starts.append(folded.count)
            folded += keys[index]
            folded.append(0)
        }
        starts.append(folded.count)
        entries = order.map { unsorted[$0] }
        isFolded = unsorted.indices.allSatisfy { unsorted[$0].text.utf8.elementsEqual(keys[$0]) }
        self.folded = folded
        self.starts = starts
    }

    var count: Int { entries.count }

    subscript(index: Int) -> Entry { entries[index] }

    /// Whether a neighbour has the same text.
    func isRepeated(_ index: Int) -> Bool {
        (index > 0 && entries[index - 1].text == entries[index].text)
            || (index + 1 < entries.count && entries[index + 1].text == entries[index].text)
    }

    private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let order = memcmp(left, right, min(left.count, right.count))
        return order == 0 ? left.count < right.count : order < 0
    }
}

// MARK: - Finding

extension SortedNames {
    /// The places of the texts that fit a tier, in order.
    func places(_ tier: MatchTier, of typed: String) -> [Int] {
        let wanted = Array(typed.lowercased().utf8)
        switch tier {
        case .beginning:
            let range = range(beginning: wanted)
            if wanted.isEmpty || (isFolded && typed.utf8.elementsEqual(wanted)) { return Array(range) }
            return range.filter { entries[$0].text.utf8.starts(with: typed.utf8) }
        case .folded: return Array(range(beginning: wanted))
        case .within: return places(holding: wanted)
        }
    }

    /// What all texts at these places begin with. A beginning of `known` bytes is known to be common.
    func common(_ places: [Int], known: Int) -> String {
        guard let first = places.first, let last = places.last else { return "" }
        if isFolded { return CompletionMatches.common(entries[first].text, entries[last].text) }
        var common = entries[first].text
        for place in places.dropFirst() where common.utf8.count > known {
            if !entries[place].text.utf8.starts(with: common.utf8) {
                common = CompletionMatches.common(common, entries[place].text)
            }
        }
        return common
    }

    private func range(beginning wanted: [UInt8]) -> Range<Int> {
        let start = bisect { compare($0, wanted) < 0 }
        let end = bisect { compare($0, wanted) <= 0 }
        return start..<end
    }

    /// The beginning of a text against as many bytes.
    private func compare(_ place: Int, _ wanted: [UInt8]) -> Int32 {
        folded.withUnsafeBufferPointer { folded in
            let start = starts[place]
            // The NUL behind a shorter text is smaller than any byte that could be wanted.
            return memcmp(folded.baseAddress! + start, wanted, min(wanted.count, starts[place + 1] - start))
        }
    }

    /// The first place that `isBefore` does not hold for.
    private func bisect(_ isBefore: (Int) -> Bool) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func places(holding wanted: [UInt8]) -> [Int] {
        guard let first = wanted.first else { return Array(entries.indices) }
        var found: [Int] = []
        folded.withUnsafeBufferPointer { folded in
            guard let base = folded.baseAddress else { return }
            var place = 0
            var offset = 0
            while folded.count - offset >= wanted.count,
                let hit = memchr(base + offset, Int32(first), folded.count - offset - wanted.count + 1)
            {
                offset = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
                guard memcmp(base + offset, wanted, wanted.count) == 0 else {
                    offset += 1
                    continue
                }
                place = self.place(at: offset, from: place)
                found.append(place)
                offset = starts[place + 1]
            }
        }
        return found
    }

    /// Which text a byte belongs to.
    private func place(at offset: Int, from known: Int) -> Int {
        var low = known
        var high = entries.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
