/// Makes an ``Invocation`` of a command's evaluated words: each takes its declared kind, and what is missing, too much or
/// unknown is an error at its place.
struct InvocationBuilder {
    let statement: CommandStatement
    let resolved: ResolvedSignature
    let source: SourceText
    let purpose: Invocation.Purpose
    let trace: [Diagnostic.Frame]

    var positionals: [EvaluatedWord] = []
    var flags: [(flag: CommandStatement.Flag, values: [EvaluatedWord])] = []
    var keyValues: [(key: String, span: SourceSpan, value: EvaluatedWord)] = []
    var predicate: Predicate?
    var redirect: (appends: Bool, file: EvaluatedWord)?
    var pipeline: [[EvaluatedWord]] = []
    var inner: InnerCommand?
    /// Whether more positionals may follow that nobody knows yet.
    var isOpen = false

    private var signature: CommandSignature { resolved.signature }
    private var name: String { resolved.fullName }

    init(
        _ statement: CommandStatement, _ resolved: ResolvedSignature, _ frame: Frame, _ purpose: Invocation.Purpose
    ) {
        self.statement = statement
        self.resolved = resolved
        source = frame.source
        trace = frame.trace
        self.purpose = purpose
    }

    /// Takes the words of a line that is nothing but literal ones, as most are; false, and nothing is taken, for another.
    mutating func takeLiterals() -> Bool {
        guard statement.hasNoAdditions else { return false }
        positionals.reserveCapacity(statement.items.count)
        for item in statement.items {
            guard case .positional(let word) = item, case .literal(let text) = word.content else {
                positionals.removeAll()
                return false
            }
            positionals.append(EvaluatedWord(value: Value(text), literal: text, span: word.span))
        }
        return true
    }

    func invocation() throws(ParseError) -> Invocation {
        // An unknown flag explains a missing argument better than the other way round.
        let (flags, keyValues) = (try givenFlags(), try pairs())
        return Invocation(
            resolved: resolved, positionals: try arguments(), flags: flags, keyValues: keyValues, predicate: predicate,
            redirect: try output(), pipeline: try externals(), purpose: purpose, source: source, span: statement.span,
            trace: trace, inner: inner)
    }

    private func arguments() throws(ParseError) -> [Argument] {
        var arguments: [Argument] = []
        arguments.reserveCapacity(positionals.count)
        for (index, word) in positionals.enumerated() {
            guard let declared = resolved.positional(at: index) else { throw surplus(word) }
            arguments.append(
                try argument(word, declared.kind, declared.acceptsSecret, .argument(command: name, name: declared.name))
            )
        }
        if !isOpen, arguments.count < resolved.requiredCount {
            for declared in signature.positionals[arguments.count...] where declared.arity.isRequired {
                let code = DiagnosticCode.missingArgument(command: name, name: declared.name)
                throw ParseError(code: code, span: statement.span)
            }
        }
        if resolved.takesCommand, statement.inner == nil {
            throw ParseError(code: .missingArgument(command: name, name: "COMMAND"), span: statement.span)
        }
        return arguments
    }

    private func surplus(_ word: EvaluatedWord) -> ParseError {
        if positionals.count == 1, !signature.subcommands.isEmpty, signature.positionals.isEmpty {
            let text = word.value.description
            let nearest = NearestName.find(text, among: signature.subcommands.map(\.name))
            return ParseError(code: .unknownSubcommand(command: name, word: text, nearest: nearest), span: word.span)
        }
        return ParseError(code: .surplusArgument(command: name, takes: signature.positionals.count), span: word.span)
    }

    private func givenFlags() throws(ParseError) -> [Invocation.Flag] {
        var found: [Invocation.Flag] = []
        for (flag, words) in flags {
            let (written, span) = ((flag.isShort ? "-" : "--") + flag.name, flag.span)
            guard let declared = resolved.flag(written: written) else {
                let nearest = NearestName.find(written, among: signature.flags.map { "--" + $0.name })
                throw ParseError(code: .unknownFlag(command: name, flag: written, nearest: nearest), span: span)
            }
            let isList = declared.value?.isList ?? false
            if !declared.repeats, !isList, found.contains(where: { $0.name == declared.name }) {
                throw ParseError(code: .repeatedFlag("--" + declared.name), span: span)
            }
            found.append(
                Invocation.Flag(name: declared.name, values: try values(of: declared, words, span), span: span))
        }
        return found
    }

    private func values(
        of flag: FlagSignature, _ words: [EvaluatedWord], _ span: SourceSpan
    ) throws(ParseError) -> [Argument] {
        guard let value = flag.value else {
            guard let surplus = words.first else { return [] }
            throw ParseError(code: .flagTakesNoValue("--" + flag.name), span: surplus.span)
        }
        if words.isEmpty {
            throw ParseError(code: .flagNeedsValue(flag: "--" + flag.name, value: value.name), span: span)
        }
        if words.count > 1, !value.isList {
            throw ParseError(code: .surplusArgument(command: "--" + flag.name, takes: 1), span: words[1].span)
        }
        var values: [Argument] = []
        for word in words {
            let place = SecretPlace.argument(command: name, name: "--" + flag.name)
            values.append(try argument(word, value.kind, value.acceptsSecret, place))
        }
        return values
    }

    private func pairs() throws(ParseError) -> [Invocation.KeyValue] {
        var found: [Invocation.KeyValue] = []
        var seen: Set<String> = []
        for (key, span, word) in keyValues {
            guard let declared = signature.keyValues.key(named: key) else {
                let nearest = NearestName.find(key, among: signature.keyValues.names)
                throw ParseError(code: .unknownKey(command: name, key: key, nearest: nearest), span: span)
            }
            guard seen.insert(key).inserted else { throw ParseError(code: .repeatedKey(key), span: span) }
            let value = try argument(word, declared.kind, declared.acceptsSecret, .argument(command: name, name: key))
            found.append(Invocation.KeyValue(key: key, keySpan: span, value: value))
        }
        return found
    }

    private func output() throws(ParseError) -> Invocation.Redirect? {
        guard let redirect else { return nil }
        let file = try free(ofNUL: argument(redirect.file, .file, false, .fileName))
        return Invocation.Redirect(appends: redirect.appends, file: file)
    }

    private func externals() throws(ParseError) -> [[Argument]] {
        var commands: [[Argument]] = []
        for words in pipeline {
            var arguments: [Argument] = []
            for word in words {
                let passed = try argument(word, .text, false, .externalCommand)
                arguments.append(try free(ofNUL: passed))
            }
            guard let name = arguments.first else {
                throw ParseError(code: .expected(.command, found: ""), span: statement.span)
            }
            if name.value.text == "" { throw ParseError(code: .emptyCommandName, span: name.span) }
            commands.append(arguments)
        }
        return commands
    }

    /// What the system takes ends at a NUL: a word with one in it would be another.
    private func free(ofNUL argument: Argument) throws(ParseError) -> Argument {
        if argument.value.text?.utf8.contains(0) ?? false { throw ParseError(code: .holdsNUL, span: argument.span) }
        return argument
    }

    private func argument(
        _ word: EvaluatedWord, _ kind: ArgumentKind, _ acceptsSecret: Bool, _ place: @autoclosure () -> SecretPlace
    ) throws(ParseError) -> Argument {
        if !acceptsSecret, word.literal == nil, word.value.isTainted {
            throw ParseError(code: .secretNotAllowed(place()), span: word.span)
        }
        do throws(ConversionError) {
            return try Argument(word, as: kind)
        } catch {
            throw ParseError(code: .wrongKind(error), span: word.span)
        }
    }
}
