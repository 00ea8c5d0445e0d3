/// Text from elsewhere (a webhook's name, an error body, a plugin) made safe to show on a terminal.
///
/// Control characters (C0, DEL, C1), bidirectional controls and zero-width characters are written as escapes, so that
/// nothing that a server or a colleague wrote can move the cursor, hide or reorder what is shown (Unicode TR 36).
package enum Printable {
    /// `text` with every unsafe scalar as `\n`, `\t`, `\r` or `\u{…}`; the same text when there is none.
    package static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var result = ""
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if isUnsafe(scalar), !isSelector(scalar, ofEmoji: previous) {
                result += escape(scalar)
            } else {
                result.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return result
    }

    /// The same for what quotes hold together, as those of CSV do: tabs and line ends (LF, CR LF) stay as they are.
    package static func escapedWithinQuotes(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        return parts(text, at: "\r\n").map { part in
            parts(part, at: "\n").map { line in
                parts(line, at: "\t").map(escaped).joined(separator: "\t")
            }.joined(separator: "\n")
        }.joined(separator: "\r\n")
    }

    /// `text` with what it has of the escapes that `escaped` makes of `original` taken back. An escape that `original` has
    /// itself, as text, says nothing.
    package static func restored(_ text: String, from original: String) -> String {
        Set(original.unicodeScalars.filter(isUnsafe)).reduce(text) { text, scalar in
            let escape = escape(scalar)
            if parts(original, at: escape).count > 1 { return text }
            return parts(text, at: escape).joined(separator: String(scalar))
        }
    }

    /// What stands before, between and behind the places of a separator, which are looked for scalar by scalar.
    private static func parts(_ text: String, at separator: String) -> [String] {
        var parts: [String] = []
        var rest = text.unicodeScalars[...]
        while let range = rest.firstRange(of: separator.unicodeScalars) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }

    /// `json`, the text of a JSON value, with unsafe scalars inside its strings as `\uXXXX`: the same value, safe to show.
    package static func escapedJSON(_ json: String) -> String {
        if json.utf8.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A }) { return json }
        var result = ""
        result.reserveCapacity(json.utf8.count)
        var previous: Unicode.Scalar = " "
        for scalar in json.unicodeScalars {
            if scalar != "\n" && isUnsafe(scalar) && !isSelector(scalar, ofEmoji: previous) {
                for unit in String(scalar).utf16 { result += "\\u" + hex(unit, digits: 4) }
            } else {
                result.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return result
    }

    /// Behind an emoji a selector says that it is to be drawn as one; behind a letter or a digit it is there and not seen.
    private static func isSelector(_ scalar: Unicode.Scalar, ofEmoji previous: Unicode.Scalar) -> Bool {
        (scalar == "\u{FE0F}" || scalar == "\u{FE0E}") && previous.value > 0x7F && previous.properties.isEmoji
    }

    static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F: true
        case 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFFA0: true
        case 0x2800, 0xFE00...0xFE0F, 0xE000...0xF8FF, 0xFDD0...0xFDEF, 0x1D173...0x1D17A: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        // Tags, selectors of variants beyond the first sixteen, private use, and what is no character in any plane.
        case 0xE0000...0xE0FFF, 0xF0000...: true
        case _ where scalar.value & 0xFFFE == 0xFFFE: true
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\t": "\\t"
        case "\r": "\\r"
        default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        }
    }

    private static func hex(_ value: UInt16, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }
}
