/// The strings of JSON literals: JSON's escapes, `\$`, and variables.
extension Parser {
    /// A string's parts, its escapes read.
    mutating func jsonStringParts(_ purity: inout JSONPurity) throws(ParseError) -> [Word.Part] {
        let start = index
        var pieces = WordPieces()
        index += 1
        while byte != .doubleQuote {
            if isAtEnd { throw unterminated(start) }
            switch byte {
            case .backslash: try jsonEscape(&pieces.text, start, &purity)
            case .dollar:
                let count = pieces.parts.count
                try valueInText(&pieces)
                if pieces.parts.count > count { purity.isPure = false }
            case 0x00...0x1F: throw ParseError(code: .invisibleCharacter(UInt32(byte)), span: here(1))
            default:
                pieces.text.append(byte)
                index += 1
            }
        }
        index += 1
        return pieces.finished()
    }

    private mutating func jsonEscape(
        _ text: inout [UInt8], _ start: Int, _ purity: inout JSONPurity
    ) throws(ParseError) {
        guard index + 1 < bytes.count else { throw unterminated(start) }
        let letter = bytes[index + 1]
        switch letter {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(.newline)
        case UInt8(ascii: "r"): text.append(.carriageReturn)
        case UInt8(ascii: "t"): text.append(.tab)
        case .doubleQuote, .backslash, .slash: text.append(letter)
        case .dollar:
            text.append(.dollar)
            purity.isPure = false
        case UInt8(ascii: "u"):
            text.append(contentsOf: Array(String(Character(try jsonScalarEscape())).utf8))
            return
        default:
            var end = index + 2
            while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
            throw ParseError(code: .unknownEscape(self.text(index + 1, end)), span: SourceSpan(index, end))
        }
        index += 2
    }

    /// `\u` and four digits, or two such that make a surrogate pair; a lone surrogate reads as U+FFFD.
    private mutating func jsonScalarEscape() throws(ParseError) -> Unicode.Scalar {
        let high = try hexUnit()
        guard high & 0xFC00 == 0xD800, byte == .backslash, byte(after: 1) == UInt8(ascii: "u") else {
            return Unicode.Scalar(high) ?? "\u{FFFD}"
        }
        let start = index
        let low = try hexUnit()
        guard low & 0xFC00 == 0xDC00 else {
            index = start
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (high & 0x3FF) << 10 + (low & 0x3FF)) ?? "\u{FFFD}"
    }

    private mutating func hexUnit() throws(ParseError) -> UInt32 {
        let start = index
        index += 2
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw ParseError(code: .invalidScalarEscape, span: span(from: start))
            }
            number = number << 4 | UInt32(digit)
            index += 1
        }
        return number
    }
}
