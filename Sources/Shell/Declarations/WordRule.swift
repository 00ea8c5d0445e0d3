import HookScript

/// What a command's flags and positionals cannot do together: a word that another one would leave without effect is
/// refused, and never passed over. Flags go by their names, positionals by theirs in capitals.
package enum WordRule: Hashable, Sendable {
    /// The first means something only beside the second.
    case needs(String, String)
    /// The first leaves nothing for the others to do.
    case excludes(String, [String])

    /// `--format` and its like, for the others of an exclusion.
    package static let formats = ["format"] + OutputFormat.allCases.map(\.rawValue)
}

extension CommandDeclaration {
    /// Refuses words that have no effect beside each other.
    ///
    /// - Throws: `ShellError.usage`.
    func check(_ invocation: Invocation) throws(ShellError) {
        let formats = OutputFormat.allCases.map(\.rawValue).filter { invocation.has($0) }
        if formats.count + (invocation.has("format") ? 1 : 0) > 1 {
            let names = (invocation.has("format") ? ["format"] : []) + formats
            throw invocation.refusal(names.map(Self.spelling).joined(separator: " and ") + " exclude each other")
        }
        let named = subcommands.first { $0.name == invocation.subcommand }
        for rule in rules + (named?.rules ?? []) {
            switch rule {
            case .needs(let word, let other):
                if invocation.holds(word), !invocation.holds(other) {
                    throw invocation.refusal("\(Self.spelling(word)) goes with \(Self.spelling(other))")
                }
            case .excludes(let word, let others):
                guard invocation.holds(word), let other = others.first(where: invocation.holds) else { continue }
                throw invocation.refusal("\(Self.spelling(other)) does not go with \(Self.spelling(word))")
            }
        }
    }

    static func spelling(_ word: String) -> String {
        word.first?.isUppercase == true ? word : "--" + word
    }
}

extension Invocation {
    /// Whether a flag or a positional was given.
    fileprivate func holds(_ word: String) -> Bool { has(word) || argument(word) != nil }

    fileprivate func refusal(_ problem: String) -> ShellError {
        .usage(command: command, problem: problem, hint: nil)
    }
}
