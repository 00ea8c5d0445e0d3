/// The parts of a statement as source, for whoever knows better words for some than those that were typed.
package struct Rewording: Sendable {
    package var command: String
    /// In the order written; nil leaves one out.
    package var positionals: [String?]
    package var keyValues: [String?]
    /// The values of each flag; nil leaves the flag out.
    package var flags: [[String]?]
    /// Flags behind the others.
    package var addedFlags: [(name: String, word: String)] = []
    /// Whether the redirect and the pipe are written.
    package var keepsOutput = true

    /// The invocation's own words.
    package init(_ invocation: Invocation) {
        command = invocation.command
        positionals = invocation.positionals.map(\.canonical)
        keyValues = invocation.keyValues.map(\.value.canonical)
        flags = invocation.flags.map { $0.values.map(\.canonical) }
    }
}

extension Invocation {
    /// The statement written again, with values in place of variables and references in place of secrets: what the
    /// recorder keeps. A secret that was computed shows as `••••`.
    package var canonical: String { canonical(Rewording(self)) }

    /// The same in other words.
    package func canonical(_ rewording: Rewording) -> String {
        let words = rewording.positionals.compactMap(\.self)
        var parts = [rewording.command] + (subcommand.map { [$0] } ?? [])
        let needsDivider = wouldBeMisread
        if !needsDivider { parts += words }
        parts += settings(rewording)
        parts += rewording.addedFlags.map { StatementPrinter.flag($0.name, [$0.word]) }
        if rewording.keepsOutput, let redirect {
            parts.append((redirect.appends ? ">> " : "> ") + redirect.file.canonical)
        }
        if let predicate { parts.append("where " + predicate.canonical) }
        if needsDivider { parts += ["--"] + words }
        if let inner { parts.append(inner.text) }
        if rewording.keepsOutput {
            for external in pipeline { parts.append("| " + external.map(\.canonical).joined(separator: " ")) }
        }
        return parts.joined(separator: " ")
    }

    /// Flags and `key=value` words in the order written, for some belong to the flag before them: `--channel slack
    /// channel_id=C1`. Those of an alias all stand at one place, and flags go first there.
    private func settings(_ rewording: Rewording) -> [String] {
        var parts: [(start: Int, order: Int, text: String)] = []
        for (flag, values) in zip(flags, rewording.flags) {
            if let values { parts.append((flag.span.start, parts.count, StatementPrinter.flag(flag.name, values))) }
        }
        for (pair, value) in zip(keyValues, rewording.keyValues) {
            if let value { parts.append((pair.keySpan.start, parts.count, pair.key + "=" + value)) }
        }
        return parts.sorted { ($0.start, $0.order) < ($1.start, $1.order) }.map(\.text)
    }

    /// Whether a positional looks like a flag, a key, `where` or a subcommand, and needs `--` in front.
    private var wouldBeMisread: Bool {
        if subcommand == nil, let first = positionals.first?.value.text, signature.subcommand(named: first) != nil {
            return true
        }
        return positionals.contains { argument in
            guard let text = argument.value.text else { return false }
            if text.utf8.first == .dash { return text.utf8.count > 1 }
            if text == "where" { return signature.takesWhere }
            if case .declared = signature.keyValues { return text.utf8.contains(.equals) }
            return false
        }
    }
}

extension Value {
    /// The word of a command line that evaluates to the value, with references in place of secrets.
    package func word(as kind: ArgumentKind) -> String { ValuePrinter.word(self, as: kind) }
}
