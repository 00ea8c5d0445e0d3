import HookScript
import Session

/// `select`: the webhooks that the next edits are for.
enum SelectCommand: Command {
    private static let webhooks = DeclaredPositional("WEBHOOK", .webhook, .many, "webhooks, or `all`")

    static let declaration = CommandDeclaration(
        "select", .choose, "chooses the webhooks that the next edits are for",
        positionals: [webhooks], takesWhere: true,
        subcommands: [
            CommandDeclaration("add", .choose, "adds to the selection", positionals: [webhooks], takesWhere: true),
            CommandDeclaration(
                "remove", .choose, "takes from the selection", positionals: [webhooks], takesWhere: true),
        ],
        restrictions: .notInEach,
        details: ["Without words it shows the selection. Edits are for the selection, else for the current webhook."],
        examples: [
            .init("select where name ~ \"Team *\"", "all whose name begins with Team"),
            .init("select add wh_abc123def4", "and this one"), .init("select all", "every webhook"),
        ],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let isPlain = call.invocation.subcommand == nil
        if isPlain, call.texts("WEBHOOK").isEmpty, call.invocation.predicate == nil { return try await shown(call) }
        let count = try await call.shell.connection.update { state in
            let keys = try chosen(call, state)
            switch call.invocation.subcommand {
            case "add": try state.addToSelection(keys)
            case "remove": state.removeFromSelection(keys)
            default: try state.select(keys)
            }
            return state.selection.count
        }
        call.shell.messages.note("\(count) selected.")
        return .nothing
    }

    private static func chosen(_ call: CommandCall, _ state: SessionState) throws -> [WebhookKey] {
        let words = call.texts("WEBHOOK")
        if words == ["all"] { return try call.matchingKeys(in: state) }
        var keys: [WebhookKey] = []
        for word in words { keys.append(try state.resolve(word)) }
        if call.invocation.predicate != nil { keys += try call.matchingKeys(in: state) }
        if keys.isEmpty, call.invocation.predicate == nil {
            throw ShellError.usage(
                command: "select", problem: "nothing is named", hint: "name webhooks, or add: where …")
        }
        return keys
    }

    private static func shown(_ call: CommandCall) async throws -> CommandOutput {
        let state = try await call.state()
        return .webhooks(
            state.selection.keys.compactMap { call.row($0, in: state) }, columns: WebhookCells.standardColumns)
    }
}
