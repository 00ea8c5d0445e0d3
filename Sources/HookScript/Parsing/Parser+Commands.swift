/// A command's line.
extension Parser {
    mutating func command() throws(ParseError) -> CommandStatement {
        let start = index
        due([.command])
        let (name, signature) = try commandHead()
        var line = CommandLine(name: name, signature: signature)
        keep(name.text)
        line.items.reserveCapacity(line.takesKeys ? 6 : 2)
        if line.signature == nil, !isRaw, let alias = alias(named: name.text) { line = try expanded(alias, at: name) }
        if line.items.isEmpty, line.subcommand == nil { try subcommand(&line) }
        while try item(&line) {}
        return line.statement(from: start)
    }

    /// A command's name of plain letters: the common case, and the fast one.
    private mutating func bareCommand() -> (name: Name, signature: ResolvedSignature?)? {
        let start = index
        guard byte.isLetter else { return nil }
        while byte.continuesName || byte == .dash { index += 1 }
        guard isAtEnd || byte.isBlankOrLineEnd, Keyword.words.meaning(of: bytes, start, index) == nil else {
            index = start
            return nil
        }
        let (text, signature) = resolvedName(start, index)
        wordEnded()
        return (Name(text: text, span: span(from: start)), signature)
    }

    private mutating func commandHead() throws(ParseError) -> (name: Name, signature: ResolvedSignature?) {
        if let bare = bareCommand() { return bare }
        let name = try commandName()
        return (name, resolve(name.text))
    }

    mutating func commandName() throws(ParseError) -> Name {
        let start = index
        if isAtStatementEnd || byte == .pipe || byte == .greater { throw expected(.command) }
        if byte == .openBrace || byte == .openBracket || byte == .closeParenthesis { throw expected(.command) }
        let word = try plainWord(from: index)
        guard let text = word.literal else {
            throw ParseError(code: .expected(.command, found: self.text(start, index)), span: word.span)
        }
        if text.isEmpty { throw ParseError(code: .emptyCommandName, span: word.span) }
        if Keyword(rawValue: text) != nil {
            throw ParseError(code: .expected(.command, found: text), span: word.span)
        }
        return Name(text: text, span: word.span)
    }

    mutating func subcommand(_ line: inout CommandLine) throws(ParseError) {
        guard let parent = line.signature, parent.hasSubcommands else { return }
        skipBlanks()
        due(line.contexts(subcommands: true))
        guard !isAtStatementEnd, byte != .pipe, byte != .greater, byte != .openBrace, byte != .openBracket else {
            return
        }
        let start = index
        guard byte != .dash else { return }
        let word = try plainWord(from: start)
        if let text = word.literal, let found = resolve(text, of: parent) {
            keep(text)
            line.add { $0.subcommand = Name(text: text, span: word.span) }
            line.signature = found
            line.end = index
        } else {
            if isAtEnd { probe?.isDone = true }
            index = start
        }
    }

    /// The next thing on the line; false at its end.
    private mutating func item(_ line: inout CommandLine) throws(ParseError) -> Bool {
        skipBlanks()
        due(line.contexts())
        if isAtStatementEnd { return false }
        switch byte {
        case .pipe where isRaw, .greater where isRaw: throw expected(.endOfStatement)
        case .pipe: try pipe(&line)
        case .greater: try redirect(&line)
        case .backslash where index + 1 == bytes.count:
            throw ParseError(code: .trailingBackslash, span: here(1))
        default: try argument(&line)
        }
        line.end = index
        return true
    }

    private mutating func redirect(_ line: inout CommandLine) throws(ParseError) {
        let start = index
        index += 1
        let appends = take(.greater)
        skipBlanks()
        due([.fileName])
        if isAtStatementEnd { throw expected(.fileName) }
        let file = try plainWord(from: index)
        guard line.additions.value?.redirect == nil else {
            throw ParseError(code: .repeatedRedirect, span: span(from: start))
        }
        let found = CommandStatement.Redirect(appends: appends, file: file, span: span(from: start))
        line.add { $0.redirect = found }
    }

    /// `| external command …`: its words are plain, and no flag of theirs is ours.
    private mutating func pipe(_ line: inout CommandLine) throws(ParseError) {
        index += 1
        var words: [Word] = []
        while true {
            skipBlanks()
            due([.free])
            if isAtStatementEnd || byte == .pipe || byte == .greater { break }
            if byte == .backslash, index + 1 == bytes.count {
                throw ParseError(code: .trailingBackslash, span: here(1))
            }
            words.append(try plainWord(from: index))
        }
        if words.isEmpty { throw expected(.command) }
        line.add { $0.pipeline.append(words) }
    }
}
