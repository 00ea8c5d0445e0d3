/// Quoted text.
extension Parser {
    /// `'raw'`: nothing in it is special.
    mutating func rawString(_ pieces: inout WordPieces) throws(ParseError) {
        let start = index
        index += 1
        let content = index
        while index < bytes.count, bytes[index] != .singleQuote { index += 1 }
        guard !isAtEnd else { throw unterminated(start) }
        pieces.text.append(contentsOf: bytes[content..<index])
        index += 1
    }

    /// `"with $var, ${var} and \n \t \" \\ \$ \u{…}"`
    mutating func quotedString(_ pieces: inout WordPieces) throws(ParseError) {
        let start = index
        index += 1
        while true {
            guard !isAtEnd else { throw unterminated(start) }
            switch byte {
            case .doubleQuote:
                index += 1
                return
            case .backslash: try escape(&pieces.text, start)
            case .dollar: try valueInText(&pieces)
            default:
                let start = index
                while !isAtEnd, byte != .doubleQuote, byte != .backslash, byte != .dollar { index += 1 }
                pieces.text.append(contentsOf: bytes[start..<index])
            }
        }
    }

    /// A value at `$`, or the `$` itself.
    mutating func valueInText(_ pieces: inout WordPieces) throws(ParseError) {
        if let part = try value() {
            pieces.add(part)
        } else {
            pieces.text.append(.dollar)
            index += 1
        }
    }

    /// `\` and what follows it; `start` is where its string begins.
    mutating func escape(_ text: inout [UInt8], _ start: Int) throws(ParseError) {
        guard index + 1 < bytes.count else { throw unterminated(start) }
        let letter = bytes[index + 1]
        switch letter {
        case UInt8(ascii: "n"): text.append(.newline)
        case UInt8(ascii: "t"): text.append(.tab)
        case UInt8(ascii: "r"): text.append(.carriageReturn)
        case .doubleQuote, .backslash, .dollar: text.append(letter)
        case .newline: break
        case UInt8(ascii: "u"):
            try scalarEscape(&text)
            return
        default:
            index += 1
            var end = index + 1
            while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
            throw ParseError(code: .unknownEscape(self.text(index, end)), span: SourceSpan(index - 1, end))
        }
        index += 2
    }

    /// `\u{1F600}`
    private mutating func scalarEscape(_ text: inout [UInt8]) throws(ParseError) {
        let start = index
        index += 2
        var number: UInt32 = 0
        var digits = 0
        if take(.openBrace) {
            while let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digits < 7 {
                number = number << 4 | UInt32(digit)
                digits += 1
                index += 1
            }
        }
        guard (1...6).contains(digits), byte == .closeBrace, let scalar = Unicode.Scalar(number) else {
            throw ParseError(code: .invalidScalarEscape, span: span(from: start))
        }
        index += 1
        text.append(contentsOf: Array(String(Character(scalar)).utf8))
    }

    func unterminated(_ start: Int) -> ParseError {
        ParseError(code: .unterminatedString, span: SourceSpan(start, start + 1))
    }
}
