extension Parser {
    /// Parses the string at `position`, its opening quote, onto the tape.
    @inline(__always)
    mutating func parseString() throws(JSONSyntaxError) {
        let start = position
        position += 1
        let escaped = try skipStringContent()
        append(start: start, info: UInt32(truncatingIfNeeded: position - start) | escaped)
    }

    /// Moves behind the closing quote; returns the flag of an escape, or 0.
    @inline(__always)
    private mutating func skipStringContent() throws(JSONSyntaxError) -> UInt32 {
        var at = position
        let end = source.count
        while at + 8 <= end {
            let stops = Word.stringStops(Word.load(source, at: at))
            guard stops == 0 else {
                at += stops.trailingZeroBitCount >> 3
                if source[at] == Byte.quote {
                    position = at + 1
                    return 0
                }
                break
            }
            at += 8
        }
        position = at
        return try skipUnusualStringContent()
    }

    /// The same for content with escapes, beyond ASCII, or near the end of the text.
    @inline(never)
    private mutating func skipUnusualStringContent() throws(JSONSyntaxError) -> UInt32 {
        var escaped: UInt32 = 0
        let end = source.count
        while position < end {
            if position + 8 <= end {
                let stops = Word.stringStops(Word.load(source, at: position))
                guard stops != 0 else {
                    position += 8
                    continue
                }
                position += stops.trailingZeroBitCount >> 3
            }
            switch source[position] {
            case Byte.quote:
                position += 1
                return escaped
            case Byte.backslash:
                escaped = Document.Entry.escaped
                try skipEscape()
            case 0..<Byte.space:
                throw failure(.controlCharacter(source[position]), at: position)
            case 0x80...:
                try skipBeyondASCII()
            default:
                position += 1
            }
        }
        throw failure(.unexpectedEnd(expected: .closingQuote), at: end)
    }

    /// Moves behind a run of characters beyond ASCII.
    @inline(__always)
    private mutating func skipBeyondASCII() throws(JSONSyntaxError) {
        repeat {
            let length = UTF8Validation.length(at: position, in: source)
            guard length > 0 else { throw failure(.invalidUTF8(source[position]), at: position) }
            position += length
        } while position < source.count && source[position] >= 0x80
    }

    private mutating func skipEscape() throws(JSONSyntaxError) {
        position += 1
        guard position < source.count else { throw unexpected(.escape) }
        switch source[position] {
        case Byte.quote, Byte.backslash, Byte.slash, Byte.lowerB, Byte.lowerF, Byte.lowerN, Byte.lowerR, Byte.lowerT:
            position += 1
        case Byte.lowerU:
            position += 1
            for _ in 0..<4 {
                guard position < source.count, Byte.hexValue(source[position]) != nil else {
                    throw unexpected(.hexDigit)
                }
                position += 1
            }
        default:
            guard let scalar = UTF8Validation.scalar(at: position, in: source) else {
                throw failure(.invalidUTF8(source[position]), at: position)
            }
            throw failure(.invalidEscape(scalar), at: position - 1)
        }
    }
}
