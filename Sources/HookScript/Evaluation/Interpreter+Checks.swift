/// `param`, `requires`, `assert`, `exit` and `wait`.
extension Interpreter {
    /// The version of the language that this is.
    package static let languageVersion = 1

    static func supports(_ requirement: Requirement) -> Bool {
        guard requirement.language.text == "hookline" else { return false }
        let major = requirement.version.text.prefix { $0 != "." }
        return Int(major).map { (1...languageVersion).contains($0) } ?? false
    }

    func check(_ requirement: Requirement, _ frame: Frame) throws(RunError) {
        guard Self.supports(requirement) else {
            let code = DiagnosticCode.unsupportedVersion(
                language: requirement.language.text, version: requirement.version.text)
            throw fatal(code, requirement.version.span, frame)
        }
    }

    /// Gives a parameter its value: by name, by place, its default, or what the host asks for.
    func execute(_ parameter: Parameter, _ frame: Frame) async throws(RunError) {
        var value = try await given(parameter, frame)
        if parameter.isSecret { value = value.replacingTaint(Taint(reference: parameter.name.text)) }
        assign(parameter.name.text, value, frame)
    }

    private func given(_ parameter: Parameter, _ frame: Frame) async throws(RunError) -> Value {
        let name = parameter.name.text
        if let text = frame.options.parameters[name] { return read(text, parameter) }
        if frame.parametersRead < frame.arguments.count {
            frame.parametersRead += 1
            return frame.arguments[frame.parametersRead - 1]
        }
        if let fallback = parameter.fallback { return try await value(of: fallback, frame) }
        let request = ParameterRequest(name: name, help: parameter.help, isSecret: parameter.isSecret)
        let answer = try await asking(parameter.name.span, frame) { (host) throws(CommandFailure) in
            try await host.parameter(request)
        }
        guard let answer else { throw failure(.parameterMissing(name), parameter.name.span, frame) }
        return answer
    }

    /// Text from outside is read like a literal, a secret is text.
    private func read(_ text: String, _ parameter: Parameter) -> Value {
        if parameter.isSecret { return Value(text) }
        return (try? Value(text).converted(to: .inferred, isLiteral: true)) ?? Value(text)
    }

    func execute(_ assertion: Assertion, _ frame: Frame) async throws(RunError) {
        guard try await !condition(assertion.condition, frame) else { return }
        var message: String?
        if let word = assertion.message {
            let value = try await evaluate(word, frame).value
            if value.isTainted { throw failure(.secretNotAllowed(.message), word.span, frame) }
            message = value.revealedText
        }
        let text = frame.source.text(of: assertion.condition.span)
        throw failure(.assertionFailed(condition: text, message: message), assertion.condition.span, frame)
    }

    func exitCode(_ expression: Expression?, _ frame: Frame) async throws(RunError) -> Int32 {
        guard let expression else { return 0 }
        let value = try await value(of: expression, frame)
        if value.isTainted { throw failure(.secretNotAllowed(.exitStatus), expression.span, frame) }
        guard let code = value.integer else {
            throw failure(.operation(.unsuited("exit", value.kind)), expression.span, frame)
        }
        guard ScriptStatus.isAllowed(code) else { throw failure(.badExitStatus(code), expression.span, frame) }
        return Int32(code)
    }

    func execute(_ wait: Wait, _ span: SourceSpan, _ frame: Frame) async throws(RunError) {
        switch wait {
        case .duration(let expression): try await pause(for: try await duration(expression, frame), span, frame)
        case .until(let condition, let timeout):
            let limit = try await duration(timeout, frame)
            let start = host.now()
            var pauseLength = Duration.seconds(1)
            while try await !self.condition(condition, frame) {
                try countStep(span, frame)
                let left = limit - host.now().duration(since: start)
                guard left > .zero else {
                    throw failure(.timedOut(DurationText.text(of: limit)), condition.span, frame)
                }
                try await pause(for: min(pauseLength, left), span, frame)
                pauseLength = min(pauseLength * 2, .seconds(15))
            }
        }
    }

    private func duration(_ expression: Expression, _ frame: Frame) async throws(RunError) -> Duration {
        let value = try await value(of: expression, frame)
        guard case .duration(let duration) = value.content, duration >= .zero else {
            throw failure(.operation(.unsuited("wait", value.kind)), expression.span, frame)
        }
        return duration
    }

    private func pause(for duration: Duration, _ span: SourceSpan, _ frame: Frame) async throws(RunError) {
        _ = try await asking(span, frame) { (host) throws(CommandFailure) in try await host.sleep(for: duration) }
    }
}
