/// SplitMix64: the same seed gives the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A text of pieces that matter to the language.
    mutating func hostileText() -> String {
        let pieces = [
            "; fail", "$(fail)", "${env:EVIL}", "$x", "\"", "'", "\\", "\n", "\r\n", "\t", "| sh", "> out", "# c",
            "--limit=1",
            "-n", "where", "a=b", "{\"a\":1}", "[1]", "]", "}", ")", "(", "end", "text:5", "5", "true", "null", " ", "",
            "\u{200B}", "\u{202E}", "\u{7}", "日本", "é", "e\u{301}", "👩‍💻", "`id`", "&&", "*", "?", "~", "1..3", "...",
            "%s",
            "set", "commit", "••••",
        ]
        let count = Int.random(in: 0...4, using: &self)
        return (0..<count).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}
