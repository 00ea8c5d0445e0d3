/// What becomes of the elements between two that are equal: old ones stand against new ones as changes, in order, and what
/// one side has more is removed or inserted. Which ones those are is chosen by likeness if the gap is small.
enum GapPairing {
    /// Up to this many pairs of elements are looked at.
    private static let comparedLimit = 4096

    static func steps(
        _ old: [JSON], _ oldRange: Range<Int>, _ new: [JSON], _ newRange: Range<Int>
    ) -> [ArrayAlignment.Step] {
        if oldRange.isEmpty { return newRange.map { .insert($0) } }
        if newRange.isEmpty { return oldRange.map { .remove($0) } }
        let (pairs, _) = oldRange.count.multipliedReportingOverflow(by: newRange.count)
        guard pairs <= comparedLimit, oldRange.count != newRange.count else { return inOrder(oldRange, newRange) }
        return byLikeness(old, oldRange, new, newRange)
    }

    /// The k-th against the k-th.
    private static func inOrder(_ oldRange: Range<Int>, _ newRange: Range<Int>) -> [ArrayAlignment.Step] {
        let common = min(oldRange.count, newRange.count)
        var steps = zip(oldRange, newRange).map { ArrayAlignment.Step.pair($0, $1) }
        steps += oldRange.dropFirst(common).map { .remove($0) }
        steps += newRange.dropFirst(common).map { .insert($0) }
        return steps
    }

    /// As many pairs as possible, in order, with the greatest sum of likeness.
    private static func byLikeness(
        _ old: [JSON], _ oldRange: Range<Int>, _ new: [JSON], _ newRange: Range<Int>
    ) -> [ArrayAlignment.Step] {
        let width = newRange.count + 1
        // The best sum from (i, j) on. Every pair counts more than any likeness, so that none is left out.
        var sums = [Int](repeating: 0, count: (oldRange.count + 1) * width)
        var likeness = sums
        for i in stride(from: oldRange.count - 1, through: 0, by: -1) {
            for j in stride(from: newRange.count - 1, through: 0, by: -1) {
                let here = i * width + j
                likeness[here] = self.likeness(old[oldRange.lowerBound + i], new[newRange.lowerBound + j])
                sums[here] = max(sums[here + width + 1] + likeness[here], sums[here + width], sums[here + 1])
            }
        }
        var steps: [ArrayAlignment.Step] = []
        var (i, j) = (0, 0)
        while i < oldRange.count, j < newRange.count {
            let here = i * width + j
            let (from, to) = (oldRange.lowerBound + i, newRange.lowerBound + j)
            if sums[here] == sums[here + width + 1] + likeness[here] {
                steps.append(.pair(from, to))
                (i, j) = (i + 1, j + 1)
            } else if sums[here] == sums[here + width] {
                steps.append(.remove(from))
                i += 1
            } else {
                steps.append(.insert(to))
                j += 1
            }
        }
        steps += (oldRange.lowerBound + i..<oldRange.upperBound).map { .remove($0) }
        steps += (newRange.lowerBound + j..<newRange.upperBound).map { .insert($0) }
        return steps
    }

    private static let pairWeight = 1 << 20

    /// More for values of the same kind, and for each member that two objects share, to one level; 0…1,000 on top of the
    /// weight of a pair.
    private static func likeness(_ a: JSON, _ b: JSON) -> Int {
        guard a.kind == b.kind else { return pairWeight }
        guard a.kind == .object, max(a.count, b.count) > 0 else { return pairWeight + 100 }
        let shared = a.members.reduce(0) { sum, member in
            guard let other = b.member(named: member.name) else { return sum }
            return sum + (member.value == other.value ? 2 : 1)
        }
        return pairWeight + 100 + 900 * shared / (2 * max(a.count, b.count))
    }
}
