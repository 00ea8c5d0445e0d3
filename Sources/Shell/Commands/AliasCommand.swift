import HookScript
import LosslessJSON
import WebhookModel

/// `alias`: a name for the beginning of a line.
enum AliasCommand: Command {
    static let declaration = CommandDeclaration(
        "alias", .script, "shows aliases, or gives the beginning of a line a name",
        positionals: [
            DeclaredPositional("NAME", .text, .optional, "the name; all aliases if not given"),
            DeclaredPositional("WORD", .text, .many, "what it stands for, = before it if you like"),
        ],
        flags: .output,
        details: [
            "It stands where a command is due and nowhere else; a command or def of the same name goes first. What holds "
                + "flags, quotes or variables of its own is given as one quoted word. rc.hook is the place for lasting ones."
        ],
        examples: [
            .init("alias paused = 'ls where not active'", "then: paused --json"),
            .init("alias paused", "what it stands for"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        guard let name = call.text("NAME") else { return list(call, call.shell.aliases) }
        let words = call.texts("WORD")
        if !words.isEmpty, !call.invocation.flags.isEmpty {
            throw call.usage("flags of what it stands for want quotes", hint: "alias p = 'ls --json'")
        }
        if let alias = Alias(definition: [name] + words) {
            try define(alias, call)
            return .nothing
        }
        guard words.isEmpty else { throw call.usage("nothing stands behind =", hint: "unalias \(name) removes one") }
        guard let alias = call.shell.aliases[name] else {
            throw ShellError.unknownAlias(name, nearest: Nearest.name(name, among: call.shell.aliases.keys.sorted()))
        }
        return list(call, [name: alias])
    }

    /// Takes an alias that a line can begin with.
    private static func define(_ alias: Alias, _ call: CommandCall) throws {
        if call.shell.signature(of: alias.name) != nil {
            throw call.usage("\(Printable.escaped(alias.name)) is a command, and would go first")
        }
        let lookup = WithAlias(base: call.shell, added: alias)
        _ = try Parser.parse(
            SourceText(name: "alias", text: WordPrinter.word(alias.name)), signatures: lookup,
            limits: call.shell.limits)
        call.shell.aliases[alias.name] = alias
    }

    private static func list(_ call: CommandCall, _ aliases: [String: Alias]) -> CommandOutput {
        let rows = aliases.values.sorted { $0.name < $1.name }.map { [JSON($0.name), JSON($0.text)] }
        return .records(columns: [RecordColumn("name", isRigid: true), RecordColumn("stands for")], rows: rows)
    }
}

/// The commands, and an alias that is to be tried.
private struct WithAlias: SignatureLookup {
    let base: any SignatureLookup
    let added: Alias

    func signature(of command: String) -> CommandSignature? { base.signature(of: command) }
    func isReserved(_ name: String) -> Bool { base.isReserved(name) }
    func alias(named name: String) -> Alias? { name == added.name ? added : base.alias(named: name) }
    var commandNames: [String] { base.commandNames }
    var aliasNames: [String] { base.aliasNames + [added.name] }
}
