/// What becomes of an escape such as `\ud800` without its partner, which is no character. The grammar of RFC 8259 allows
/// it (§8.2), so it is kept as spelt in any round trip; only reading it has to decide.
enum LoneSurrogates {
    /// U+FFFD: for text that people read, and for names.
    case replaced
    /// The three bytes that UTF-8 would give it, which no valid text contains: for comparing, so that `"\ud800"`,
    /// `"\ud801"` and U+FFFD all stay different.
    case kept
}

enum StringDecoding {
    /// The bytes of a string's content (a valid token's, without quotes) with every escape replaced by what it means.
    static func decode(_ spelling: UnsafeBufferPointer<UInt8>, surrogates: LoneSurrogates) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(spelling.count)
        var position = 0
        while position < spelling.count {
            let byte = spelling[position]
            guard byte == Byte.backslash else {
                decoded.append(byte)
                position += 1
                continue
            }
            let escape = spelling[position + 1]
            if escape == Byte.lowerU {
                position = appendUnicodeEscape(at: position, of: spelling, surrogates, to: &decoded)
            } else {
                decoded.append(character(ofEscape: escape))
                position += 2
            }
        }
        return decoded
    }

    /// What a one-letter escape stands for: itself for `"`, `\` and `/`.
    private static func character(ofEscape letter: UInt8) -> UInt8 {
        switch letter {
        case Byte.lowerB: 0x08
        case Byte.lowerF: 0x0C
        case Byte.lowerN: Byte.lineFeed
        case Byte.lowerR: Byte.carriageReturn
        case Byte.lowerT: Byte.tab
        default: letter
        }
    }

    /// Appends the character of the `\uXXXX` at `position` (both halves of a pair) and returns the position after it.
    private static func appendUnicodeEscape(
        at position: Int, of spelling: UnsafeBufferPointer<UInt8>, _ surrogates: LoneSurrogates,
        to decoded: inout [UInt8]
    ) -> Int {
        let unit = codeUnit(at: position, of: spelling)
        switch unit {
        case 0xD800...0xDBFF:
            if let low = lowSurrogate(at: position + 6, of: spelling) {
                append(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), to: &decoded)
                return position + 12
            }
            append(surrogates == .kept ? unit : 0xFFFD, to: &decoded)
        case 0xDC00...0xDFFF:
            append(surrogates == .kept ? unit : 0xFFFD, to: &decoded)
        default:
            append(unit, to: &decoded)
        }
        return position + 6
    }

    private static func lowSurrogate(at position: Int, of spelling: UnsafeBufferPointer<UInt8>) -> UInt32? {
        guard position + 6 <= spelling.count, spelling[position] == Byte.backslash,
            spelling[position + 1] == Byte.lowerU
        else { return nil }
        let unit = codeUnit(at: position, of: spelling)
        return 0xDC00...0xDFFF ~= unit ? unit : nil
    }

    /// The value of the four digits after `\u`.
    private static func codeUnit(at position: Int, of spelling: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var unit: UInt32 = 0
        for digit in position + 2..<position + 6 { unit = unit << 4 | (Byte.hexValue(spelling[digit]) ?? 0) }
        return unit
    }

    /// Appends the code point in UTF-8's bit pattern (surrogates included).
    private static func append(_ codePoint: UInt32, to bytes: inout [UInt8]) {
        switch codePoint {
        case 0..<0x80:
            bytes.append(UInt8(codePoint))
        case 0x80..<0x800:
            bytes.append(UInt8(0xC0 | codePoint >> 6))
            bytes.append(UInt8(0x80 | codePoint & 0x3F))
        case 0x800..<0x10000:
            bytes.append(UInt8(0xE0 | codePoint >> 12))
            bytes.append(UInt8(0x80 | codePoint >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | codePoint & 0x3F))
        default:
            bytes.append(UInt8(0xF0 | codePoint >> 18))
            bytes.append(UInt8(0x80 | codePoint >> 12 & 0x3F))
            bytes.append(UInt8(0x80 | codePoint >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | codePoint & 0x3F))
        }
    }
}
