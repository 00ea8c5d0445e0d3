/// `--lines N`, `--runs N`, `--only TEXT`, and what to measure.
struct Options {
    private static let usage = "script-bench [--lines N] [--runs N] [--only TEXT] [parse|run|where|beside]"

    var lines = 100_000
    var runs = 5
    /// What the names of the rows must hold.
    private var only: String?
    /// The part to measure; all if nil.
    private var part: String?

    func includes(_ name: String) -> Bool { part == nil || part == name }
    func wants(_ row: String) -> Bool { only.map { row.contains($0) } ?? true }

    init(_ words: ArraySlice<String>) {
        var words = words
        while let word = words.popFirst() {
            if ["parse", "run", "where", "beside"].contains(word) {
                part = word
                continue
            }
            guard let value = words.popFirst() else { fatalError(Self.usage) }
            switch (word, Int(value)) {
            case ("--lines", let count?) where count > 0: lines = count
            case ("--runs", let count?) where count > 0: runs = count
            case ("--only", _): only = value
            default: fatalError(Self.usage)
            }
        }
    }
}
