/// A command that a script defined.
struct DefinedCommand {
    let definition: Definition
    let source: SourceText
    /// Its parameters by place, any kind of value, and whatever follows for `$@`.
    let signature: CommandSignature

    init(_ definition: Definition, in source: SourceText) {
        self.definition = definition
        self.source = source
        var positionals = definition.parameters.map { parameter in
            PositionalSignature(
                parameter.name.text, .inferred, parameter.fallback == nil ? .one : .optional, acceptsSecret: true)
        }
        positionals.append(PositionalSignature("arguments", .inferred, .many, acceptsSecret: true))
        signature = CommandSignature(definition.name.text, positionals: positionals)
    }
}

/// The host's commands and the defined ones.
struct DefinedSignatures: SignatureLookup {
    let host: any CommandHost
    let definitions: [String: CommandSignature]

    init(host: any CommandHost, definitions: [String: DefinedCommand]) {
        self.host = host
        self.definitions = definitions.mapValues(\.signature)
    }

    func signature(of command: String) -> CommandSignature? {
        host.signature(of: command) ?? definitions[command]
    }

    func isReserved(_ name: String) -> Bool { host.isReserved(name) }

    func alias(named name: String) -> Alias? { host.alias(named: name) }

    var aliasNames: [String] { host.aliasNames }

    var commandNames: [String] { host.commandNames + definitions.keys.sorted() }
}
