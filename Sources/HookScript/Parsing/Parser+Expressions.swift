/// Expressions, by precedence: `or`, `and`, `not`, one comparison, `..`, `+ -`, `* / %`.
extension Parser {
    mutating func expression(_ context: ExpressionContext) throws(ParseError) -> Expression {
        try nested { (parser) throws(ParseError) in
            let found = try parser.disjunction(context)
            try parser.requireExpressionEnd(context)
            return found
        }
    }

    private mutating func disjunction(_ context: ExpressionContext) throws(ParseError) -> Expression {
        let first = try conjunction(context)
        guard takeOperatorWord("or", context) else { return first }
        var parts = [first, try conjunction(context)]
        while takeOperatorWord("or", context) { parts.append(try conjunction(context)) }
        return .or(parts)
    }

    private mutating func conjunction(_ context: ExpressionContext) throws(ParseError) -> Expression {
        let first = try negation(context)
        guard takeOperatorWord("and", context) else { return first }
        var parts = [first, try negation(context)]
        while takeOperatorWord("and", context) { parts.append(try negation(context)) }
        return .and(parts)
    }

    /// `not`, any number of times, without recursion.
    private mutating func negation(_ context: ExpressionContext) throws(ParseError) -> Expression {
        var starts: [Int] = []
        skipExpressionBlanks(context)
        due(context.operandContexts)
        while takeWord("not") {
            starts.append(index - 3)
            guard depth + starts.count <= limits.nesting else {
                throw ParseError(code: .limitReached(.nesting, allowed: limits.nesting), span: here(1))
            }
            skipExpressionBlanks(context)
            due(context.operandContexts)
        }
        depth += starts.count
        defer { depth -= starts.count }
        var found = try comparison(context)
        for start in starts.reversed() { found = .not(found, span(from: start)) }
        return found
    }

    private mutating func comparison(_ context: ExpressionContext) throws(ParseError) -> Expression {
        skipExpressionBlanks(context)
        let start = index
        if takeWord("exists") {
            skipExpressionBlanks(context)
            due(context.operandContexts)
            let path = try operand(context)
            guard path.isPath else { throw ParseError(code: .expected(.path, found: ""), span: path.span) }
            return .exists(path, span(from: start))
        }
        let left = try range(context)
        dueComparator(left, context)
        guard let (comparator, span) = try comparator(context) else { return left }
        skipExpressionBlanks(context)
        due([.comparand(field: left.fieldName, comparator: comparator)])
        let right =
            comparator == .matches ? try patternOperand(context) : try range(context.literal)
        if let (second, secondSpan) = try self.comparator(context) {
            throw ParseError(code: .chainedComparison(second.rawValue), span: secondSpan)
        }
        return .comparison(
            Expression.Comparison(comparator: comparator, comparatorSpan: span, left: left, right: right))
    }

    private mutating func dueComparator(_ left: Expression, _ context: ExpressionContext) {
        guard probe != nil else { return }
        let end = index
        skipExpressionBlanks(context)
        due([.comparator(field: left.fieldName), .keyword(["and", "or"])])
        index = end
    }

    private mutating func range(_ context: ExpressionContext) throws(ParseError) -> Expression {
        let first = try operand(context)
        guard mayFollow(.arithmetic) else { return first }
        let low = try sum(of: first, context)
        skipExpressionBlanks(context)
        guard starts(with: ".."), byte(after: 2) != .dot else { return low }
        index += 2
        skipExpressionBlanks(context)
        return .range(low, try sum(of: operand(context.literal), context.literal))
    }

    private mutating func sum(
        of operand: Expression, _ context: ExpressionContext
    ) throws(ParseError) -> Expression {
        let first = try product(of: operand, context)
        var terms: [Expression.Term] = []
        while let (sign, span) = takeSign(context, multiplicative: false) {
            skipExpressionBlanks(context)
            due(context.operandContexts)
            let term = try product(of: self.operand(context), context)
            terms.append(Expression.Term(sign: sign, signSpan: span, operand: term))
        }
        return terms.isEmpty ? first : .arithmetic(first, terms)
    }

    private mutating func product(
        of first: Expression, _ context: ExpressionContext
    ) throws(ParseError) -> Expression {
        var terms: [Expression.Term] = []
        while let (sign, span) = takeSign(context, multiplicative: true) {
            skipExpressionBlanks(context)
            due(context.operandContexts)
            terms.append(Expression.Term(sign: sign, signSpan: span, operand: try operand(context)))
        }
        return terms.isEmpty ? first : .arithmetic(first, terms)
    }
}

/// Operators.
extension Parser {
    /// Whether an operator of a class can stand at the cursor, as far as one byte tells.
    private func mayFollow(_ kind: FollowingOperator) -> Bool { index != operandEnd || follower == kind }

    private mutating func takeSign(
        _ context: ExpressionContext, multiplicative: Bool
    ) -> (ArithmeticOperator, SourceSpan)? {
        guard mayFollow(.arithmetic) else { return nil }
        let start = index
        skipExpressionBlanks(context)
        guard let sign = ArithmeticOperator(byte: byte), sign.isMultiplicative == multiplicative else {
            index = start
            return nil
        }
        let isSpaced = index > start && byte(after: 1).isBlankOrLineEnd
        guard sign == .plus || isSpaced else {
            index = start
            return nil
        }
        index += 1
        return (sign, SourceSpan(index - 1, index))
    }

