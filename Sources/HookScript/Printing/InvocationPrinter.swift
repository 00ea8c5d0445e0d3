extension Invocation {
    /// The statement written again, with values in place of variables and references in place of secrets: what the
    /// recorder keeps. See ``isWritable``.
    package var canonical: String {
        let words = positionals.map(\.canonical)
        var parts = [command] + (subcommand.map { [$0] } ?? [])
        let needsDivider = wouldBeMisread
        if !needsDivider { parts += words }
        parts += keyValues.map { $0.key + "=" + $0.value.canonical }
        parts += flags.map { StatementPrinter.flag($0.name, $0.values.map(\.canonical)) }
        if let redirect { parts.append((redirect.appends ? ">> " : "> ") + redirect.file.canonical) }
        if let predicate { parts.append("where " + predicate.canonical) }
        if needsDivider { parts += ["--"] + words }
        if let inner { parts.append(inner.text) }
        for external in pipeline { parts.append("| " + external.map(\.canonical).joined(separator: " ")) }
        return parts.joined(separator: " ")
    }

    /// Whether ``canonical`` gives the same invocation again: not so when a secret in it was computed, and shows as
    /// `••••`.
    package var isWritable: Bool {
        let arguments = positionals + flags.flatMap(\.values) + keyValues.map(\.value)
        return arguments.allSatisfy { argument in
            guard let taint = argument.value.combinedTaint else { return true }
            return taint.isWritable || (argument.value.jsonTaint?.isWritable ?? true)
        }
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

extension Taint {
    /// Whether every secret can be written as a reference.
    fileprivate var isWritable: Bool {
        coversWhole ? recipe != nil : members.allSatisfy(\.taint.isWritable)
    }
}
