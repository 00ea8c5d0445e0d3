/// Commands.
extension StaticCheck {
    mutating func visit(_ command: CommandStatement) {
        let isUnclear = mayBeUnclearAlias(command)
        let command = isUnclear ? command : withLateAlias(command)
        visitWords(of: command)
        if let inner = command.inner { visit(inner) }
        guard !isUnclear, let resolved = resolve(command) else { return }
        if !parserErrors.contains(where: { $0 >= command.span.start && $0 < command.span.end }) {
            do throws(ParseError) {
                _ = try builder(command, resolved).invocation()
            } catch {
                report(error)
            }
        }
        checkPlace(command, resolved.signature)
        learnAlias(command, resolved)
    }

    private mutating func visitWords(of command: CommandStatement) {
        for item in command.items {
            switch item {
            case .positional(let word): visit(word)
            case .flag(let flag): for value in flag.values { visit(value) }
            case .keyValue(let pair):
                visit(pair.key)
                visit(pair.value)
            case .condition(let condition, _): visit(condition, as: .filter)
            case .endOfFlags, .command: break
            }
        }
        if let redirect = command.redirect { visit(redirect.file) }
        for external in command.pipeline { for word in external { visit(word) } }
    }

    /// The declaration that applies, as the interpreter would find it; nil where there is none, or where several
    /// definitions might.
    private mutating func resolve(_ command: CommandStatement) -> ResolvedSignature? {
        let name = command.name.text
        if let signature = command.signature { return signature }
        let own = definitions(of: name)
        if own.count == 1 { return ResolvedSignature(own[0], command: name) }
        if !own.isEmpty { return nil }
        let known =
            signatures.commandNames + signatures.aliasNames + defined.sorted() + Keyword.allCases.map(\.rawValue)
        report(.unknownCommand(name, nearest: NearestName.find(name, among: known)), command.name.span)
        return nil
    }

    private mutating func checkPlace(_ command: CommandStatement, _ signature: CommandSignature) {
        let name = command.signature?.command ?? command.name.text
        let restrictions = signature.restrictions
        let hasArguments = command.items.contains { if case .positional = $0 { true } else { false } }
        if eachDepth > 0,
            restrictions.contains(.notInEach) || (restrictions.contains(.notInEachWithArguments) && hasArguments)
        {
            report(.notAllowedInEach(name), command.span)
        }
        if substitutions > 0, restrictions.contains(.notInSubstitution) {
            report(.notInSubstitution(name), command.span)
        }
    }
}

/// Aliases that the script makes itself.
extension StaticCheck {
    private mutating func withLateAlias(_ command: CommandStatement) -> CommandStatement {
        let name = command.name.text
        guard command.signature == nil, command.expansion == nil, !defined.contains(name),
            signatures.aliases[name] != nil
        else { return command }
        do throws(ParseError) {
            return try Parser.again(command, in: source, signatures: signatures, limits: surroundings.limits)
        } catch {
            report(error)
            return command
        }
    }

    private mutating func learnAlias(_ command: CommandStatement, _ resolved: ResolvedSignature) {
        guard resolved.command == surroundings.aliasCommand, resolved.subcommand == nil else { return }
        var words: [String] = []
        for case .positional(let word) in command.items {
            guard let text = word.literal else { return learnUnclearAlias(words.first) }
            words.append(text)
        }
        if let alias = Alias(definition: words) { signatures.aliases[alias.name] = alias }
    }

    private mutating func learnUnclearAlias(_ name: String?) {
        guard let name else {
            hasUnnamedAlias = true
            return
        }
        unclearAliases.insert(name)
    }

    /// Whether the command may be an alias of which only a run knows what it stands for.
    private func mayBeUnclearAlias(_ command: CommandStatement) -> Bool {
        if let expansion = command.expansion { return unclearAliases.contains(expansion.alias) }
        let name = command.name.text
        guard command.signature == nil, !defined.contains(name) else { return false }
        return unclearAliases.contains(name) || (hasUnnamedAlias && signatures.alias(named: name) == nil)
    }
}

/// Arguments, as far as they are known.
extension StaticCheck {
    private func builder(_ command: CommandStatement, _ resolved: ResolvedSignature) -> InvocationBuilder {
        let frame = Frame(source: source, arguments: [], options: RunOptions())
        var builder = InvocationBuilder(command, resolved, frame, .statement)
        for item in command.items {
            switch item {
            case .positional(let word):
                if builder.isOpen { break }
                if word.isSpread { builder.isOpen = true } else { builder.positionals.append(argument(word)) }
            case .flag(let flag): builder.flags.append((flag, flag.values.map(argument)))
            case .keyValue(let pair):
                guard let key = pair.key.literal else { break }
                builder.keyValues.append((key, pair.key.span, argument(pair.value)))
            case .condition, .endOfFlags, .command: break
            }
        }
        builder.redirect = command.redirect.map { ($0.appends, argument($0.file)) }
        builder.pipeline = command.pipeline.map { $0.map(argument) }
        return builder
    }

    /// A word's value if it is literal. Otherwise it can be anything, but a secret stays one.
    private func argument(_ word: Word) -> EvaluatedWord {
        if let text = word.literal { return EvaluatedWord(value: Value(text), literal: text, span: word.span) }
        if case .json(.literal(let json)) = word.content {
            return EvaluatedWord(value: Value(json), literal: nil, span: word.span)
        }
        let taint = word.secretName.map { Taint(reference: "secret:" + $0) }
        return EvaluatedWord(
            value: Value(Value.Content.null, taint: taint), literal: nil, span: word.span, isKnown: false)
    }
}

extension Word {
    fileprivate var isSpread: Bool {
        if case .spread = content { return true }
        return false
    }

    /// The secret that stands in the word itself.
    fileprivate var secretName: String? {
        let parts: [Part] =
            switch content {
            case .value(let part): [part]
            case .joined(let parts): parts
            default: []
            }
        for case .variable(let variable) in parts { if case .secret(let name) = variable.base { return name } }
        return nil
    }
}
