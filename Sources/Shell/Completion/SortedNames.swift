/// Many texts, found by their beginning or by a part, with or without regard to letter case.
///
/// Lower-case copies stand sorted in one piece of memory: a beginning is found by bisection, a part by one pass over it.
struct SortedNames: Sendable {
    struct Entry: Sendable {
        var text: String
        var detail: String
    }

    /// By their lower-case bytes.
    private let texts: TextBlock
    private let folded: TextBlock
    private let details: [String]
    /// Whether every text is its own lower-case copy: then bytes that begin so begin so in any case.
    private let isFolded: Bool

    init(_ entries: [Entry]) {
        var texts = TextBlock()
        var folded = TextBlock()
        for entry in entries {
            texts.append(entry.text.utf8)
            Self.fold(entry.text, into: &folded)
        }
        let order = folded.sorted()
        isFolded = texts.bytes == folded.bytes
        self.texts = texts.reordered(order)
        self.folded = folded.reordered(order)
        details = order.map { entries[$0].detail }
    }

    private static func fold(_ text: String, into block: inout TextBlock) {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            block.append(text.utf8.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
        } else {
            block.append(text.lowercased().utf8)
        }
    }

    var count: Int { texts.count }

    subscript(place: Int) -> Entry { Entry(text: texts.text(place), detail: details[place]) }

    /// Whether a neighbour has the same text.
    func isRepeated(_ place: Int) -> Bool {
        (place > 0 && texts.areEqual(place - 1, place)) || (place + 1 < count && texts.areEqual(place, place + 1))
    }

    /// Whether two have the same text.
    func areEqual(_ left: Int, _ right: Int) -> Bool { texts.areEqual(left, right) }

    /// The places of the texts that fit a tier, in order.
    func places(_ tier: MatchTier, of typed: String) -> [Int] {
        let wanted = Array(typed.lowercased().utf8)
        switch tier {
        case .beginning:
            let range = range(beginning: wanted)
            let exact = Array(typed.utf8)
            if wanted.isEmpty || (isFolded && exact == wanted) { return Array(range) }
            return range.filter { texts.compare($0, with: exact) == 0 }
        case .folded: return Array(range(beginning: wanted))
        case .within: return folded.places(holding: wanted)
        }
    }

    /// What all texts at these places begin with. A beginning of `known` bytes is known to be common.
    func common(_ places: [Int], known: Int) -> String {
        guard let first = places.first, let last = places.last else { return "" }
        // In the order of their own bytes the outermost differ first.
        let length = texts.commonLength(isFolded ? [first, last] : places, known: known)
        return String(decoding: texts.bytes[texts.starts[first]..<(texts.starts[first] + length)], as: UTF8.self)
    }

    private func range(beginning wanted: [UInt8]) -> Range<Int> {
        let start = bisect { folded.compare($0, with: wanted) < 0 }
        let end = bisect { folded.compare($0, with: wanted) <= 0 }
        return start..<end
    }

    /// The first place that `isBefore` does not hold for.
    private func bisect(_ isBefore: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
