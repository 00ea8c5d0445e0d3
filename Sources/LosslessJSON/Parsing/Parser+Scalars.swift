extension Parser {
    /// Parses the number at `position`, a minus or a digit (RFC 8259 §6).
    @inline(__always)
    mutating func parseNumber() throws(JSONSyntaxError) {
        let start = position
        var at = position
        let end = source.count
        if source[at] == Byte.minus { at += 1 }
        let first = at
        while at < end, Byte.isDigit(source[at]) { at += 1 }
        position = at
        guard at > first else { throw unexpected(.digit) }
        if source[first] == Byte.zero, at > first + 1 { throw failure(.leadingZero, at: first) }
        if at < end, source[at] == Byte.point || source[at] | 0x20 == Byte.lowerE { try skipFractionAndExponent() }
        append(start: start, info: UInt32(truncatingIfNeeded: position - start))
    }

    private mutating func skipFractionAndExponent() throws(JSONSyntaxError) {
        if source[position] == Byte.point {
            position += 1
            try skipDigits()
        }
        guard position < source.count, source[position] | 0x20 == Byte.lowerE else { return }
        position += 1
        if position < source.count, source[position] == Byte.plus || source[position] == Byte.minus { position += 1 }
        try skipDigits()
    }

    private mutating func skipDigits() throws(JSONSyntaxError) {
        guard position < source.count, Byte.isDigit(source[position]) else { throw unexpected(.digit) }
        while position < source.count, Byte.isDigit(source[position]) { position += 1 }
    }

    /// Parses one of the three words at `position`, whose first letter is right.
    @inline(__always)
    mutating func parseLiteral(_ word: StaticString) throws(JSONSyntaxError) {
        let length = word.utf8CodeUnitCount
        let start = position
        for index in 1..<length {
            guard start + index < source.count else {
                throw failure(.unexpectedEnd(expected: .literal), at: source.count)
            }
            guard source[start + index] == word.utf8Start[index] else { throw failure(.invalidLiteral, at: start) }
        }
        append(start: start, info: UInt32(truncatingIfNeeded: length))
        position = start + length
    }
}

extension Parser {
    /// Whether the text is exactly one number.
    static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, first == Byte.minus || Byte.isDigit(first) else { return false }
        var parser = Parser(source: text, limits: .standard)
        guard (try? parser.parseNumber()) != nil else { return false }
        return parser.position == text.count
    }
}
