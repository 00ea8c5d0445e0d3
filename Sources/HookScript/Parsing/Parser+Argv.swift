/// Commands whose words come from a command line outside, where a shell has read quotes and variables already.
extension Parser {
    /// A script of one command, from its words: each is one word, whatever is in it; those after `where`, up to a flag,
    /// are joined and read as an expression.
    ///
    /// The words are written as source with quotes around them, since quotes never change what a word means, and that
    /// source is parsed with everything else that is special switched off.
    package static func parse(
        words: [String], name: String, signatures: any SignatureLookup, limits: Limits = .standard
    ) throws(ScriptError) -> Script {
        let takesWhere = words.first.map { signatures.takesWhere($0) } ?? false
        let source = SourceText(name: name, text: ArgvSource.text(words, takesWhere: takesWhere))
        var parser = Parser(source, signatures: signatures, limits: limits)
        parser.isRaw = true
        return try parser.rawScript()
    }

    private mutating func rawScript() throws(ScriptError) -> Script {
        do throws(ParseError) {
            if let problem = sourceProblem() { throw problem }
            let command = try command()
            guard isAtEnd else { throw expected(.endOfStatement) }
            let statement = Statement(kind: .command(command), span: command.span)
            if diagnostics.isEmpty { return Script(source: source, body: Block(statements: [statement])) }
        } catch {
            report(error)
        }
        throw ScriptError(diagnostics)
    }
}

extension SignatureLookup {
    /// Whether a command, or one of its subcommands, takes `where`.
    fileprivate func takesWhere(_ command: String) -> Bool {
        guard let signature = signature(of: command) else { return false }
        return signature.takesWhere || signature.subcommands.contains(where: \.takesWhere)
    }
}

/// Writes words from outside as source.
enum ArgvSource {
    static func text(_ words: [String], takesWhere: Bool) -> String {
        var parts: [String] = []
        var isInCondition = false
        var flagsEnded = false
        for word in words {
            if isInCondition, word.utf8.starts(with: "--".utf8) { isInCondition = false }
            if word == "--" { flagsEnded = true }
            if isInCondition {
                parts.append(word)
            } else if word == "where", takesWhere, !flagsEnded {
                isInCondition = true
                parts.append(word)
            } else {
                parts.append(quoted(word))
            }
        }
        return parts.joined(separator: " ")
    }

    /// The name of a flag stays bare, so that it ends the condition before it.
    private static func quoted(_ word: String) -> String {
        guard word.utf8.starts(with: "--".utf8), let equals = word.firstIndex(of: "="),
            word[..<equals].utf8.allSatisfy({ $0.continuesName || $0 == .dash })
        else { return WordPrinter.word(word) }
        let value = word[word.index(after: equals)...]
        return word[...equals] + (value.isEmpty ? "" : WordPrinter.word(String(value)))
    }
}
