/// The known name nearest to a mistyped one.
package enum Nearest {
    /// The candidate that the fewest edits (insert, delete, replace, swap neighbours; letter case does not count) turn
    /// into `name`, or nil when all are too far: more than a third of the candidate's length, or more than four edits.
    ///
    /// The first of equally near candidates wins. Work is bounded by the candidates' lengths, not by `name`'s.
    package static func name(_ name: String, among candidates: some Sequence<String>) -> String? {
        let target = Array(name.lowercased().utf8)
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            let bytes = Array(candidate.lowercased().utf8)
            let limit = min(4, max(1, bytes.count / 3), (best?.distance ?? .max) - 1)
            guard limit >= 0, abs(bytes.count - target.count) <= limit else { continue }
            let distance = editDistance(bytes, target)
            if distance <= limit { best = (distance, candidate) }
        }
        return best?.name
    }

    /// Optimal string alignment distance.
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, leftByte) in left.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for (column, rightByte) in right.enumerated() {
                var distance = min(last[column + 1], current[column]) + 1
                distance = min(distance, last[column] + (leftByte == rightByte ? 0 : 1))
                if row > 0, column > 0, leftByte == right[column - 1], left[row - 1] == rightByte {
                    distance = min(distance, beforeLast[column - 1] + 1)
                }
                current.append(distance)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
