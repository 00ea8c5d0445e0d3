/// A regular expression, matched in time linear in the text by an automaton, so that no pattern and no text can hang it.
///
/// The syntax is the part of the common one that an automaton can do: literals, `.` (any character but a line end),
/// classes `[a-z]` `[^…]`, `\d \D \w \W \s \S` (ASCII), `\b \B`, anchors `^ $` (of the whole text), groups `( )` and `(?: )`,
/// `|`, repetition `* + ? {n} {n,} {n,m}` and their lazy forms, and the escapes `\n \t \r \f \u{…}` and `\` before
/// punctuation. `(?i)` in front, or the flag `i`, ignores case. Back references and look-around are refused by name.
/// Characters are Unicode scalars.
package struct Pattern: Sendable {
    let program: [Instruction]
    let groupCount: Int
    let ignoresCase: Bool

    /// - Throws: ``PatternError`` for what the syntax does not have and for a pattern beyond ``Limits/patternBytes`` or
    ///   ``Limits/patternInstructions``.
    package init(_ text: String, ignoresCase: Bool = false, limits: Limits = .standard) throws(PatternError) {
        guard text.utf8.count <= limits.patternBytes else {
            throw PatternError(limit: .patternBytes, allowed: limits.patternBytes)
        }
        var parser = PatternParser(text, limits: limits)
        let parsed = try parser.parse()
        self.ignoresCase = ignoresCase || parsed.ignoresCase
        groupCount = parsed.groupCount
        var compiler = PatternCompiler(ignoresCase: self.ignoresCase, limit: limits.patternInstructions)
        program = try compiler.compile(parsed.node)
    }

    /// One step of the automaton.
    enum Instruction: Hashable, Sendable {
        case scalar(UInt32)
        case anyButLineEnd
        case set(ScalarSet)
        case textStart, textEnd
        case wordBoundary(Bool)
        /// Both ways, the first one preferred.
        case split(Int, Int)
        case jump(Int)
        case save(Int)
        case match
    }
}

/// Why a pattern does not compile.
package struct PatternError: Error, Hashable, Sendable {
    package let code: DiagnosticCode
    /// The scalar in the pattern, from 0.
    package let offset: Int

    init(_ problem: PatternProblem, at offset: Int) {
        code = .invalidPattern(problem)
        self.offset = offset
    }

    init(limit: LimitName, allowed: Int) {
        code = .limitReached(limit, allowed: allowed)
        offset = 0
    }
}

/// A set of Unicode scalars.
struct ScalarSet: Hashable, Sendable {
    let ranges: [ClosedRange<UInt32>]
    private let isNegated: Bool

    init(_ ranges: [ClosedRange<UInt32>], negated: Bool = false) {
        self.ranges = ranges
        isNegated = negated
    }

    func contains(_ scalar: UInt32) -> Bool {
        for range in ranges where range.contains(scalar) { return !isNegated }
        return isNegated
    }

    /// Whether it holds the scalar in either case.
    func containsIgnoringCase(_ scalar: UInt32) -> Bool {
        var inside = false
        for range in ranges where !inside {
            inside =
                range.contains(scalar) || range.contains(CaseFolding.lower(scalar))
                || range.contains(CaseFolding.upper(scalar))
        }
        return inside != isNegated
    }
}

/// Simple case mapping, of one scalar to one scalar.
enum CaseFolding {
    static func lower(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar >= 0x41 && scalar <= 0x5A ? scalar + 0x20 : scalar }
        return single(Unicode.Scalar(scalar)?.properties.lowercaseMapping) ?? scalar
    }

    static func upper(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar >= 0x61 && scalar <= 0x7A ? scalar - 0x20 : scalar }
        return single(Unicode.Scalar(scalar)?.properties.uppercaseMapping) ?? scalar
    }

    private static func single(_ mapping: String?) -> UInt32? {
        guard let scalars = mapping?.unicodeScalars, let first = scalars.first, scalars.count == 1 else { return nil }
        return first.value
    }
}
