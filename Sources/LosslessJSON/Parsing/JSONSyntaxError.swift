/// Why and where a text is no JSON (RFC 8259), or breaks a limit.
package struct JSONSyntaxError: Error, Hashable, Sendable {
    /// What the parser was ready to take.
    package enum Expectation: String, Hashable, Sendable, CaseIterable {
        case value
        case valueOrArrayEnd
        case nameOrObjectEnd
        case name
        case colon
        case commaOrArrayEnd
        case commaOrObjectEnd
        case digit
        case closingQuote
        case hexDigit
        case escape
        case literal
    }

    package enum Reason: Hashable, Sendable {
        /// Nothing but white space.
        case empty
        /// The text stops inside a value.
        case unexpectedEnd(expected: Expectation)
        /// A character that cannot stand here.
        case unexpectedCharacter(Unicode.Scalar, expected: Expectation)
        /// The text starts with U+FEFF, which RFC 8259 §8.1 forbids a sender to add.
        case byteOrderMark
        /// Something follows the value.
        case trailingContent
        /// A word that starts like `true`, `false` or `null` and is none of them.
        case invalidLiteral
        /// A number such as `01` or `-00`.
        case leadingZero
        /// A raw character below U+0020 inside a string.
        case controlCharacter(UInt8)
        /// `\` and a character that starts no escape.
        case invalidEscape(Unicode.Scalar)
        /// A byte that is no UTF-8 here: a stray or missing continuation, an overlong form, a surrogate, above U+10FFFF.
        case invalidUTF8(UInt8)
        /// An object has the same (decoded) name twice; the offset is the later one's.
        case duplicateName(String)
        /// Nested deeper than ``JSONLimits/maximumDepth``.
        case tooDeep(limit: Int)
        /// Longer than ``JSONLimits/maximumSize``.
        case tooLarge(size: Int, limit: Int)
    }

    package let reason: Reason
    /// Bytes before the fault, from 0.
    package let offset: Int
    /// From 1; LF, CR and CRLF each end a line.
    package let line: Int
    /// From 1, in Unicode scalars (not bytes, not grapheme clusters).
    package let column: Int

    package init(reason: Reason, offset: Int, line: Int, column: Int) {
        self.reason = reason
        self.offset = offset
        self.line = line
        self.column = column
    }

    /// Counts line and column of `offset` in `source`; what precedes the offset has been found to be valid UTF-8.
    init(_ reason: Reason, at offset: Int, in source: UnsafeBufferPointer<UInt8>) {
        let offset = min(offset, source.count)
        var line = 1
        var column = 1
        for position in 0..<offset {
            let byte = source[position]
            let endsLine = byte == Byte.lineFeed || byte == Byte.carriageReturn
            if endsLine {
                let isCRLF =
                    byte == Byte.carriageReturn && position + 1 < source.count
                    && source[position + 1] == Byte.lineFeed
                if !isCRLF {
                    line += 1
                    column = 1
                }
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.init(reason: reason, offset: offset, line: line, column: column)
    }
}
