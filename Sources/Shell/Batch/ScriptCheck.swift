import HookScript

/// `run --check`: all that can be said to be wrong with a script, without running it and without a server.
struct ScriptCheck {
    let shell: Shell

    /// Shows every problem with its place; warnings fail nothing.
    ///
    /// - Parameter variables: the names that are given to it.
    /// - Throws: `ShellError.faults` if there is an error among them.
    func run(_ source: SourceText, variables: some Sequence<String>) throws {
        var surroundings = Surroundings(
            signatures: shell, fields: shell.webhookFields,
            variables: Set(variables).union(shell.implicitVariables), limits: shell.limits)
        surroundings.aliasCommand = AliasCommand.declaration.name
        let found = Script.check(source, against: surroundings)
        ErrorReporter(shell: shell).show(found, .usage)
        let errors = found.filter { $0.severity == .error && !$0.endsTheList }
        guard errors.isEmpty else {
            throw ShellError.faults(
                count: errors.count, isMore: found.contains(where: \.endsTheList), path: source.name)
        }
        if found.isEmpty { shell.messages.note("\(Printable.escaped(source.name)): no problem found.") }
    }
}

extension Diagnostic {
    /// Whether it says that there is more than is listed.
    fileprivate var endsTheList: Bool {
        if case .limitReached(.errors, _) = code { true } else { false }
    }
}
