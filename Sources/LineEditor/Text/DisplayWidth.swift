/// How many cells of a terminal text takes.
///
/// Scalar by scalar, as terminals' own `wcwidth` and libedit count: East Asian wide and fullwidth characters and emoji
/// take two cells, combining marks and format characters none, everything else one (ambiguous width counts as narrow).
/// Control characters take none here: escape them first (``VisibleText``). A terminal that draws an emoji sequence as one
/// picture may use fewer cells than this.
package enum DisplayWidth {
    package static func of(_ text: some StringProtocol) -> Int {
        // A byte of ASCII text is a cell each, control characters apart.
        var cells = 0
        var isASCII = true
        for byte in text.utf8 {
            if byte >= 0x80 {
                isASCII = false
                break
            }
            if byte >= 0x20, byte != 0x7F { cells += 1 }
        }
        if isASCII { return cells }
        return text.unicodeScalars.reduce(0) { $0 + of($1) }
    }

    package static func of(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 {
            // C0, DEL, C1, and the soft hyphen, which terminals show.
            return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1
        }
        if isHangulJamoTail(value) { return 0 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: break
        }
        return isWide(value) || scalar.properties.isEmojiPresentation && !isRegionalIndicator(value) ? 2 : 1
    }

    /// The longest start of a text that fits.
    package static func prefix(of text: String, fitting columns: Int) -> (text: Substring, width: Int) {
        var width = 0
        var end = text.startIndex
        for index in text.indices {
            let next = of(text[index...index])
            if width + next > columns { break }
            width += next
            end = text.index(after: index)
        }
        return (text[..<end], width)
    }

    /// The text, or its start with `…` behind it when it is too wide. Never wider than `columns`.
    package static func cut(_ text: String, to columns: Int) -> String {
        if of(text) <= columns { return text }
        if columns <= 0 { return "" }
        return prefix(of: text, fitting: columns - 1).text + "…"
    }

    /// The text with blanks behind it up to `columns`.
    package static func pad(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - of(text)))
    }

    /// Vowels and final consonants that are drawn into the syllable before them.
    private static func isHangulJamoTail(_ value: UInt32) -> Bool {
        (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value)
    }

    /// Half a flag: a pair of them takes two cells.
    private static func isRegionalIndicator(_ value: UInt32) -> Bool {
        (0x1F1E6...0x1F1FF).contains(value)
    }

    /// The blocks of East Asian width W and F (Unicode Standard Annex 11) that are not emoji.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x16FFF, 0x17000...0x18D7F, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
        0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]

    private static func isWide(_ value: UInt32) -> Bool {
        if value < wideRanges[0].lowerBound { return false }
        var low = 0
        var high = wideRanges.count
        while low < high {
            let middle = (low + high) / 2
            let range = wideRanges[middle]
            if value < range.lowerBound {
                high = middle
            } else if value > range.upperBound {
                low = middle + 1
            } else {
                return true
            }
        }
        return false
    }
}