    private mutating func comparator(
        _ context: ExpressionContext
    ) throws(ParseError) -> (Comparator, SourceSpan)? {
        guard mayFollow(.comparator) else { return nil }
        let start = index
        skipExpressionBlanks(context)
        let symbolStart = index
        guard let found = try comparatorSymbol() else {
            index = start
            return nil
        }
        return (found, span(from: symbolStart))
    }

    private mutating func comparatorSymbol() throws(ParseError) -> Comparator? {
        let second = byte(after: 1)
        switch byte {
        case .equals where second == .tilde: return taken(.matches, 2)
        case .equals where second == .equals: throw misspelt(2, "=")
        case .equals: return taken(.equal, 1)
        case .exclamation where second == .equals: return taken(.unequal, 2)
        case .less where second == .equals: return taken(.lessOrEqual, 2)
        case .less where second == .greater: throw misspelt(2, "!=")
        case .less: return taken(.less, 1)
        case .greater where second == .equals: return taken(.greaterOrEqual, 2)
        case .greater: return taken(.greater, 1)
        case .tilde where second == .equals: throw misspelt(2, "=~")
        case .tilde: return taken(.like, 1)
        default:
            if takeWord("has") { return .has }
            return takeWord("in") ? .in : nil
        }
    }

    private mutating func taken(_ comparator: Comparator, _ count: Int) -> Comparator {
        index += count
        return comparator
    }

    private func misspelt(_ count: Int, _ suggestion: String) -> ParseError {
        ParseError(code: .unknownOperator(text(index, index + count), suggestion: suggestion), span: here(count))
    }

    private mutating func takeOperatorWord(_ word: StaticString, _ context: ExpressionContext) -> Bool {
        guard mayFollow(.logical) else { return false }
        let start = index
        skipExpressionBlanks(context)
        if takeWord(word) {
            skipExpressionBlanks(context)
            due(context.operandContexts)
            return true
        }
        index = start
        return false
    }

    /// Skips blanks, and in brackets line ends too.
    @inline(__always)
    mutating func skipExpressionBlanks(_ context: ExpressionContext) {
        if context.isBracketed { skipSpace() } else { skipBlanks() }
    }

    /// Requires that what follows an expression is not more of one.
    private mutating func requireExpressionEnd(_ context: ExpressionContext) throws(ParseError) {
        let start = index
        skipExpressionBlanks(context)
        if isExpressionEnd(context) {
            index = start
            return
        }
        throw notAnOperator()
    }

    private func isExpressionEnd(_ context: ExpressionContext) -> Bool {
        if context.isBracketed {
            return isAtEnd || byte == .closeParenthesis || byte == .closeBracket || byte == .comma
                || starts(with: "...")
        }
        if isAtStatementEnd { return true }
        switch byte {
        case .pipe: return context.hasFields
        case .dash: return context.endsAtFlag && byte(after: 1) == .dash
        case .singleQuote, .doubleQuote: return !context.hasFields
        case .backslash: return index + 1 == bytes.count
        default: return false
        }
    }

    /// What stands where an operator is due, with what was probably meant.
    private func notAnOperator() -> ParseError {
        var end = index
        while end < bytes.count, !bytes[end].isBlankOrLineEnd, !bytes[end].dividesWords, end - index < 24 { end += 1 }
        if end == index { end = min(index + 1, bytes.count) }
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        let found = text(index, end)
        let span = SourceSpan(index, end)
        if let meant = OperatorSpelling.meant(by: found) {
            return ParseError(code: .unknownOperator(found, suggestion: meant), span: span)
        }
        return ParseError(code: .unknownOperator(found, suggestion: nil), span: span)
    }
}

/// What other languages write for our operators.
enum OperatorSpelling {
    private static let others: [String: String] = [
        "==": "=", "===": "=", "is": "=", "eq": "=", "<>": "!=", "!==": "!=", "ne": "!=", "lt": "<", "le": "<=",
        "gt": ">", "ge": ">=", "&&": "and", "&": "and", "||": "or", "|": "or", "like": "~", "matches": "=~",
        "!~": "not … ~",
        "contains": "has", "includes": "has", "&&=": "and", "AND": "and", "OR": "or", "IN": "in", "HAS": "has",
    ]

    static func meant(by text: String) -> String? {
        if let known = others[text] { return known }
        guard text.utf8.allSatisfy(\.isLetter) else { return nil }
        return NearestName.find(text, among: ["and", "or", "has", "in"])
    }
}

extension ArithmeticOperator {
    fileprivate init?(byte: UInt8) {
        switch byte {
        case .plus: self = .plus
        case .dash: self = .minus
        case .star: self = .times
        case .slash: self = .divided
        case UInt8(ascii: "%"): self = .remainder
        default: return nil
        }
    }
}

extension Expression {
    /// The name of the field that it is, for completion.
    var fieldName: String? {
        guard case .word(let word) = self, word.role == .field else { return nil }
        return word.text
    }

    /// Whether `exists` can ask for it.
    var isPath: Bool {
        switch self {
        case .word, .variable: true
        case .call(let call): call.function == .field
        default: false
        }
    }
}
