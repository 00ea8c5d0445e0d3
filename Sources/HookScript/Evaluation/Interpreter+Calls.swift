/// `def` commands.
extension Interpreter {
    func define(_ definition: Definition, _ frame: Frame) {
        definitions[definition.name.text] = DefinedCommand(definition, in: frame.source)
    }

    /// Runs the body of a defined command with variables of its own.
    func call(
        _ defined: DefinedCommand, _ command: CommandStatement, _ purpose: Invocation.Purpose, _ frame: Frame
    ) async throws(RunError) -> Value {
        let signature = defined.signature
        let resolved = ResolvedSignature(signature, command: signature.name)
        var builder = InvocationBuilder(command, resolved, frame, purpose)
        if !builder.takeLiterals() { try await read(command, into: &builder, frame) }
        let invocation: Invocation
        do throws(ParseError) {
            invocation = try builder.invocation()
        } catch {
            throw failure(error, frame)
        }
        guard callDepth < limits.calls else {
            throw fatal(.limitReached(.calls, allowed: limits.calls), command.span, frame)
        }
        callDepth += 1
        defer { callDepth -= 1 }
        let site = Diagnostic.Frame(name: signature.name, source: frame.source, span: command.span)
        let inner = Frame(
            source: defined.source, arguments: invocation.positionals.map(\.value), trace: [site] + frame.trace,
            purpose: purpose, locals: [:], eachDepth: frame.eachDepth, options: frame.options)
        try await bindParameters(defined, inner)
        switch try await execute(defined.definition.body, inner) {
        case .giveBack(let value): return value
        case .onward, .leave, .next: return .null
        }
    }

    private func bindParameters(_ defined: DefinedCommand, _ frame: Frame) async throws(RunError) {
        for (index, parameter) in defined.definition.parameters.enumerated() {
            if index < frame.arguments.count {
                frame.locals?[parameter.name.text] = frame.arguments[index]
            } else if let fallback = parameter.fallback {
                let word = try await evaluate(fallback, frame)
                let value = word.literal == nil ? word.value : try? word.value.converted(to: .inferred, isLiteral: true)
                frame.locals?[parameter.name.text] = value ?? word.value
            }
        }
    }
}
