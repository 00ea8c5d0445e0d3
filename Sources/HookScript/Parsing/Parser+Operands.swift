/// The operands of expressions.
extension Parser {
    /// One operand, with `ago` after it.
    mutating func operand(_ context: ExpressionContext) throws(ParseError) -> Expression {
        skipExpressionBlanks(context)
        let start = index
        let found = try bareOperand(context)
        wordEnded()
        let end = index
        skipExpressionBlanks(context)
        (operandEnd, follower) = (end, FollowingOperator(byte))
        if takeWord("ago") { return .ago(found, span(from: start)) }
        index = end
        return found
    }

    private mutating func bareOperand(_ context: ExpressionContext) throws(ParseError) -> Expression {
        let start = index
        if isAtEnd, let bracket = context.bracket { throw unclosed(bracket) }
        if !context.isBracketed, isAtStatementEnd { throw expected(.operand) }
        switch byte {
        case .openParenthesis: return try parenthesized(context)
        case .openBracket:
            return .list(try elements(context), span(from: start))
        case .openBrace: return .object(try json(), span(from: start))
        case .singleQuote, .doubleQuote: return try quotedOperand()
        case .dollar where !isRaw: return try valueOperand()
        case .backslash where index + 1 == bytes.count:
            throw ParseError(code: .trailingBackslash, span: here(1))
        case .closeParenthesis, .closeBracket, .comma, .equals, .less, .greater, .tilde, .pipe, .exclamation:
            throw expected(.operand)
        default:
            if isAtEnd { throw expected(.operand) }
            return try wordOperand(context)
        }
    }

    private mutating func parenthesized(_ context: ExpressionContext) throws(ParseError) -> Expression {
        let start = index
        index += 1
        let bracket = OpenBracket(isParenthesis: true, start: start)
        let inner = try expression(context.bracketed(bracket))
        skipSpace()
        try closeBracket(.closeParenthesis, ")", bracket)
        return inner
    }

    func unclosed(_ bracket: OpenBracket) -> ParseError {
        ParseError(code: .unterminatedBracket(bracket.text), span: SourceSpan(bracket.start, bracket.start + 1))
    }

    func closeBracketMissing(_ text: String, _ bracket: OpenBracket) -> ParseError {
        isAtEnd ? unclosed(bracket) : expected(.token(text))
    }

    private mutating func closeBracket(
        _ closing: UInt8, _ text: String, _ bracket: OpenBracket
    ) throws(ParseError) {
        guard take(closing) else { throw closeBracketMissing(text, bracket) }
    }

    /// `[a, "b", $c, $list...]`
    private mutating func elements(_ context: ExpressionContext) throws(ParseError) -> [Expression.Element] {
        let start = index
        index += 1
        let bracket = OpenBracket(isParenthesis: false, start: start)
        let inner = context.bracketed(bracket).literal
        var elements: [Expression.Element] = []
        elements.reserveCapacity(4)
        skipSpace()
        while byte != .closeBracket {
            if isAtEnd { throw unclosed(bracket) }
            due([.operand])
            let value = try expression(inner)
            skipSpace()
            let isSpread = starts(with: "...")
            if isSpread { index += 3 }
            elements.append(Expression.Element(value: value, isSpread: isSpread))
            skipSpace()
            guard take(.comma) else { break }
            skipSpace()
        }
        try closeBracket(.closeBracket, "]", bracket)
        return elements
    }

    private mutating func quotedOperand() throws(ParseError) -> Expression {
        let start = index
        if let end = plainQuoteEnd() {
            index = end + 1
            return .string([.text(text(start + 1, end))], span(from: start))
        }
        var pieces = WordPieces()
        if byte == .singleQuote { try rawString(&pieces) } else { try quotedString(&pieces) }
        return .string(pieces.finished(), span(from: start))
    }

    /// Where the quote at the cursor closes, if nothing in it is special and it is not empty.
    func plainQuoteEnd() -> Int? {
        let quote = byte
        var end = index + 1
        while end < bytes.count, bytes[end] != quote {
            if quote == .doubleQuote, bytes[end] == .backslash || bytes[end] == .dollar { return nil }
            end += 1
        }
        return end < bytes.count && end > index + 1 ? end : nil
    }

    private mutating func valueOperand() throws(ParseError) -> Expression {
        guard let part = try value(withPath: true) else { throw expected(.variableName) }
        switch part {
        case .variable(let variable): return .variable(variable)
        case .substitution(let substitution): return .substitution(substitution)
        case .text: throw expected(.operand)
        }
    }

    /// What is on the right of `=~`: `/regex/i`, or a value that holds one as text.
    mutating func patternOperand(_ context: ExpressionContext) throws(ParseError) -> Expression {
        skipExpressionBlanks(context)
        guard byte == .slash else {
            let found = try operand(context.literal)
            if case .word(let word) = found {
                throw ParseError(code: .expected(.regularExpression, found: word.text), span: word.span)
            }
            return found
        }
        let start = index
        index += 1
        var pattern: [UInt8] = []
        while byte != .slash {
            if isAtEnd || byte == .newline {
                throw ParseError(
                    code: .expected(.token("the closing slash"), found: ""), span: SourceSpan(start, start + 1))
            }
            if byte == .backslash, byte(after: 1) != .slash, byte(after: 1) != .newline, index + 1 < bytes.count {
                pattern.append(byte)
                index += 1
            } else if byte == .backslash, byte(after: 1) == .slash {
                index += 1
            }
            pattern.append(byte)
            index += 1
        }
        index += 1
        let ignoresCase = take(UInt8(ascii: "i"))
        if byte.continuesName {
            throw ParseError(code: .invalidPattern(.unknownFlag(found())), span: here(1))
        }
        let literal = Expression.PatternLiteral(
            pattern: String(decoding: pattern, as: UTF8.self), ignoresCase: ignoresCase, span: span(from: start))
        do throws(PatternError) {
            _ = try Pattern(literal.pattern, ignoresCase: ignoresCase, limits: limits)
        } catch {
            throw ParseError(code: error.code, span: literal.span)
        }
        return .pattern(literal)
    }
}
