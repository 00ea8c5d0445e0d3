/// Walks a tree with what is known at each place, and notes what cannot be right.
struct StaticCheck {
    let source: SourceText
    let surroundings: Surroundings
    /// Every command that the script defines, and how often.
    private let definitions: [String: [CommandSignature]]
    /// Every variable that statements outside of `def` set.
    private let globals: Set<String>

    /// Where the parser found something wrong.
    let parserErrors: [Int]
    private(set) var diagnostics: [Diagnostic] = []
    /// The variables that may be set here.
    var known: Set<String>
    /// The commands that may be defined here.
    var defined: Set<String> = []
    var signatures: CheckedSignatures
    /// Aliases of which only a run knows what they stand for.
    var unclearAliases: Set<String> = []
    /// Whether only a run knows the name of some alias.
    var hasUnnamedAlias = false
    var eachDepth = 0
    /// Inside `try` what goes wrong may be meant to: it is only a warning.
    private var attempts = 0
    var substitutions = 0

    init(script: Script, surroundings: Surroundings, errors: [Int]) {
        parserErrors = errors
        source = script.source
        self.surroundings = surroundings
        var names = DeclaredNames()
        names.visit(script.body)
        definitions = names.definitions.mapValues { $0.map { DefinedCommand($0, in: script.source).signature } }
        globals = names.variables
        known = surroundings.variables
        signatures = CheckedSignatures(base: surroundings.signatures)
    }

    /// What was found, in the order of the source.
    var found: [Diagnostic] { Self.listed(diagnostics, surroundings.limits) }

    /// As many as there may be, in the order of the source, each once.
    static func listed(_ diagnostics: [Diagnostic], _ limits: Limits) -> [Diagnostic] {
        var listed: [Diagnostic] = []
        for diagnostic in diagnostics.sorted(by: { $0.span.start < $1.span.start }) {
            if listed.contains(where: { $0.code == diagnostic.code && $0.span == diagnostic.span }) { continue }
            if case .limitReached(.errors, _) = diagnostic.code { continue }
            listed.append(diagnostic)
            guard listed.count == limits.errors else { continue }
            let code = DiagnosticCode.limitReached(.errors, allowed: limits.errors)
            return listed + [Diagnostic(code, in: diagnostic.source, at: diagnostic.span)]
        }
        return listed
    }

    /// Whether so much is wrong that nothing more will be listed.
    var isFull: Bool { diagnostics.count >= 4 * surroundings.limits.errors }

    mutating func report(_ code: DiagnosticCode, _ span: SourceSpan) {
        guard !isFull else { return }
        diagnostics.append(Diagnostic(code, in: source, at: span, severity: attempts > 0 ? .warning : .error))
    }

    mutating func report(_ error: ParseError) {
        if let code = error.code { report(code, error.span) }
    }

    /// The signatures of a command that the script defines: several if it does so more than once.
    func definitions(of name: String) -> [CommandSignature] {
        defined.contains(name) ? definitions[name] ?? [] : []
    }
}

/// Statements.
extension StaticCheck {
    mutating func visit(_ block: Block) {
        for statement in block.statements where !isFull { visit(statement.kind) }
    }

    private mutating func visit(_ kind: Statement.Kind) {
        switch kind {
        case .command(let command): visit(command)
        case .assign(let assignment):
            visit(assignment.value, as: .value)
            known.insert(assignment.name.text)
        case .unassign(let name): unassign(name)
        case .branch(let branch): visit(branch)
        case .loop(let loop):
            visit(loop.list, as: .value)
            repeated(loop.body, naming: loop.name.text)
        case .each(let each):
            if let condition = each.condition { visit(condition, as: .filter) }
            eachDepth += 1
            repeated(each.body)
            eachDepth -= 1
        case .define(let definition): visit(definition)
        case .attempt(let attempt): visit(attempt)
        case .parameter(let parameter):
            if let fallback = parameter.fallback { visit(fallback, as: .value) }
            known.insert(parameter.name.text)
        case .requires(let requirement): visit(requirement)
        case .assertion(let assertion):
            visit(assertion.condition, as: .condition)
            if let message = assertion.message { visit(message) }
        case .exit(let code): if let code { visitStatus(code) }
        case .giveBack(let value): if let value { visit(value, as: .value) }
        case .wait(.duration(let duration)): visit(duration, as: .value)
        case .wait(.until(let condition, let timeout)):
            visit(condition, as: .condition)
            visit(timeout, as: .value)
        case .leave, .next: break
        }
    }

    private mutating func visitStatus(_ code: Expression) {
        visit(code, as: .value)
        guard case .word(let word) = code, let status = Int(word.text), !ScriptStatus.isAllowed(status) else { return }
        report(.badExitStatus(status), word.span)
    }

    private mutating func unassign(_ name: Name) {
        if known.remove(name.text) == nil { reportUnset(name.text, name.span) }
    }

    mutating func reportUnset(_ name: String, _ span: SourceSpan) {
        report(.unsetVariable(name, nearest: NearestName.find(name, among: known.sorted())), span)
    }

    private mutating func visit(_ branch: Branch) {
        var after: Set<String> = []
        for arm in branch.arms {
            visit(arm.condition, as: .condition)
            let before = known
            visit(arm.body)
            after.formUnion(known)
            known = before
        }
        if let otherwise = branch.otherwise { visit(otherwise) }
        known.formUnion(after)
    }

    /// A body that may run never, once or often: what a later turn sets is known to an earlier statement.
    private mutating func repeated(_ body: Block, naming name: String? = nil) {
        let before = known
        var names = DeclaredNames()
        names.visit(body)
        known.formUnion(names.variables)
        if let name { known.insert(name) }
        visit(body)
        if let name, !before.contains(name) { known.remove(name) }
        known.formUnion(before)
    }

    private mutating func visit(_ attempt: Attempt) {
        let before = known
        attempts += 1
        visit(attempt.body)
        attempts -= 1
        known.formUnion(before)
        let after = known
        if let name = attempt.errorName?.text { known.insert(name) }
        visit(attempt.handler)
        if let name = attempt.errorName?.text, !after.contains(name) { known.remove(name) }
        known.formUnion(after)
    }

    /// A body of its own: it may be called from anywhere below, so that everything the script sets or defines may be
    /// there by then.
    private mutating func visit(_ definition: Definition) {
        defined.insert(definition.name.text)
        let outer = (known, defined, eachDepth)
        known = surroundings.variables.union(globals)
        defined = Set(definitions.keys)
        eachDepth = 0
        for parameter in definition.parameters {
            if let fallback = parameter.fallback { visit(fallback) }
            known.insert(parameter.name.text)
        }
        visit(definition.body)
        (known, defined, eachDepth) = outer
    }

    private mutating func visit(_ requirement: Requirement) {
        if !Interpreter.supports(requirement) {
            let (language, version) = (requirement.language.text, requirement.version.text)
            report(.unsupportedVersion(language: language, version: version), requirement.version.span)
        }
    }
}
