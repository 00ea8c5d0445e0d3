/// The name that was probably meant.
package enum NearestName {
    /// The candidate at the smallest distance from a name, nil if none is near: one change for up to four letters, two
    /// for up to eight, three beyond; or the only candidate that it begins.
    package static func find(_ name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased().unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        let allowed = wanted.count <= 4 ? 1 : wanted.count <= 8 ? 2 : 3
        var best: (name: String, distance: Int)?
        var begun: [String] = []
        for candidate in candidates {
            let letters = Array(candidate.lowercased().unicodeScalars)
            if wanted.count >= 3, letters.count > wanted.count, letters.starts(with: wanted) { begun.append(candidate) }
            guard abs(letters.count - wanted.count) <= allowed else { continue }
            let distance = distance(wanted, letters)
            guard distance <= allowed, distance < letters.count else { continue }
            if best == nil || (distance, candidate) < (best!.distance, best!.name) { best = (candidate, distance) }
        }
        return best?.name ?? (begun.count == 1 ? begun[0] : nil)
    }

    /// The Damerau-Levenshtein distance (of optimal string alignment): insertions, deletions, substitutions and swaps
    /// of neighbours, each one.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, leftScalar) in left.enumerated() {
            var current = [row + 1]
            for (column, rightScalar) in right.enumerated() {
                let substituted = previous[column] + (leftScalar == rightScalar ? 0 : 1)
                var cost = min(previous[column + 1] + 1, current[column] + 1, substituted)
                if row > 0, column > 0, leftScalar == right[column - 1], left[row - 1] == rightScalar {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
