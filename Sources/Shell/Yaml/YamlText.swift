/// Scalars as YAML text that every YAML 1.1 and 1.2 reader takes for the same text.
package enum YamlText {
    /// `text` plain where no reader could take it for something else, double-quoted otherwise.
    package static func scalar(_ text: String) -> String {
        isPlainSafe(text) ? text : doubleQuoted(text)
    }

    /// `text` in double quotes; control, bidi and zero-width characters as escapes.
    package static func doubleQuoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if Printable.isUnsafe(scalar) { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
            }
        }
        return result + "\""
    }

    /// Words that YAML 1.1 reads as booleans or null. Anything that begins with a letter and holds letters, digits and
    /// single blanks or `_ . / @ -` is text to both versions otherwise; the rest is quoted without asking why.
    private static let reserved: Set<String> = [
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf",
    ]

    private static func isPlainSafe(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || first == 0x2F, let last = text.utf8.last, last != 0x20
        else { return false }
        guard !reserved.contains(text.lowercased()) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x20, 0x5F, 0x2E, 0x2F, 0x40, 0x2D: true
            default: isLetter(byte)
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value <= 0xFF ? 2 : scalar.value <= 0xFFFF ? 4 : 8
        let mark = width == 2 ? "x" : width == 4 ? "u" : "U"
        return "\\" + mark + String(repeating: "0", count: width - digits.count) + digits
    }
}
