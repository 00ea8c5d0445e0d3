/// The names that statements set or define, wherever they stand; variables inside `def` left out, which are its own.
struct DeclaredNames {
    private(set) var variables: Set<String> = []
    private(set) var definitions: [String: [Definition]] = [:]
    private var isInDefinition = false

    mutating func visit(_ block: Block) {
        for statement in block.statements { visit(statement.kind) }
    }

    private mutating func visit(_ kind: Statement.Kind) {
        switch kind {
        case .assign(let assignment): add(assignment.name)
        case .parameter(let parameter): add(parameter.name)
        case .branch(let branch):
            for arm in branch.arms { visit(arm.body) }
            if let otherwise = branch.otherwise { visit(otherwise) }
        case .loop(let loop):
            add(loop.name)
            visit(loop.body)
        case .each(let each): visit(each.body)
        case .attempt(let attempt):
            if let name = attempt.errorName { add(name) }
            visit(attempt.body)
            visit(attempt.handler)
        case .define(let definition):
            definitions[definition.name.text, default: []].append(definition)
            let outer = isInDefinition
            isInDefinition = true
            visit(definition.body)
            isInDefinition = outer
        default: break
        }
    }

    private mutating func add(_ name: Name) {
        if !isInDefinition { variables.insert(name.text) }
    }
}

/// The commands that there are, and the aliases that the script has made so far.
struct CheckedSignatures: SignatureLookup {
    let base: any SignatureLookup
    var aliases: [String: Alias] = [:]

    func signature(of command: String) -> CommandSignature? { base.signature(of: command) }
    func isReserved(_ name: String) -> Bool { base.isReserved(name) }
    var commandNames: [String] { base.commandNames }
    func alias(named name: String) -> Alias? { aliases[name] ?? base.alias(named: name) }
    var aliasNames: [String] { base.aliasNames + aliases.keys.sorted() }
}
