/// Bare words of expressions, and calls of functions.
extension Parser {
    mutating func wordOperand(_ context: ExpressionContext) throws(ParseError) -> Expression {
        let start = index
        try skipBareWord(context)
        // No word's last letter: at a line's end it would continue the line.
        if index > start, bytes[index - 1] == .backslash { index -= 1 }
        if index == start { throw expected(.operand) }
        if byte == .openParenthesis { return try call(from: start, context) }
        if byte == .singleQuote || byte == .doubleQuote || (byte == .dollar && !isRaw) {
            throw ParseError(code: .expected(.endOfWord, found: found()), span: foundSpan())
        }
        let text = text(start, index)
        if isOperatorWord(start) {
            let end = index
            index = start
            throw ParseError(code: .expected(.operand, found: text), span: SourceSpan(start, end))
        }
        let word = Expression.BareWord(text: text, role: context.role, span: span(from: start))
        return .word(word)
    }

    /// Whether the word up to the cursor is an operator that has letters.
    private func isOperatorWord(_ start: Int) -> Bool {
        switch (bytes[start], index - start) {
        case (UInt8(ascii: "a"), 3): spells(start, "and")
        case (UInt8(ascii: "o"), 2): spells(start, "or")
        case (UInt8(ascii: "h"), 3): spells(start, "has")
        case (UInt8(ascii: "i"), 2): spells(start, "in")
        case (UInt8(ascii: "n"), 3): spells(start, "not")
        case (UInt8(ascii: "e"), 6): spells(start, "exists")
        default: false
        }
    }

    private func spells(_ start: Int, _ word: StaticString) -> Bool {
        for offset in 0..<word.utf8CodeUnitCount where bytes[start + offset] != word.utf8Start[offset] { return false }
        return true
    }

    /// Moves past a bare word. A time, a number before `..` and a number before `+` end where they end; otherwise the
    /// longest run of letters does, brackets of a path included.
    private mutating func skipBareWord(_ context: ExpressionContext) throws(ParseError) {
        let start = index
        if byte.isDigit, skipTimeOrRangeStart() { return }
        if byte == .slash {
            skipPointer()
            return
        }
        while index < bytes.count {
            switch bytes[index] {
            case .space, .tab, .newline, .carriageReturn, .semicolon, .pipe, .openParenthesis, .closeParenthesis: return
            case .closeBracket, .comma, .equals, .less, .greater, .tilde, .singleQuote, .doubleQuote: return
            case .dollar where !isRaw: return
            case .exclamation where byte(after: 1) == .equals: return
            case .backslash where isContinuation || index + 1 == bytes.count: return
            case .dot where starts(with: "..."): return
            case .plus where index > start && endsBeforePlus(start, context): return
            case .openBracket:
                guard index > start else { return }
                try skipBracketOfPath()
            case 0x00...0x1F, 0x7F:
                throw ParseError(code: .invisibleCharacter(UInt32(byte)), span: here(1))
            case 0x80...: _ = try visibleScalar()
            default: repeat { index += 1 } while index < bytes.count && bytes[index].continuesName
            }
        }
    }

    /// Whether `+` at the cursor adds to the word before it: to a field, a number, a time or a duration. In text it is
    /// a letter: `a+b@example.com`.
    private func endsBeforePlus(_ start: Int, _ context: ExpressionContext) -> Bool {
        if context.role == .field { return true }
        guard bytes[start].isDigit, index - start <= LiteralReading.longest else { return false }
        return LiteralReading.read(text(start, index)).isQuantity
    }

    private mutating func skipTimeOrRangeStart() -> Bool {
        let length = bytes.withUnsafeBufferPointer { Instant.prefix(of: .init(rebasing: $0[index...]))?.length }
        if let length, index + length == bytes.count || !bytes[index + length].continuesBareTime {
            index += length
            return true
        }
        var end = index
        while end < bytes.count, bytes[end].isDigit { end += 1 }
        guard end + 1 < bytes.count, bytes[end] == .dot, bytes[end + 1] == .dot else { return false }
        if end + 2 < bytes.count, bytes[end + 2] == .dot { return false }
        index = end
        return true
    }

    /// A JSON pointer, up to what cannot be part of one unquoted.
    private mutating func skipPointer() {
        while index < bytes.count {
            switch bytes[index] {
            case .tilde where byte(after: 1) == 0x30 || byte(after: 1) == 0x31: index += 1
            case .tilde, .equals, .less, .greater, .comma, .semicolon, .pipe, .openParenthesis, .closeParenthesis:
                return
            case .closeBracket, .singleQuote, .doubleQuote, .dollar: return
            case .exclamation where byte(after: 1) == .equals: return
            case let byte where byte.isBlankOrLineEnd: return
            default: index += 1
            }
        }
    }

    private mutating func skipBracketOfPath() throws(ParseError) {
        let start = index
        index += 1
        if byte == .doubleQuote {
            var pieces = WordPieces()
            try quotedString(&pieces)
            guard pieces.parts.isEmpty else {
                throw ParseError(code: .expected(.path, found: "$"), span: span(from: start))
            }
        } else {
            while byte.isDigit || byte == .star { index += 1 }
        }
        guard take(.closeBracket) else { throw expected(.token("]")) }
    }

    private mutating func call(from start: Int, _ context: ExpressionContext) throws(ParseError) -> Expression {
        guard let function = Function.words.meaning(of: bytes, start, index) else {
            let name = text(start, index)
            let nearest = NearestName.find(name, among: Function.allCases.map(\.rawValue))
            throw ParseError(code: .unknownFunction(name, nearest: nearest), span: span(from: start))
        }
        let open = index
        index += 1
        let bracket = OpenBracket(isParenthesis: true, start: open)
        let arguments = try nested { (parser) throws(ParseError) in
            try parser.arguments(of: function, bracket, context.bracketed(bracket))
        }
        let wanted = function.argumentCount
        guard arguments.count == wanted else {
            let code = DiagnosticCode.wrongArgumentCount(
                function: function.rawValue, expected: wanted...wanted, found: arguments.count)
            throw ParseError(code: code, span: span(from: start))
        }
        return .call(Expression.Call(function: function, arguments: arguments, span: span(from: start)))
    }

    private mutating func arguments(
        of function: Function, _ bracket: OpenBracket, _ context: ExpressionContext
    ) throws(ParseError) -> [Expression] {
        let wanted = function.argumentCount
        var arguments: [Expression] = []
        arguments.reserveCapacity(wanted)
        skipSpace()
        while byte != .closeParenthesis {
            if isAtEnd { throw unclosed(bracket) }
            let role = arguments.count < wanted ? function.role(at: arguments.count) : .text
            due(role == .text ? [.operand] : context.operandContexts)
            switch role {
            case .subject: arguments.append(try expression(context))
            case .text: arguments.append(try expression(context.literal))
            case .field, .condition: arguments.append(try expression(context.field))
            case .pattern: arguments.append(try patternOperand(context))
            }
            skipSpace()
            guard take(.comma) else { break }
            skipSpace()
        }
        guard take(.closeParenthesis) else { throw closeBracketMissing(")", bracket) }
        return arguments
    }
}

extension UInt8 {
    /// Whether it makes a longer word of a time before it.
    fileprivate var continuesBareTime: Bool {
        continuesName || self == .dash || self == .colon || self == .dot || self >= 0x80
    }
}
