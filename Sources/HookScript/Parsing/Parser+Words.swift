/// Words of a command line.
extension Parser {
    /// The word at the cursor, which is not at a statement's end.
    mutating func word() throws(ParseError) -> Word {
        if byte == .openBrace || byte == .openBracket { return try jsonWord() }
        return try plainWord(from: index)
    }

    /// A word that is JSON up to the matching bracket.
    mutating func jsonWord() throws(ParseError) -> Word {
        let start = index
        let template = try json()
        wordEnded()
        guard isAtWordEnd else {
            throw ParseError(code: .malformedJSON(.trailingText(found())), span: foundSpan())
        }
        return Word(content: .json(template), span: span(from: start))
    }

    /// What follows `key=` or `--name=`, which may be nothing.
    mutating func valueWord() throws(ParseError) -> Word {
        if isAtWordEnd {
            wordEnded()
            return Word(content: .literal(""), span: here())
        }
        let word = try plainWord(from: index)
        guard case .spread(let part) = word.content else { return word }
        // A key has one value: `$@` is joined with blanks, and there is no place for `$list...`.
        if bytes[index - 1] == .dot {
            throw ParseError(code: .spreadInsideWord, span: SourceSpan(index - 3, index))
        }
        return Word(content: .value(part), span: word.span)
    }

    /// A word that is text and values, even if a bracket stands first.
    mutating func plainWord(from start: Int) throws(ParseError) -> Word {
        skipPlainBytes()
        if isAtWordEnd, index > start {
            guard index - start <= limits.wordBytes else { throw tooLong(start) }
            wordEnded()
            return Word(content: .literal(text(start, index)), span: span(from: start))
        }
        index = start
        if let text = wholeQuoted() {
            guard text.utf8.count <= limits.wordBytes else { throw tooLong(start) }
            wordEnded()
            return Word(content: .literal(text), span: span(from: start))
        }
        var pieces = WordPieces()
        if byte == .dollar, let part = try value() {
            if isAtWordEnd, !part.isArguments {
                wordEnded()
                return Word(content: .value(part), span: span(from: start))
            }
            try add(part, to: &pieces)
        }
        while !isAtWordEnd { try wordPiece(&pieces) }
        wordEnded()
        if index == start { throw expected(.word) }
        if pieces.byteCount + pieces.text.count > limits.wordBytes { throw tooLong(start) }
        return Word(content: try content(of: pieces, from: start), span: span(from: start))
    }

    /// The text of a word that is one quoted text with nothing special in it, the cursor behind it; else nil, and the
    /// cursor stays.
    private mutating func wholeQuoted() -> String? {
        guard byte == .singleQuote || byte == .doubleQuote, let end = plainQuoteEnd() else { return nil }
        let start = index
        index = end + 1
        if isAtWordEnd { return text(start + 1, end) }
        index = start
        return nil
    }

    private mutating func wordPiece(_ pieces: inout WordPieces) throws(ParseError) {
        switch byte {
        case .singleQuote: try rawString(&pieces)
        case .doubleQuote: try quotedString(&pieces)
        case .dollar:
            guard let part = try value() else {
                pieces.text.append(.dollar)
                index += 1
                return
            }
            try add(part, to: &pieces)
        case 0x00...0x1F, 0x7F: throw invisible(here(1), UInt32(byte))
        case 0x80...: pieces.text.append(contentsOf: try visibleScalar())
        default:
            // At least this byte, `)` and `\` where they are letters.
            let start = index
            index += 1
            skipPlainBytes()
            pieces.text.append(contentsOf: bytes[start..<index])
        }
    }

    /// Adds a value that ends at the cursor, with `...` behind it if that ends the word.
    private mutating func add(_ part: Word.Part, to pieces: inout WordPieces) throws(ParseError) {
        pieces.add(part)
        guard starts(with: "..."), bytes[index...].dropFirst(3).first?.endsWord(substitutions > 0) ?? true else {
            return
        }
        guard pieces.isOneValue else { throw ParseError(code: .spreadInsideWord, span: here(3)) }
        index += 3
        pieces.isSpread = true
    }

