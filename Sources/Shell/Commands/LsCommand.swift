import HookScript
import Session
import WebhookModel

/// `ls`: the webhooks, one a row.
enum LsCommand: Command {
    static let declaration = CommandDeclaration(
        "ls", .look, "lists webhooks, staged edits included",
        flags: [
            DeclaredFlag("sort", value: "FIELD", .field, "order by this field; --sort=-FIELD for the other way round"),
            DeclaredFlag("limit", short: "n", value: "N", .integer, "show no more than N"),
            DeclaredFlag("columns", value: "FIELDS", "the fields to show, with commas between"),
            DeclaredFlag("live", "the server's copy, without staged edits"),
        ] + .output + .secrets,
        takesWhere: true, aliases: ["list"],
        details: [
            "A mark before the row tells of staged edits: * edited, + to be created, - to be deleted. The list is read "
                + "once a session; refresh reads it again."
        ],
        examples: [
            .init("ls where active and channel = slack", "the active ones that notify Slack"),
            .init("ls --columns id,name,events --csv", "three columns as CSV"),
            .init("ls --sort=-updated --limit 10", "the ten changed last"),
        ],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let state = try await call.state()
        let columns = try columns(call)
        var rows = try call.matching(call.rows(of: state, live: call.has("live")), in: state)
        if let field = call.text(ofFlag: "sort") { rows = try RowOrder(field, fields: call.fields).sorted(rows) }
        if let limit = call.integer(ofFlag: "limit") {
            guard limit >= 0 else {
                throw ShellError.usage(command: "ls", problem: "--limit takes a number from 0", hint: nil)
            }
            rows = Array(rows.prefix(limit))
        }
        return .webhooks(rows, columns: columns)
    }

    private static func columns(_ call: CommandCall) throws -> [Field] {
        guard let text = call.text(ofFlag: "columns") else { return WebhookCells.standardColumns }
        let columns = try text.split(separator: ",").map { name in
            try call.fields.resolve(String(name.trimmingBlanks))
        }
        guard !columns.isEmpty else {
            throw ShellError.usage(command: "ls", problem: "--columns names no field", hint: "--columns id,name")
        }
        return columns
    }
}

extension Substring {
    var trimmingBlanks: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
