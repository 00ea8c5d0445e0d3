/// Runs sources against a host. Variables and `def` commands live as long as it does, so a prompt feeds it line by line.
///
/// An actor, so that it may be used from anywhere; a command of the host may run another source in it while one runs.
package actor Interpreter {
    let host: any CommandHost
    private(set) var limits: Limits
    /// The host's ``CommandHost/implicitVariables``, asked for once.
    let implicitNames: Set<String>
    var variables: [String: Value] = [:]
    var definitions: [String: DefinedCommand] = [:]
    var steps = 0
    var callDepth = 0
    /// How many sources are being run, one started by a command of another.
    private var openRuns = 0
    /// The value of the last command.
    var lastValue = Value.null

    package init(host: any CommandHost, limits: Limits = .standard) {
        self.host = host
        self.limits = limits
        implicitNames = Set(host.implicitVariables)
    }

    /// What the parser knows of commands: the host's, and those defined so far.
    package var signatures: any SignatureLookup { DefinedSignatures(host: host, definitions: definitions) }

    /// The variables that are set, in order.
    package var variableNames: [String] { variables.keys.sorted() }

    /// Sets a variable from outside.
    package func set(_ name: String, to value: Value) {
        variables[name] = value
    }

    /// How many steps a run may take from now on: `option steps`.
    package func limitSteps(to steps: Int) {
        limits.steps = max(1, steps)
    }

    package func value(of name: String) -> Value? { variables[name] }

    /// Parses and runs a source. Nothing runs if it does not parse.
    package func run(_ source: SourceText, options: RunOptions = RunOptions()) async throws(ScriptError) -> Completion {
        let script: Script
        do throws(ScriptError) {
            script = try Parser.parse(source, signatures: signatures, limits: limits)
        } catch {
            throw ScriptError(error.diagnostics.map { $0.led(by: options.trace) })
        }
        return try await run(script, options: options)
    }

    /// Runs one command whose words come from a command line outside: each is taken as it is.
    package func run(
        words: [String], name: String = "command line", options: RunOptions = RunOptions()
    ) async throws(ScriptError) -> Completion {
        let script = try Parser.parse(words: words, name: name, signatures: signatures, limits: limits)
        return try await run(script, options: options)
    }

    package func run(_ script: Script, options: RunOptions = RunOptions()) async throws(ScriptError) -> Completion {
        let frame = Frame(
            source: script.source, arguments: options.arguments, trace: options.trace, options: options)
        let start = script.body.statements.first?.span ?? SourceSpan(0, 0)
        guard openRuns < limits.calls else {
            let code = DiagnosticCode.limitReached(.calls, allowed: limits.calls)
            throw ScriptError(Diagnostic(code, in: script.source, at: start, trace: options.trace))
        }
        if openRuns == 0 { steps = 0 }
        openRuns += 1
        defer { openRuns -= 1 }
        lastValue = .null
        for statement in script.body.statements {
            do throws(RunError) {
                _ = try await execute(statement, frame)
            } catch {
                switch error {
                case .exit(let code): return .exited(code)
                case .failed(let diagnostic, let failure, let isFatal):
                    let scriptError = ScriptError(diagnostic, failure: failure)
                    guard !isFatal, let onFailure = options.onFailure, await onFailure(scriptError) else {
                        throw scriptError
                    }
                }
            }
        }
        return .finished(lastValue)
    }

    func execute(_ block: Block, _ frame: Frame) async throws(RunError) -> Flow {
        for statement in block.statements {
            let flow = try await execute(statement, frame)
            guard case .onward = flow else { return flow }
        }
        return .onward
    }

    func execute(_ statement: Statement, _ frame: Frame) async throws(RunError) -> Flow {
        try countStep(statement.span, frame)
        frame.statement = statement.span
        switch statement.kind {
        case .command(let command): lastValue = try await run(command, frame.purpose, frame)
        case .assign(let assignment):
            let value = try await value(of: assignment.value, frame)
            assign(assignment.name.text, value, frame)
        case .unassign(let name): try unassign(name, frame)
        case .branch(let branch): return try await execute(branch, frame)
        case .loop(let loop): return try await execute(loop, frame)
        case .each(let each): return try await execute(each, frame)
        case .define(let definition): define(definition, frame)
        case .attempt(let attempt): return try await execute(attempt, frame)
        case .parameter(let parameter): try await execute(parameter, frame)
        case .requires(let requirement): try check(requirement, frame)
        case .assertion(let assertion): try await execute(assertion, frame)
        case .exit(let code): throw .exit(try await exitCode(code, frame))
        case .leave: return .leave
        case .next: return .next
        case .wait(let wait): try await execute(wait, statement.span, frame)
        case .giveBack(let value):
            guard let value else { return .giveBack(.null) }
            return .giveBack(try await self.value(of: value, frame))
        }
        return .onward
    }

    func countStep(_ span: SourceSpan, _ frame: Frame) throws(RunError) {
        steps += 1
        if steps > limits.steps { throw fatal(.limitReached(.steps, allowed: limits.steps), span, frame) }
        if Task.isCancelled { throw fatal(.interrupted, span, frame) }
    }
}

/// Failures.
extension Interpreter {
    func failure(_ code: DiagnosticCode, _ span: SourceSpan, _ frame: Frame) -> RunError {
        .failed(Diagnostic(code, in: frame.source, at: span, trace: frame.trace), nil, isFatal: code.category == .limit)
    }

    /// A failure that `try` lets through.
    func fatal(_ code: DiagnosticCode, _ span: SourceSpan, _ frame: Frame) -> RunError {
        .failed(Diagnostic(code, in: frame.source, at: span, trace: frame.trace), nil, isFatal: true)
    }

    func failure(_ error: ParseError, _ frame: Frame) -> RunError {
        failure(error.code ?? .interrupted, error.span, frame)
    }

    /// A command's failure, at the argument that it names or at the statement.
    func failure(_ error: CommandFailure, _ span: SourceSpan, _ frame: Frame) -> RunError {
        let code = DiagnosticCode.commandFailed(kind: error.kind, exitCode: error.exitCode, message: error.message)
        let diagnostic = Diagnostic(
            code, in: frame.source, at: error.location ?? span, trace: frame.trace, hints: error.hints)
        return .failed(diagnostic, error, isFatal: error.isFatal)
    }
}
