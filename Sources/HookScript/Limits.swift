/// Every limit of the language, in one place. Each has its own error, ``DiagnosticCode/limitReached(_:allowed:)``.
///
/// A limit is there so that a hostile or mistaken script ends with a sentence instead of a crash or a hang.
package struct Limits: Hashable, Sendable {
    /// Bytes of one source text.
    package var sourceBytes = 64 << 20
    /// Bytes of one word after its quotes and escapes are read.
    package var wordBytes = 4 << 20
    /// Blocks, brackets, parentheses, JSON and `$( )` inside each other, together.
    package var nesting = 64
    /// Syntax errors reported for one source; the rest is not listed.
    package var errors = 20
    /// Words of one statement, spreads counted after they are spread.
    package var arguments = 100_000
    /// Calls of `def` commands inside each other.
    package var calls = 200
    /// Statements and turns of loops in one run: `option steps`.
    package var steps = 10_000_000
    /// Elements that a range `a..b` or a computed list may have.
    package var listElements = 1_000_000
    /// Lists and objects inside each other in one value.
    package var valueDepth = 1_000
    /// Bytes of one text that an expression makes.
    package var textBytes = 64 << 20
    /// Bytes of a regular expression's source.
    package var patternBytes = 1_000
    /// Instructions of a compiled regular expression, bounded repetitions unrolled.
    package var patternInstructions = 10_000

    package static let standard = Limits()

    package init() {}
}

/// The name of a limit in ``Limits``, as the error that it makes carries it.
package enum LimitName: String, Hashable, Sendable, CaseIterable {
    case sourceBytes, wordBytes, nesting, errors, arguments, calls, steps, listElements, valueDepth, textBytes
    case patternBytes, patternInstructions
}
