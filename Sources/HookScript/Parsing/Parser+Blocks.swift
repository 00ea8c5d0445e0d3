/// Blocks, what stands between statements, and recovery.
extension Parser {
    /// Statements up to one of some words, which is left at the cursor, or to the end of the source.
    mutating func block(until ends: [Keyword]) -> (block: Block, end: Keyword?) {
        var block = Block()
        while true {
            skipSeparators()
            dueAtStatement(ends)
            if isAtEnd { return (closed(block), nil) }
            if byte == .closeParenthesis, substitutions > 0 { return (closed(block), nil) }
            let word = keywordAtCursor()
            if let word, ends.contains(word) { return (closed(block), word) }
            let leading = takeTrivia()
            let start = index
            let outerComments = innerComments.count
            defer { if innerComments.count > outerComments { innerComments.removeSubrange(outerComments...) } }
            if isProbing, probe?.isDone == false { probe?.words = [] }
            do throws(ParseError) {
                if let word, word.dividesBlock {
                    index += word.rawValue.utf8.count
                    throw ParseError(code: .strayBlockWord(word.rawValue), span: span(from: start))
                }
                let kind = try statement(word)
                let end = span(from: start)
                try statementEnd()
                if leading == nil, innerComments.count == outerComments, byte != .hash {
                    block.statements.append(Statement(kind: kind, span: end))
                } else {
                    let trivia = withTrailingComment(withInnerComments(leading, from: outerComments))
                    block.statements.append(Statement(kind: kind, span: end, trivia: trivia))
                }
            } catch {
                report(error)
                recover(from: error, statementStart: start)
            }
            if reachedEnd { return (closed(block), nil) }
            if isProbing, isAtEnd { probe?.isDone = true }
        }
    }

    /// The statements of a block whose opening word stood at `opening`, and the word that ends them, consumed.
    mutating func body(
        of keyword: Keyword, at opening: SourceSpan, until ends: [Keyword]
    ) throws(ParseError) -> (Block, Keyword) {
        skipBlanks()
        let comment = byte == .hash && !isAtEnd ? comment(followsGap: false) : nil
        var (block, end) = try nested { (parser) throws(ParseError) in parser.block(until: ends) }
        block.headComment = comment
        guard let end else {
            if reachedEnd { throw .alreadyReported }
            let line = source.location(of: opening.start).line
            throw ParseError(code: .unclosedBlock(keyword: keyword.rawValue, line: line), span: opening)
        }
        index += end.rawValue.utf8.count
        return (block, end)
    }

    /// Requires the end of a statement at the cursor; does not move past it.
    mutating func statementEnd() throws(ParseError) {
        skipBlanks()
        guard isAtStatementEnd else { throw expected(.endOfStatement) }
    }

    /// The keyword that the word at the cursor is, if it is one.
    func keywordAtCursor() -> Keyword? {
        var end = index
        while end < bytes.count, bytes[end] >= 0x61, bytes[end] <= 0x7A { end += 1 }
        guard end == bytes.count || bytes[end].endsKeyword else { return nil }
        return Keyword.words.meaning(of: bytes, index, end)
    }

    /// Moves past what failed, to the end of its statement as far as that can be told.
    private mutating func recover(from error: ParseError, statementStart: Int) {
        if error.code?.endsParsing == true {
            index = bytes.count
            reachedEnd = true
        } else {
            index = max(index, statementStart)
            skipToStatementEnd()
        }
    }

    /// Skips what was read in a way that did not make sense: to the line's end or a `;` outside quotes.
    mutating func skipToStatementEnd() {
        while !isAtEnd, byte != .newline, byte != .semicolon {
            switch byte {
            case .backslash where isContinuation: skipContinuation()
            case .singleQuote, .doubleQuote: skipQuotedOnLine(byte)
            default: index += 1
            }
        }
    }

    private mutating func skipQuotedOnLine(_ quote: UInt8) {
        var end = index + 1
        while end < bytes.count, bytes[end] != .newline, bytes[end] != quote { end += 1 }
        index = end < bytes.count && bytes[end] == quote ? end + 1 : index + 1
    }

    private mutating func dueAtStatement(_ ends: [Keyword]) {
        guard isProbing else { return }
        if ends.isEmpty { due([.command]) } else { due([.command, .keyword(ends.map(\.rawValue))]) }
    }
}

/// Comments and gaps.
extension Parser {
    /// Skips blanks, line ends, `;` and comments, and keeps the comments.
    mutating func skipSeparators() {
        var lineEnds = 1
        while index < bytes.count {
            switch bytes[index] {
            case .newline:
                index += 1
                lineEnds += 1
                if lineEnds > 1 { sawGap = lineEnds > 2 || sawGap }
            case .semicolon, .carriageReturn: index += 1
            case .space, .tab: index += 1
            case .backslash where isContinuation: skipContinuation()
            case .hash:
                comments.append(comment(followsGap: lineEnds > 2))
                sawGap = false
                lineEnds = 1
            default: return
            }
        }
    }

    mutating func comment(followsGap: Bool) -> Comment {
        let start = index
        skipToLineEnd()
        var end = index
        while end > start, bytes[end - 1].isBlankOrLineEnd { end -= 1 }
        return Comment(span: SourceSpan(start, end), text: text(start, end), followsGap: followsGap)
    }

    private mutating func takeTrivia() -> Trivia? {
        guard !comments.isEmpty || sawGap else { return nil }
        defer {
            comments = []
            sawGap = false
        }
        return Trivia(leading: comments, trailing: nil, followsGap: sawGap)
    }

    private mutating func withTrailingComment(_ trivia: Trivia?) -> Trivia? {
        guard byte == .hash, !isAtEnd else { return trivia }
        var trivia = trivia ?? Trivia()
        trivia.trailing = comment(followsGap: false)
        return trivia
    }

    /// Comments inside the brackets of a statement, those from an index on, stand before it from now on.
    private mutating func withInnerComments(_ trivia: Trivia?, from first: Int) -> Trivia? {
        guard first < innerComments.count else { return trivia }
        var trivia = trivia ?? Trivia()
        innerComments[first].followsGap = trivia.followsGap
        trivia.followsGap = false
        trivia.leading += innerComments[first...]
        return trivia
    }

    private mutating func closed(_ block: Block) -> Block {
        var block = block
        block.closingComments = comments
        comments = []
        sawGap = false
        return block
    }
}

extension UInt8 {
    /// Whether a keyword may end before it.
    fileprivate var endsKeyword: Bool {
        switch self {
        case .space, .tab, .newline, .carriageReturn, .semicolon, .closeParenthesis, .backslash: true
        default: false
        }
    }
}
