import LineEditor

/// Messages for people, on standard error: never mixed with data.
package struct Messages: Sendable {
    private let output: any TextOutput
    private let isQuiet: Bool
    private let style: Style

    init(environment: ShellEnvironment, options: GlobalOptions) {
        output = environment.standardError
        isQuiet = options.isQuiet
        style = Style(
            isColoured: options.colour.allowsColour(
                onTerminal: environment.terminal.errorIsTerminal, type: environment.variables["TERM"],
                environment: environment.variables))
    }

    /// What was done; silent with `--quiet`.
    func note(_ text: String) {
        if !isQuiet { write(text) }
    }

    /// `isLoss`: something is lost, which is said to whoever wants no messages, too.
    func warn(_ text: String, hint: String? = nil, isLoss: Bool = false) {
        if !isQuiet || isLoss { write(style(.warning, "warning: ") + text + (hint.map { "\n" + hinted($0) } ?? "")) }
    }

    func fail(_ sentence: Sentence) {
        write(style(.failure, "error: ") + sentence.message + (sentence.hint.map { "\n" + hinted($0) } ?? ""))
    }

    /// How far something is: written over the line before on a terminal, a line of its own elsewhere.
    func progress(_ text: String, overwrites: Bool) {
        if isQuiet { return }
        if !overwrites { return write(text) }
        try? output.write("\r\u{1B}[K" + text)
        try? output.flush()
    }

    /// A diagnostic that has its own layout.
    func raw(_ text: String) { write(text) }

    private func hinted(_ text: String) -> String { style(.muted, "hint: ") + text }

    /// Standard error may be closed; there is nobody left to tell.
    private func write(_ text: String) {
        try? output.write(text.hasSuffix("\n") ? text : text + "\n")
        try? output.flush()
    }
}
