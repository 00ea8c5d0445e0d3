/// Text from elsewhere, made safe to show: what would move the cursor, turn the reading order or hide is spelt out.
package enum VisibleText {
    /// Control characters (C0, DEL, C1), line and paragraph separators, and format characters (bidi controls, zero-width
    /// spaces and joiners, byte order marks, tags) become `\n`, `\t`, `\r`, `\e` or `\u{…}`; everything else stays.
    /// Joiners within an emoji stay, and so does the soft hyphen.
    package static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if isHidden(scalar), !isJoinerInEmoji(scalar, after: previous) {
                result.append(contentsOf: escape(scalar).unicodeScalars)
            } else {
                result.append(scalar)
            }
            previous = scalar
        }
        return String(result)
    }

    /// Whether a scalar is spelt out by ``escaped(_:)``.
    package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) { return true }
        if scalar.value < 0x100 { return false }
        switch scalar.properties.generalCategory {
        case .format, .control, .lineSeparator, .paragraphSeparator, .surrogate: return true
        default: return false
        }
    }

    private static func isJoinerInEmoji(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar) -> Bool {
        guard scalar == "\u{200D}" else { return false }
        return previous.value > 0x2000
            && (previous.properties.isEmoji || previous.properties.isEmojiModifier || previous == "\u{FE0F}")
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\u{1B}": "\\e"
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
}
