/// Names of up to eight letters, found by the bytes of a source: no text is made and hashed for it.
struct ShortWords<Meaning: Sendable>: Sendable {
    private static var longest: Int { 8 }

    /// By their first letters.
    private let entries: [(letters: UInt64, meaning: Meaning)]
    /// Where those begin whose first letter has these lowest five bits.
    private let starts: [Int]

    /// - Parameter names: Each of one to eight ASCII letters.
    init(_ names: [(String, Meaning)]) {
        let sorted = names.sorted { ($0.0.utf8.first ?? 0) & 0x1F < ($1.0.utf8.first ?? 0) & 0x1F }
        entries = sorted.map { name, meaning in (name.utf8.reduce(0) { $0 << 8 | UInt64($1) }, meaning) }
        starts = (0...32).map { first in sorted.count { Int(($0.0.utf8.first ?? 0) & 0x1F) < first } }
    }

    func meaning(of bytes: [UInt8], _ start: Int, _ end: Int) -> Meaning? {
        guard end > start, end - start <= Self.longest else { return nil }
        let first = Int(bytes[start] & 0x1F)
        guard starts[first] < starts[first + 1] else { return nil }
        var letters: UInt64 = 0
        for place in start..<end { letters = letters << 8 | UInt64(bytes[place]) }
        for entry in starts[first]..<starts[first + 1] where entries[entry].letters == letters {
            return entries[entry].meaning
        }
        return nil
    }
}
