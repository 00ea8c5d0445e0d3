/// Aliases: what a name stands for is parsed by itself, and everything in it is given the place of the name.
extension Parser {
    /// The alias of a name, unless this source has defined a command of that name.
    func alias(named name: String) -> Alias? {
        defined.contains(name) ? nil : signatures.alias(named: name)
    }

    /// The beginning of a line that an alias stands for.
    mutating func expanded(_ alias: Alias, at name: Name) throws(ParseError) -> CommandLine {
        guard !expanding.contains(alias.name) else {
            throw ParseError(code: .aliasCycle(alias.name), span: name.span)
        }
        let text = SourceText(name: "alias " + alias.name, text: alias.text)
        var inner = Parser(text, signatures: signatures, limits: limits)
        inner.expanding = expanding + [alias.name]
        inner.defined = defined
        let outerDepth = depth
        let line = try nested { (_) throws(ParseError) in
            inner.depth = outerDepth + 1
            return try inner.lineOfAlias(name.span)
        }
        return line.standing(at: name, for: alias.name)
    }

    private mutating func lineOfAlias(_ place: SourceSpan) throws(ParseError) -> CommandLine {
        do throws(ParseError) {
            if let problem = sourceProblem() { throw problem }
            skipSpace()
            let name = try commandName()
            var line = CommandLine(name: name, signature: resolve(name.text))
            if line.signature == nil, let alias = alias(named: name.text) { line = try expanded(alias, at: name) }
            if line.items.isEmpty, line.subcommand == nil { try subcommand(&line) }
            try argumentsOfAlias(&line)
            if let reported = diagnostics.first { throw ParseError(code: reported.code, span: reported.span) }
            return line
        } catch {
            guard let code = error.code else { throw error }
            let wrapped: DiagnosticCode =
                switch code {
                case .aliasCycle, .insideAlias, .limitReached: code
                default: .insideAlias(expanding.last ?? "", code)
                }
            throw ParseError(code: wrapped, span: place)
        }
    }

    private mutating func argumentsOfAlias(_ line: inout CommandLine) throws(ParseError) {
        while true {
            skipSpace()
            if isAtEnd { return }
            if isAtStatementEnd || byte == .pipe || byte == .greater { throw expected(.endOfStatement) }
            try argument(&line)
        }
    }

    /// A command's line parsed anew, at the same place, for what the table of aliases and commands holds by now.
    static func again(
        _ command: CommandStatement, in source: SourceText, signatures: any SignatureLookup, limits: Limits
    ) throws(ParseError) -> CommandStatement {
        var failure = ParseError(
            code: .expected(.endOfStatement, found: ""), span: SourceSpan(command.span.end, command.span.end))
        // Inside `$( )` a line ends earlier: the way that reads as far as before is the right one.
        for substitutions in 0...1 {
            var parser = Parser(source, signatures: signatures, limits: limits)
            parser.index = command.span.start
            parser.substitutions = substitutions
            do throws(ParseError) {
                let found = try parser.command()
                if parser.diagnostics.isEmpty, found.span.end == command.span.end { return found }
            } catch {
                failure = error
            }
            if let reported = parser.diagnostics.first {
                failure = ParseError(code: reported.code, span: reported.span)
            }
        }
        throw failure
    }
}

extension CommandLine {
    /// The line with everything in it at the place of an alias.
    fileprivate func standing(at place: Name, for alias: String) -> CommandLine {
        var line = self
        line.name = Name(text: name.text, span: place.span)
        line.items = items.map { $0.moved(to: place.span) }
        line.end = place.span.end
        line.add { additions in
            additions.subcommand = subcommand.map { Name(text: $0.text, span: place.span) }
            additions.expansion = CommandStatement.Expansion(
                alias: place.text, items: items.count, holdsSubcommand: subcommand != nil)
        }
        return line
    }
}
