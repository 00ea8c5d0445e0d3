import LineEditor

/// Asking people.
extension Shell {
    /// Whether there is somebody who may be asked.
    var mayAsk: Bool {
        !options.neverAsks && environment.terminal.inputIsTerminal && environment.terminal.errorIsTerminal
    }

    /// A text that is not shown: asked for on a terminal, the first line of standard input elsewhere.
    func askSecret(_ question: String, instead: String) async throws -> String {
        if environment.terminal.inputIsTerminal, !mayAsk {
            throw ShellError.cannotAsk(question: question, instead: instead)
        }
        switch try await environment.input.readSecret(prompt: Prompt(question)) {
        case .line(let text) where !text.isEmpty: return text
        case .line, .endOfInput: throw ShellError.nothingGiven
        case .interrupted: throw ShellError.interrupted
        }
    }

    /// A yes or no; anything but a yes is a no, and so is the end of input.
    func confirm(_ question: String, instead: String) async throws {
        if options.assumesYes { return }
        guard mayAsk else { throw ShellError.cannotAsk(question: question, instead: instead) }
        switch try await environment.input.readLine(LineRequest(prompt: Prompt(question + " [y/N] "))) {
        case .line(let answer) where ["y", "yes"].contains(answer.lowercased()): return
        case .line, .endOfInput: throw ShellError.declined
        case .interrupted: throw ShellError.interrupted
        }
    }

    /// The profile's name, typed out: what a production profile wants before a write.
    func confirmByName(_ name: String, instead: String) async throws {
        if options.assumesYes { return }
        let question = "Type \(name) to go on: "
        guard mayAsk else { throw ShellError.cannotAsk(question: question, instead: instead) }
        switch try await environment.input.readLine(LineRequest(prompt: Prompt(question))) {
        case .line(let answer) where answer == name: return
        case .line, .endOfInput: throw ShellError.declined
        case .interrupted: throw ShellError.interrupted
        }
    }
}
