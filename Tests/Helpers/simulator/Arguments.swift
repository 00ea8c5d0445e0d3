/// The program's arguments.
struct Arguments {
    var seeds: ClosedRange<UInt64> = 1...1
    var traced: UInt64?
    var mutation: Mutation?
    /// Whether a failing seed is made smaller and its trace printed.
    var showsTrace = true
    /// Whether only the names of the mutations are wanted.
    var listsMutations = false
    /// Whether to go on after a failing seed.
    var isSurvey = false

    static let usage = """
        usage: simulator --seeds A..B [--mutate NAME] [--brief | --survey]
               simulator --trace SEED [--mutate NAME]
               simulator --mutations

        """

    /// Nil for arguments that mean nothing.
    init?(_ words: some Sequence<String>) {
        var words = Array(words)[...]
        var hasWork = false
        while let word = words.popFirst() {
            switch word {
            case "--seeds":
                guard let range = words.popFirst().flatMap(Self.range) else { return nil }
                (seeds, hasWork) = (range, true)
            case "--trace":
                guard let seed = words.popFirst().flatMap({ UInt64($0) }) else { return nil }
                (traced, hasWork) = (seed, true)
            case "--mutate":
                guard let name = words.popFirst().flatMap(Mutation.init(rawValue:)) else { return nil }
                mutation = name
            case "--mutations": (listsMutations, hasWork) = (true, true)
            case "--brief": showsTrace = false
            case "--survey": isSurvey = true
            default: return nil
            }
        }
        if !hasWork { return nil }
    }

    /// `A..B`, both ends included, or one seed.
    private static func range(_ text: String) -> ClosedRange<UInt64>? {
        let ends = text.split(separator: ".", omittingEmptySubsequences: true).compactMap { UInt64($0) }
        guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last else { return nil }
        return first...last
    }
}
