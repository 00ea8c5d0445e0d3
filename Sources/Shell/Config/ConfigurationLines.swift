/// The lines of `config.yaml`, each with the line end that it was typed with.
///
/// Lines end where a YAML 1.1 reader says that they do (CR LF, CR, LF, NEL, LS, PS), so that the numbers are its own.
struct ConfigurationLines: Hashable {
    struct Line: Hashable {
        var text: String
        /// Empty for a last line without one.
        var ending: String

        /// Blanks before anything else; a tab is none.
        var indent: Int { text.utf8.prefix { $0 == 0x20 }.count }
        var isBlank: Bool { text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
        var isComment: Bool { text.utf8.first { $0 != 0x20 && $0 != 0x09 } == 0x23 }
        var isIndentedByTab: Bool { text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.contains(0x09) }
        /// `---`, `...`: where a document begins or ends.
        func isMark(_ mark: String) -> Bool {
            text.hasPrefix(mark) && (text.utf8.dropFirst(3).first.map { $0 == 0x20 || $0 == 0x09 } ?? true)
        }
    }

    private(set) var lines: [Line]
    /// A byte order mark, which stays in front.
    private let mark: String

    init(_ text: String) {
        var scalars = text.unicodeScalars[...]
        let hasMark = scalars.first == "\u{FEFF}"
        if hasMark { scalars.removeFirst() }
        mark = hasMark ? "\u{FEFF}" : ""
        lines = []
        var start = scalars.startIndex
        var index = start
        while index < scalars.endIndex {
            let scalar = scalars[index]
            var end = scalars.index(after: index)
            if Self.isEnding(scalar) {
                if scalar == "\r", end < scalars.endIndex, scalars[end] == "\n" { end = scalars.index(after: end) }
                lines.append(Line(text: String(scalars[start..<index]), ending: String(scalars[index..<end])))
                start = end
            }
            index = end
        }
        if start < scalars.endIndex { lines.append(Line(text: String(scalars[start...]), ending: "")) }
    }

    /// The text without the byte order mark, as its line numbers count.
    var body: String { lines.reduce(into: "") { $0 += $1.text + $1.ending } }
    var text: String { mark + body }

    var count: Int { lines.count }
    subscript(_ index: Int) -> Line { lines[index] }

    /// What new lines end with: the end of the first.
    private var ending: String { lines.first.flatMap { $0.ending.isEmpty ? nil : $0.ending } ?? "\n" }

    /// Puts `texts` in place of the lines in `range`.
    mutating func replace(_ range: Range<Int>, with texts: [String]) {
        let ending = ending
        if range.upperBound >= lines.count, !texts.isEmpty, range.lowerBound > 0,
            lines[range.lowerBound - 1].ending.isEmpty
        {
            lines[range.lowerBound - 1].ending = ending
        }
        lines.replaceSubrange(range, with: texts.map { Line(text: $0, ending: ending) })
    }

    private static func isEnding(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
