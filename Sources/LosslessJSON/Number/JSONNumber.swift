/// A JSON number: its spelling, and what it means.
///
/// Equality, order and hash go by the exact decimal value: `1`, `1.0` and `10e-1` are equal, 9007199254740993 and
/// 9007199254740992 are not, and neither takes more time or memory than the spellings' lengths, whatever the exponents.
package struct JSONNumber: Sendable {
    /// As RFC 8259 §6 has it, and as it was read.
    package let spelling: String

    /// Takes a spelling that the parser or a printer of numbers has produced.
    init(validSpelling: String) { spelling = validSpelling }

    package init(_ value: Int) { spelling = String(value) }

    /// The shortest spelling that reads back as `value`, or nil for infinities and NaN, which JSON lacks.
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        spelling = "\(value)"
    }

    /// Nil unless `spelling` is exactly one JSON number.
    package init?(spelling: String) {
        guard Array(spelling.utf8).withUnsafeBufferPointer(Parser.isNumber) else { return nil }
        self.spelling = spelling
    }

    /// The value if it is a whole number in `Int`'s range, however spelt (`1e3` is 1000), else nil.
    package var int: Int? {
        if let value = Int(spelling) { return value }
        return ExactDecimal(self).int
    }

    /// The nearest `Double`; infinite where the number is beyond its range, so compare with `==` to be exact.
    package var double: Double { Double(spelling) ?? .nan }
}

extension JSONNumber: Hashable, Comparable {
    package static func == (a: JSONNumber, b: JSONNumber) -> Bool {
        if a.spelling == b.spelling { return true }
        return ExactDecimal(a) == ExactDecimal(b)
    }

    package static func < (a: JSONNumber, b: JSONNumber) -> Bool {
        ExactDecimal(a) < ExactDecimal(b)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ExactDecimal(self))
    }
}

extension JSONNumber: CustomStringConvertible, ExpressibleByIntegerLiteral {
    package var description: String { spelling }
    package init(integerLiteral value: Int) { self.init(value) }
}
