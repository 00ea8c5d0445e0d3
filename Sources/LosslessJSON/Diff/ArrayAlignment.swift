/// Which element of one array stands against which of another.
///
/// Equal elements at both ends stand against each other. Of the rest, a longest common subsequence does if the rest is small
/// (``CommonSubsequence``); else those elements that occur once on either side, in the same order on both, split it into
/// smaller rests, of which the small ones get a longest common subsequence and the others none. Between equal elements,
/// old ones stand against new ones as changes and what is left over is removed or inserted (``GapPairing``).
struct ArrayAlignment {
    enum Step: Hashable {
        /// Different elements that stand against each other.
        case pair(Int, Int)
        case remove(Int)
        case insert(Int)
    }

    private let old: [JSON]
    private let new: [JSON]
    /// The same number for equal elements, so that each is compared as a whole only once. Of what is equal at both ends,
    /// 0.
    private var oldNumbers: [Int]
    private var newNumbers: [Int]
    private var steps: [Step] = []

    /// The steps that differ, in order.
    static func steps(from old: [JSON], to new: [JSON]) -> [Step] {
        var alignment = ArrayAlignment(old, new)
        let (oldRest, newRest) = trim(old.indices, new.indices) { old[$0] == new[$1] }
        alignment.number(oldRest, newRest)
        alignment.align(oldRest, newRest, maySplit: true)
        return alignment.steps
    }

    private init(_ old: [JSON], _ new: [JSON]) {
        self.old = old
        self.new = new
        oldNumbers = Array(repeating: 0, count: old.count)
        newNumbers = Array(repeating: 0, count: new.count)
    }

    private mutating func number(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
        var numbers: [JSON: Int] = [:]
        numbers.reserveCapacity(oldRange.count)
        func number(_ element: JSON) -> Int {
            numbers.insertIfMissing(numbers.count, for: element)
        }
        for index in oldRange { oldNumbers[index] = number(old[index]) }
        for index in newRange { newNumbers[index] = number(new[index]) }
    }

    private mutating func align(_ oldRange: Range<Int>, _ newRange: Range<Int>, maySplit: Bool) {
        let (oldRest, newRest) = Self.trim(oldRange, newRange) { oldNumbers[$0] == newNumbers[$1] }
        guard !oldRest.isEmpty, !newRest.isEmpty else { return fillGap(oldRest, newRest) }
        if CommonSubsequence.isSmall(oldRest.count, newRest.count) {
            let anchors = CommonSubsequence.longest(oldNumbers[oldRest], newNumbers[newRest])
            split(oldRest, newRest, at: anchors) { $0.fillGap($1, $2) }
        } else if maySplit {
            let anchors = CommonSubsequence.unique(oldNumbers[oldRest], newNumbers[newRest])
            split(oldRest, newRest, at: anchors) { $0.align($1, $2, maySplit: false) }
        } else {
            fillGap(oldRest, newRest)
        }
    }

    /// The ranges without what is equal at both ends.
    private static func trim(
        _ oldRange: Range<Int>, _ newRange: Range<Int>, isEqual: (Int, Int) -> Bool
    ) -> (Range<Int>, Range<Int>) {
        var (oldStart, newStart) = (oldRange.lowerBound, newRange.lowerBound)
        var (oldEnd, newEnd) = (oldRange.upperBound, newRange.upperBound)
        while oldStart < oldEnd, newStart < newEnd, isEqual(oldStart, newStart) {
            oldStart += 1
            newStart += 1
        }
        while oldStart < oldEnd, newStart < newEnd, isEqual(oldEnd - 1, newEnd - 1) {
            oldEnd -= 1
            newEnd -= 1
        }
        return (oldStart..<oldEnd, newStart..<newEnd)
    }

    /// Calls `body` on what lies between the anchors.
    private mutating func split(
        _ oldRange: Range<Int>, _ newRange: Range<Int>, at anchors: [(old: Int, new: Int)],
        _ body: (inout ArrayAlignment, Range<Int>, Range<Int>) -> Void
    ) {
        var (oldStart, newStart) = (oldRange.lowerBound, newRange.lowerBound)
        for anchor in anchors {
            body(&self, oldStart..<anchor.old, newStart..<anchor.new)
            (oldStart, newStart) = (anchor.old + 1, anchor.new + 1)
        }
        body(&self, oldStart..<oldRange.upperBound, newStart..<newRange.upperBound)
    }

    private mutating func fillGap(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
        steps += GapPairing.steps(old, oldRange, new, newRange)
    }
}

extension Dictionary {
    /// The value of `key`, which becomes `value` if there was none.
    fileprivate mutating func insertIfMissing(_ value: Value, for key: Key) -> Value {
        if let found = self[key] { return found }
        self[key] = value
        return value
    }
}
