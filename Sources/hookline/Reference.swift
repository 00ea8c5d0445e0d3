import Shell

/// What packages and other shells ask hookline for: completion scripts, candidates, the man page, the reference.
enum Reference {
    /// The status if that is what was asked for; nil otherwise.
    static func answer(_ words: [String]) async -> ExitStatus? {
        switch words.first {
        case CompletionScript.flag?:
            guard words.count == 2, let script = CompletionScript(rawValue: words[1]) else {
                let names = CompletionScript.allCases.map(\.rawValue).joined(separator: ", ")
                StandardStreams.complain("error: \(CompletionScript.flag) takes one of \(names)")
                return .usage
            }
            StandardStreams.print(String(script.text.dropLast()))
        case CompletionScript.question?:
            guard let shell = try? Wiring(arguments: try Arguments.parse(["--quiet"])).makeShell() else {
                return .failed
            }
            for line in await WordCompletion(shell: shell).lines(Array(words.dropFirst())) {
                StandardStreams.print(line)
            }
        case "--generate-man-page"?: StandardStreams.print(String(ManPage.text.dropLast()))
        case "--generate-configuration-page"?: StandardStreams.print(String(ConfigurationPage.text.dropLast()))
        case "--generate-commands-page"?: StandardStreams.print(String(CommandsPage.text.dropLast()))
        default: return nil
        }
        return .done
    }
}
