/// What a `replace` looks for in a text: a literal, or a regular expression whose engine is the caller's.
///
/// Two patterns are equal when they are spelt alike and of the same kind.
package struct TextPattern: Hashable, Sendable, CustomStringConvertible {
    package let source: String
    package let isRegex: Bool
    private let substitute: @Sendable (_ text: String, _ replacement: String) -> String?

    /// Every occurrence of a text, from the left, not overlapping; the empty text occurs nowhere.
    package init(literal source: String) {
        self.source = source
        isRegex = false
        substitute = { text, replacement in Self.replaceAll(source, in: text, with: replacement) }
    }

    /// A regular expression by its source; `substitute` replaces every match in a text, and answers nil when none is
    /// there.
    package init(
        regex source: String, substitute: @escaping @Sendable (_ text: String, _ replacement: String) -> String?
    ) {
        self.source = source
        isRegex = true
        self.substitute = substitute
    }

    /// The text with every match replaced, or nil when nothing matches.
    package func replacing(in text: String, with replacement: String) -> String? {
        substitute(text, replacement)
    }

    package var description: String { isRegex ? "/\(source)/" : source }

    package static func == (left: Self, right: Self) -> Bool {
        left.source == right.source && left.isRegex == right.isRegex
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(source)
        hasher.combine(isRegex)
    }

    private static func replaceAll(_ old: String, in text: String, with new: String) -> String? {
        let pattern = Array(old.utf8)
        let bytes = Array(text.utf8)
        guard let first = pattern.first, pattern.count <= bytes.count else { return nil }
        var result: [UInt8] = []
        var position = 0
        var found = false
        while let candidate = bytes[position...].firstIndex(of: first) {
            let isMatch = bytes[candidate...].starts(with: pattern)
            let end = candidate + (isMatch ? pattern.count : 1)
            result += bytes[position..<candidate]
            result += isMatch ? Array(new.utf8) : [first]
            found = found || isMatch
            position = end
        }
        return found ? String(decoding: result + bytes[position...], as: UTF8.self) : nil
    }
}
