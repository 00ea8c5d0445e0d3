/// The names of commands met in a source, found again by their bytes: most lines begin with one of a few.
struct MetNames {
    struct Met {
        let start: Int
        let end: Int
        let text: String
        let signature: ResolvedSignature?
    }

    private static let size = 64
    private var names = [Met?](repeating: nil, count: Self.size)

    /// Where a name is kept: by a small hash, so that one may displace another.
    static func place(of bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for index in start..<end { hash = (hash ^ UInt32(bytes[index])) &* 0x0100_0193 }
        return Int((hash ^ hash >> 13) & UInt32(size - 1))
    }

    func name(at place: Int, equal bytes: [UInt8], _ start: Int, _ end: Int) -> Met? {
        guard let known = names[place]?.start, names[place]?.end == known + end - start else { return nil }
        for offset in 0..<(end - start) where bytes[known + offset] != bytes[start + offset] { return nil }
        return names[place]
    }

    mutating func keep(_ met: Met, at place: Int) {
        names[place] = met
    }
}
