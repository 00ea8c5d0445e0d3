import LineEditor

/// What other shells ask for at Tab: the candidates for the last of the words behind `hookline`.
///
/// They come from the prompt's own completer, without the webhooks: nothing is asked of a server.
package struct WordCompletion: Sendable {
    private let shell: Shell

    package init(shell: Shell) { self.shell = shell }

    /// A candidate a line, with a few words about it behind a tab.
    package func lines(_ words: [String]) async -> [String] {
        let last = words.last ?? ""
        let (command, value) = Self.withoutGlobalFlags(words.dropLast())
        if let value { return globalValues(of: value).filter { $0.hasPrefix(last) } }
        if command.isEmpty, last.hasPrefix("-") { return Self.globalFlags.filter { $0.hasPrefix(last) } }
        let knowledge = await CompletionKnowledge.gather(shell)
        let line = (command.map { WordQuoting.whole($0, quote: .none) } + [last]).joined(separator: " ")
        let completions = ShellCompleter(shell: shell) { knowledge }
            .completions(for: LineEditor.CompletionContext(text: line, cursor: line.utf8.count))
        var lines = completions.candidates.filter { $0.display.lowercased().hasPrefix(last.lowercased()) }
            .map { $0.display + ($0.detail.map { "\t" + $0 } ?? "") }
        if command.isEmpty {
            let statements = Set(CommandCandidates.statements.map(\.text))
            lines.removeAll { statements.contains(String($0.prefix { $0 != "\t" })) }
            lines += Self.globalFlags.filter { last.hasPrefix("-") && $0.hasPrefix(last) }
        }
        return lines
    }

    private static let globalFlags = GlobalFlag.all.map { "--" + $0.name + "\t" + $0.summary }

    /// The command with its words, and the global flag whose value is due.
    private static func withoutGlobalFlags(_ words: some Collection<String>) -> ([String], GlobalFlag?) {
        var rest: [String] = []
        var waiting: GlobalFlag?
        for word in words {
            if waiting != nil {
                waiting = nil
                continue
            }
            let flag = rest.isEmpty ? GlobalFlag.all.first { "--" + $0.name == word } : nil
            if let flag {
                waiting = flag.value == nil ? nil : flag
            } else if rest.isEmpty, word.hasPrefix("-") {
                continue
            } else {
                rest.append(word)
            }
        }
        return (rest, waiting)
    }

    private func globalValues(of flag: GlobalFlag) -> [String] {
        switch flag.name {
        case "profile":
            ((try? shell.profiles.configuration().profiles.map(\.name)) ?? []) + [Profile.sandboxName]
        case "format": OutputFormat.allCases.map { $0.rawValue + "\t" + $0.summary }
        case "color": ["auto", "always", "never"]
        default: []
        }
    }
}
