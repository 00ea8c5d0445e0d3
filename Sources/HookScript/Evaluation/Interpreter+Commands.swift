/// Commands.
extension Interpreter {
    /// The result of `$(COMMAND)`.
    func result(of substitution: Substitution, _ frame: Frame) async throws(RunError) -> Value {
        try countStep(substitution.span, frame)
        return try await run(substitution.command, .substitution, frame)
    }

    func run(
        _ command: CommandStatement, _ purpose: Invocation.Purpose, _ frame: Frame
    ) async throws(RunError) -> Value {
        if let defined = definitions[command.name.text], host.signature(of: command.name.text) == nil {
            return try await call(defined, command, purpose, frame)
        }
        if command.signature == nil, let late = try lateAlias(command, frame) {
            return try await run(late, purpose, frame)
        }
        let resolved = try resolve(command, frame)
        var builder = InvocationBuilder(command, resolved, frame, purpose)
        if !builder.takeLiterals() { try await read(command, into: &builder, frame) }
        let inner = command.inner.map { InnerRun(command: $0, purpose: purpose, frame: frame) }
        builder.inner = inner.map(innerCommand)
        let invocation: Invocation
        do throws(ParseError) {
            invocation = try builder.invocation()
        } catch {
            throw failure(error, frame)
        }
        try checkPlace(invocation, resolved.restrictions, frame)
        do throws(CommandFailure) {
            return try await host.run(invocation).value
        } catch {
            throw inner?.error ?? failure(error, command.span, frame)
        }
    }

    /// The declaration that a line was parsed by, or the one there is by now.
    private func resolve(_ command: CommandStatement, _ frame: Frame) throws(RunError) -> ResolvedSignature {
        if let signature = command.signature { return signature }
        if let signature = host.signature(of: command.name.text) {
            return ResolvedSignature(signature, command: signature.name)
        }
        let known = host.commandNames + host.aliasNames + definitions.keys.sorted() + Keyword.allCases.map(\.rawValue)
        let nearest = NearestName.find(command.name.text, among: known)
        throw failure(.unknownCommand(command.name.text, nearest: nearest), command.name.span, frame)
    }

    /// The line of an alias that was made after the source was parsed.
    private func lateAlias(_ command: CommandStatement, _ frame: Frame) throws(RunError) -> CommandStatement? {
        let name = command.name.text
        guard command.expansion == nil, host.signature(of: name) == nil, host.alias(named: name) != nil else {
            return nil
        }
        do throws(ParseError) {
            return try Parser.again(command, in: frame.source, signatures: signatures, limits: limits)
        } catch {
            throw failure(error, frame)
        }
    }

    /// Evaluates a command's words.
    func read(
        _ command: CommandStatement, into builder: inout InvocationBuilder, _ frame: Frame
    ) async throws(RunError) {
        for item in command.items {
            switch item {
            case .positional(let word):
                if let text = word.literal {
                    builder.positionals.append(EvaluatedWord(value: Value(text), literal: text, span: word.span))
                } else {
                    builder.positionals += try await arguments(word, frame)
                }
            case .flag(let flag):
                var values: [EvaluatedWord] = []
                for word in flag.values { values += try await arguments(word, frame) }
                builder.flags.append((flag, values))
            case .keyValue(let pair):
                let key = try await evaluate(pair.key, frame).value.revealedText
                builder.keyValues.append((key, pair.key.span, try await evaluate(pair.value, frame)))
            case .condition(let expression, let span):
                guard builder.predicate == nil else {
                    throw failure(.repeatedFlag("where"), span, frame)
                }
                builder.predicate = try await predicate(expression, frame)
            case .endOfFlags, .command: break
            }
        }
        if builder.positionals.count > limits.arguments {
            throw fatal(.limitReached(.arguments, allowed: limits.arguments), command.span, frame)
        }
        if let redirect = command.redirect {
            builder.redirect = (redirect.appends, try await evaluate(redirect.file, frame))
        }
        for external in command.pipeline {
            var words: [EvaluatedWord] = []
            for word in external { words += try await arguments(word, frame) }
            builder.pipeline.append(words)
        }
    }

    /// Refuses commands where they may not stand.
    private func checkPlace(
        _ invocation: Invocation, _ restrictions: CommandRestrictions, _ frame: Frame
    ) throws(RunError) {
        if restrictions.isEmpty { return }
        if frame.eachDepth > 0 {
            let hasArguments = !invocation.positionals.isEmpty
            if restrictions.contains(.notInEach) || (restrictions.contains(.notInEachWithArguments) && hasArguments) {
                throw failure(.notAllowedInEach(invocation.command), invocation.span, frame)
            }
        }
        if invocation.purpose == .substitution, restrictions.contains(.notInSubstitution) {
            throw failure(.notInSubstitution(invocation.command), invocation.span, frame)
        }
    }
}
