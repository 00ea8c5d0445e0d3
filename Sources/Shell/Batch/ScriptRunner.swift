import HookScript

/// Runs sources: a text from the command line, standard input, a file, a file that a script runs.
package struct ScriptRunner: Sendable {
    private let shell: Shell

    package init(shell: Shell) { self.shell = shell }

    /// Runs a text in the shell's own interpreter and answers the exit status; what fails has been reported.
    package func run(_ text: String, name: String, continuesOnError: Bool = false) async -> ExitStatus {
        await run(SourceText(name: name, text: text), continuesOnError: continuesOnError)
    }

    /// A line of the prompt, where `exit` leaves as `quit` does.
    package func run(line: String) async -> ExitStatus {
        await report {
            let completion = try await shell.interpreter.run(SourceText(name: "prompt", text: line))
            if case .exited = completion {
                try await shell.confirmLeaving()
                shell.isLeaving = true
            }
            return completion
        }
    }

    /// The same for bytes that may not be UTF-8; the language says where.
    package func run(_ source: SourceText, continuesOnError: Bool = false) async -> ExitStatus {
        await report {
            let failures = continuesOnError ? FailureLog(shell: shell) : nil
            let completion = try await shell.interpreter.run(source, options: RunOptions(onFailure: failures?.take))
            try failures?.rethrow()
            return completion
        }
    }

    /// One command whose words come from the command line, each taken as it is.
    package func run(words: [String]) async -> ExitStatus {
        await report { try await shell.interpreter.run(words: words) }
    }

    /// A script file named on the command line.
    package func runFile(_ request: ScriptRequest) async -> ExitStatus {
        await report {
            try await run(request)
            return .finished(.null)
        }
    }

    /// A script file, with variables and definitions of its own.
    ///
    /// - Throws: what the file or the script failed with.
    package func run(_ request: ScriptRequest) async throws {
        let path = request.isStandardInput ? nil : shell.environment.absolute(request.path, in: shell.folder)
        if path == nil { try checkStandardInput() }
        let bytes = try shell.environment.files.read(path ?? "/dev/stdin", limit: Limits.standard.sourceBytes)
        let source = SourceText(name: path == nil ? "stdin" : request.path, bytes: bytes)
        if request.isCheck { return try ScriptCheck(shell: shell).run(source, variables: request.variables.keys) }
        try GivenValues(request: request, source: source).check(signatures: shell, limits: shell.limits)
        let failures = request.continuesOnError ? FailureLog(shell: shell) : nil
        let options = RunOptions(
            arguments: request.arguments, parameters: request.variables.mapValues(\.revealedText),
            trace: request.trace, onFailure: failures?.take)
        let interpreter = Interpreter(host: shell, limits: shell.limits)
        let completion = try await shell.inScript(path, interpreter, allowsExec: request.allowsExec) {
            for (name, value) in request.variables { await interpreter.set(name, to: value) }
            return try await interpreter.run(source, options: options)
        }
        if case .exited(let code) = completion, code != 0 { throw ShellError.exited(code) }
        try failures?.rethrow()
    }

    /// Somebody else may be reading it.
    private func checkStandardInput() throws {
        if shell.environment.terminal.inputIsTerminal {
            throw ShellError.usage(
                command: "run", problem: "standard input is a terminal", hint: "hookline run - < FILE, or run FILE")
        }
        if shell.isReadingStandardInput {
            throw ShellError.usage(command: "run", problem: "what runs comes from standard input itself", hint: nil)
        }
    }

    private func report(_ body: () async throws -> HookScript.Completion) async -> ExitStatus {
        do {
            let completion = try await body()
            try shell.environment.standardOutput.flush()
            if case .exited(let code) = completion { return .ofScript(code) }
            return .done
        } catch {
            return ErrorReporter(shell: shell).report(error)
        }
    }
}
