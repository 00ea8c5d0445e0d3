/// The statements but commands and blocks.
extension Parser {
    /// A statement whose first word is at the cursor.
    mutating func statement(_ keyword: Keyword?) throws(ParseError) -> Statement.Kind {
        guard let keyword else {
            pastHead = true
            return .command(try command())
        }
        let start = index
        index += keyword.rawValue.utf8.count
        let opening = span(from: start)
        wordEnded()
        if keyword != .param, keyword != .requires { pastHead = true }
        skipBlanks()
        switch keyword {
        case .let: return .assign(try assignment())
        case .unlet: return .unassign(try name(.variableName))
        case .if: return .branch(try branch(opening))
        case .for: return .loop(try loop(opening))
        case .each: return .each(try each(opening))
        case .def: return .define(try definition(opening))
        case .try: return .attempt(try attempt(opening))
        case .param: return .parameter(try parameter(opening))
        case .requires: return .requires(try requirement(opening))
        case .assert: return .assertion(try assertion())
        case .exit: return .exit(try optionalExpression())
        case .break, .continue:
            guard loops > 0 else {
                throw ParseError(code: .misplaced(keyword.rawValue, .outsideLoop), span: opening)
            }
            return keyword == .break ? .leave : .next
        case .wait: return .wait(try wait())
        case .return:
            guard definitions > 0 else {
                throw ParseError(code: .misplaced(keyword.rawValue, .outsideDef), span: opening)
            }
            return .giveBack(try optionalExpression())
        case .end, .elif, .else, .catch:
            throw ParseError(code: .strayBlockWord(keyword.rawValue), span: opening)
        }
    }

    private mutating func assignment() throws(ParseError) -> Assignment {
        let name = try name(.variableName)
        skipBlanks()
        due([.keyword(["="])])
        guard take(.equals) else { throw expected(.token("=")) }
        return Assignment(name: name, value: try expression(.values))
    }

    private mutating func assertion() throws(ParseError) -> Assertion {
        let condition = try expression(.values)
        skipBlanks()
        let message = byte == .doubleQuote || byte == .singleQuote ? try word() : nil
        return Assertion(condition: condition, message: message)
    }

    private mutating func wait() throws(ParseError) -> Wait {
        due([.keyword(["until"]), .operand])
        guard takeWord("until") else { return .duration(try expression(.values)) }
        let condition = try expression(.values.endingAtFlag)
        skipBlanks()
        due([.keyword(["--timeout"])])
        guard starts(with: "--timeout") else { throw expected(.flag("--timeout")) }
        index += 9
        _ = take(.equals)
        return .until(condition, timeout: try expression(.values))
    }

    private mutating func parameter(_ opening: SourceSpan) throws(ParseError) -> Parameter {
        guard !pastHead, depth == 0 else { throw ParseError(code: .misplaced("param", .notAtHead), span: opening) }
        let name = try name(.variableName)
        guard parameters.insert(name.text).inserted else {
            throw ParseError(code: .repeatedName(name.text), span: name.span)
        }
        var help: String?
        var fallback: Expression?
        skipBlanks()
        if byte == .doubleQuote || byte == .singleQuote { help = try helpText() }
        skipBlanks()
        due([.keyword(["=", "--secret"])])
        if take(.equals) { fallback = try expression(.values.endingAtFlag) }
        skipBlanks()
        let isSecret = takeWord("--secret")
        return Parameter(name: name, help: help, fallback: fallback, isSecret: isSecret)
    }

    private mutating func helpText() throws(ParseError) -> String {
        let start = index
        var pieces = WordPieces()
        if byte == .singleQuote { try rawString(&pieces) } else { try quotedString(&pieces) }
        guard pieces.parts.isEmpty else {
            throw ParseError(code: .expected(.help, found: text(start, index)), span: span(from: start))
        }
        return String(decoding: pieces.text, as: UTF8.self)
    }

    private mutating func requirement(_ opening: SourceSpan) throws(ParseError) -> Requirement {
        guard !pastHead, depth == 0 else { throw ParseError(code: .misplaced("requires", .notAtHead), span: opening) }
        due([.keyword(["hookline"])])
        let language = try name(.name)
        skipBlanks()
        due([.free])
        let start = index
        guard let version = try isAtStatementEnd ? nil : word().literal,
            version.utf8.allSatisfy({ $0.isDigit || $0 == .dot }), version.utf8.first?.isDigit == true
        else { throw ParseError(code: .expected(.version, found: text(start, index)), span: span(from: start)) }
        return Requirement(language: language, version: Name(text: version, span: span(from: start)))
    }

    private mutating func optionalExpression() throws(ParseError) -> Expression? {
        due([.operand])
        return isAtStatementEnd ? nil : try expression(.values)
    }

    /// A name of letters, digits, `_` (and `-` for commands), at the cursor.
    mutating func name(_ expectation: Expectation, allowsDash: Bool = false) throws(ParseError) -> Name {
        due([.free])
        let start = index
        guard byte.beginsName else { throw expected(expectation) }
        while byte.continuesName || (allowsDash && byte == .dash) { index += 1 }
        wordEnded()
        return Name(text: text(start, index), span: span(from: start))
    }

    /// Consumes a word if it is this one.
    @inline(__always)
    mutating func takeWord(_ word: StaticString) -> Bool {
        index < bytes.count && bytes[index] == word.utf8Start.pointee && takeWholeWord(word)
    }

    private mutating func takeWholeWord(_ word: StaticString) -> Bool {
        guard starts(with: word), byte(after: word.utf8CodeUnitCount).dividesWords else { return false }
        index += word.utf8CodeUnitCount
        wordEnded()
        return true
    }
}

extension UInt8 {
    /// Whether a word of the grammar may end before it; 0 stands for the end of the source.
    var dividesWords: Bool {
        switch self {
        case 0, .space, .tab, .newline, .carriageReturn, .semicolon, .backslash, .pipe, .comma: true
        case .openParenthesis, .closeParenthesis, .openBracket, .closeBracket: true
        case .singleQuote, .doubleQuote, .dollar: true
        default: false
        }
    }
}
