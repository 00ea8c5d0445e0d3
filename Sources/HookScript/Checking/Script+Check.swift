extension Script {
    /// What can be said to be wrong without running anything, in the order of the source: unknown commands, flags,
    /// fields and variables, arguments that are missing, too many or of the wrong kind, operations on literals that have
    /// no result, commands where they may not stand.
    ///
    /// It never says that something is wrong that may be right: a variable is unknown only if nothing before it could
    /// have set it, and what depends on a variable's value is not judged. What stands inside `try` is a warning.
    package func check(against surroundings: Surroundings) -> [Diagnostic] {
        check(against: surroundings, after: [])
    }

    /// - Parameter errors: what the parser found: a command's line that it found wrong is not judged again, for a word
    ///   that it left out would be missing.
    private func check(against surroundings: Surroundings, after errors: [Diagnostic]) -> [Diagnostic] {
        var check = StaticCheck(script: self, surroundings: surroundings, errors: errors.map(\.span.start))
        check.visit(body)
        return check.found
    }

    /// Parses and checks a source: its syntax errors, or what ``check(against:)`` finds.
    package static func check(_ source: SourceText, against surroundings: Surroundings) -> [Diagnostic] {
        var parser = Parser(source, signatures: surroundings.signatures, limits: surroundings.limits)
        let script = parser.script()
        // A statement that does not parse is not in the tree, and what it defines would be missed.
        let isWhole = parser.diagnostics.allSatisfy { $0.code.category == .usage }
        let all = parser.diagnostics + (isWhole ? script.check(against: surroundings, after: parser.diagnostics) : [])
        return StaticCheck.listed(all, surroundings.limits)
    }

    /// What the script asks for, in order: its `param` statements.
    package var parameters: [Parameter] {
        body.statements.compactMap { statement in
            if case .parameter(let parameter) = statement.kind { parameter } else { nil }
        }
    }
}