    private func content(of pieces: consuming WordPieces, from start: Int) throws(ParseError) -> Word.Content {
        let isSpread = pieces.isSpread
        let parts = pieces.finished()
        guard let first = parts.first else { return .literal("") }
        if parts.count > 1 { return .joined(parts) }
        switch first {
        case .text(let text): return .literal(text)
        case .variable where first.isArguments: return .spread(first)
        default: return isSpread ? .spread(first) : .value(first)
        }
    }

    /// Whether a word ends at the cursor.
    var isAtWordEnd: Bool {
        if index >= bytes.count { return true }
        if bytes[index] == .backslash { return isContinuation || index + 1 == bytes.count }
        return bytes[index].endsWord(substitutions > 0)
    }

    private mutating func skipPlainBytes() {
        let inSubstitution = substitutions > 0
        index = bytes.withUnsafeBufferPointer { bytes in
            var end = index
            while end < bytes.count, bytes[end].isPlainInWord {
                if inSubstitution, bytes[end] == .closeParenthesis { break }
                end += 1
            }
            return end
        }
    }

    /// The bytes of the scalar at the cursor, which is not ASCII. One that does not show wants quotes.
    mutating func visibleScalar() throws(ParseError) -> ArraySlice<UInt8> {
        let start = index
        index += 1
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
        let scalar = text(start, index).unicodeScalars.first?.value ?? 0
        if InvisibleCharacters.contains(scalar) { throw invisible(span(from: start), scalar) }
        return bytes[start..<index]
    }

    private func invisible(_ span: SourceSpan, _ scalar: UInt32) -> ParseError {
        ParseError(code: .invisibleCharacter(scalar), span: span)
    }

    private func tooLong(_ start: Int) -> ParseError {
        ParseError(code: .limitReached(.wordBytes, allowed: limits.wordBytes), span: SourceSpan(start, start + 1))
    }
}

/// What a word has been read as so far.
struct WordPieces {
    var parts: [Word.Part] = []
    var text: [UInt8] = []
    /// Bytes of the finished parts.
    var byteCount = 0
    var isSpread = false

    /// Whether it is a single value and nothing else.
    var isOneValue: Bool {
        guard parts.count == 1, text.isEmpty else { return false }
        if case .text = parts[0] { return false }
        return true
    }

    mutating func add(_ part: Word.Part) {
        if parts.isEmpty { parts.reserveCapacity(2) }
        flush()
        parts.append(part)
    }

    consuming func finished() -> [Word.Part] {
        flush()
        return parts
    }

    private mutating func flush() {
        guard !text.isEmpty else { return }
        byteCount += text.count
        parts.append(.text(String(decoding: text, as: UTF8.self)))
        text.removeAll(keepingCapacity: true)
    }
}

extension Word.Part {
    /// Whether it is `$@`, which spreads by itself.
    fileprivate var isArguments: Bool {
        guard case .variable(let variable) = self else { return false }
        return variable.base == .arguments
    }
}

extension UInt8 {
    /// Whether it stands for itself in a word and does not end one, but for `)` inside `$( )`.
    fileprivate var isPlainInWord: Bool {
        switch self {
        case 0x00...0x20, 0x7F...: false
        case .singleQuote, .doubleQuote, .dollar, .backslash, .semicolon, .pipe, .greater: false
        default: true
        }
    }

    /// Whether a word ends before it: at a blank, a line's end, `;`, `|`, `>`, and `)` inside `$( )`.
    func endsWord(_ inSubstitution: Bool) -> Bool {
        switch self {
        case .space, .tab, .newline, .carriageReturn, .semicolon, .pipe, .greater: true
        case .closeParenthesis: inSubstitution
        default: false
        }
    }
}

/// Characters that do not show or change how others show: blanks other than the space, zero-width characters, controls
/// of direction and format, line separators.
enum InvisibleCharacters {
    static func contains(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x00...0x1F, 0x7F...0xA0, 0xAD, 0x061C, 0x115F, 0x1160, 0x1680, 0x180E: true
        case 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000, 0x3164, 0xFEFF, 0xFFA0: true
        case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }
}
