/// Elements, as numbers, that two sequences have in the same order. Results are pairs of the slices' own indices,
/// ascending on both sides.
enum CommonSubsequence {
    /// Up to this many pairs of elements are looked at to find a longest one.
    private static let exactLimit = 512 * 512

    static func isSmall(_ a: Int, _ b: Int) -> Bool {
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        return !overflow && product <= exactLimit
    }

    /// A longest one; takes time and memory for every pair of elements.
    static func longest(_ a: ArraySlice<Int>, _ b: ArraySlice<Int>) -> [(old: Int, new: Int)] {
        let (first, second) = (Array(a), Array(b))
        let width = second.count + 1
        // The length of a longest one from (i, j) on.
        var lengths = [Int32](repeating: 0, count: (first.count + 1) * width)
        for i in stride(from: first.count - 1, through: 0, by: -1) {
            for j in stride(from: second.count - 1, through: 0, by: -1) {
                lengths[i * width + j] =
                    first[i] == second[j]
                    ? lengths[(i + 1) * width + j + 1] + 1
                    : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
            }
        }
        var pairs: [(old: Int, new: Int)] = []
        var (i, j) = (0, 0)
        while i < first.count, j < second.count {
            if first[i] == second[j] {
                pairs.append((a.startIndex + i, b.startIndex + j))
                (i, j) = (i + 1, j + 1)
            } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        return pairs
    }

    /// A longest one of those elements that occur exactly once in each sequence (patience diff's anchors): n log n.
    static func unique(_ a: ArraySlice<Int>, _ b: ArraySlice<Int>) -> [(old: Int, new: Int)] {
        let places = uniquePlaces(b)
        let pairs = uniquePlaces(a).compactMap { number, place in places[number].map { (old: place, new: $0) } }
        return longestAscending(pairs.sorted { $0.old < $1.old })
    }

    /// Where each number stands that occurs once.
    private static func uniquePlaces(_ numbers: ArraySlice<Int>) -> [Int: Int] {
        var places: [Int: Int?] = [:]
        for index in numbers.indices {
            let isNew = places[numbers[index]] == nil
            places[numbers[index]] = .some(isNew ? index : nil)
        }
        return places.compactMapValues { $0 }
    }

    /// A longest subsequence whose second indices ascend too.
    private static func longestAscending(_ pairs: [(old: Int, new: Int)]) -> [(old: Int, new: Int)] {
        // piles[k] is the pair with the least end of an ascending run of k + 1; before[] links each to its predecessor.
        var piles: [Int] = []
        var before = [Int](repeating: -1, count: pairs.count)
        for index in pairs.indices {
            var (low, high) = (0, piles.count)
            while low < high {
                let middle = (low + high) / 2
                if pairs[piles[middle]].new < pairs[index].new { low = middle + 1 } else { high = middle }
            }
            if low > 0 { before[index] = piles[low - 1] }
            if low == piles.count { piles.append(index) } else { piles[low] = index }
        }
        var run: [(old: Int, new: Int)] = []
        var index = piles.last ?? -1
        while index >= 0 {
            run.append(pairs[index])
            index = before[index]
        }
        return run.reversed()
    }
}
