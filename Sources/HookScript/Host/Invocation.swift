/// A command ready to run: its arguments evaluated, of their declared kinds, and checked against its signature.
package struct Invocation: Sendable {
    package enum Purpose: Hashable, Sendable {
        /// A statement: the command prints what it prints.
        case statement
        /// `$(COMMAND)`: only the outcome's value counts, and nothing is printed.
        case substitution
    }

    package struct Flag: Hashable, Sendable {
        /// The declared name, without dashes.
        package let name: String
        /// Empty for a flag without a value; several for one that takes a list.
        package let values: [Argument]
        package let span: SourceSpan
    }

    package struct KeyValue: Hashable, Sendable {
        package let key: String
        package let keySpan: SourceSpan
        package let value: Argument
    }

    /// `> FILE` or `>> FILE`.
    package struct Redirect: Hashable, Sendable {
        package let appends: Bool
        package let file: Argument
    }

    let resolved: ResolvedSignature
    /// In the order written, spreads spread.
    package let positionals: [Argument]
    /// In the order written.
    package let flags: [Flag]
    /// In the order written; a key stands once.
    package let keyValues: [KeyValue]
    /// The condition after `where`.
    package let predicate: Predicate?
    package let redirect: Redirect?
    /// The external commands that follow in the pipe, each at least one word.
    package let pipeline: [[Argument]]
    package let purpose: Purpose
    package let source: SourceText
    package let span: SourceSpan
    /// The calls that led to the statement, innermost first: of `def` commands, and of sources that others ran.
    package let trace: [Diagnostic.Frame]
    /// The command that the rest of the line is, ready to run; only for a signature that takes one, and then always.
    package let inner: InnerCommand?
}

/// A command inside another's line, which runs it when it will: `time COMMAND`.
package struct InnerCommand: Sendable {
    /// The command written again, with its variables.
    package let text: String
    let body: @Sendable () async throws(CommandFailure) -> CommandOutcome

    /// Runs the command as a statement, or as the substitution that it stands in. What fails keeps its own place: the
    /// failure thrown here is to be passed on.
    package func run() async throws(CommandFailure) -> CommandOutcome { try await body() }
}

extension Invocation {
    /// The declared name, whatever alias was written.
    package var command: String { resolved.command }
    /// The declared name of the subcommand, if one was written.
    package var subcommand: String? { resolved.subcommand }
    package var signature: CommandSignature { resolved.signature }

    /// The trace of a source that this command runs: for ``RunOptions/trace``. The name is the one shown, a file's path.
    package func trace(entering name: String) -> [Diagnostic.Frame] {
        [Diagnostic.Frame(name: name, source: source, span: span)] + trace
    }

    /// The words of each external command that the output goes through, as they are to be passed: the program first.
    package var externals: [[String]] { pipeline.map { $0.map(\.value.revealedText) } }

    /// Whether a flag was given.
    package func has(_ flag: String) -> Bool {
        flags.contains { $0.name == flag }
    }

    /// The value of a flag, of the last one if it was repeated.
    package func value(of flag: String) -> Value? {
        flags.last { $0.name == flag }?.values.last?.value
    }

    /// Every value given to a flag, repeated or as a list.
    package func values(of flag: String) -> [Argument] {
        flags.filter { $0.name == flag }.flatMap(\.values)
    }

    /// The arguments that fell to a declared positional: none or one, or all the rest if it repeats.
    package func arguments(_ name: String) -> ArraySlice<Argument> {
        guard let index = signature.positionals.firstIndex(where: { $0.name == name }), index < positionals.count else {
            return []
        }
        return signature.positionals[index].arity.repeats ? positionals[index...] : positionals[index...index]
    }

    /// The argument that fell to a declared positional, the first if it repeats.
    package func argument(_ name: String) -> Argument? { arguments(name).first }

    package func keyValue(_ key: String) -> Argument? {
        keyValues.first { $0.key == key }?.value
    }

    /// Whether any argument, flag or key carries a secret.
    package var isTainted: Bool {
        positionals.contains { $0.value.isTainted } || flags.contains { $0.values.contains { $0.value.isTainted } }
            || keyValues.contains { $0.value.value.isTainted }
    }
}
