import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `diff`: what the staged edits change, or how two webhooks differ.
enum DiffCommand: Command {
    static let declaration = CommandDeclaration(
        "diff", .staging, "shows what the staged edits change, or how two webhooks differ",
        positionals: [
            DeclaredPositional("A", .webhook, .optional, "only this webhook's edits"),
            DeclaredPositional("B", .webhook, .optional, "compare A with this one instead"),
        ],
        flags: [
            DeclaredFlag(
                "against", value: "WHAT", .file,
                "live: the server's copy as it is now; a profile: its webhooks of the same names; or a file of webhooks"
            )
        ] + .output + .secrets,
        rules: [.excludes("B", ["against"])],
        details: [
            "+ is added, - is removed, ~ is changed. Without --against the comparison is with the document that the edits "
                + "were made against; what others changed meanwhile shows with --against live, and at the commit."
        ],
        examples: [
            .init("diff", "everything staged"), .init("diff --against production", "what is other over there"),
            .init("diff wh_abc123def4 wh_slk0000002", "two webhooks"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        if let other = call.text("B") { return try await compare(call, with: other) }
        if let against = call.text(ofFlag: "against") {
            guard against == "live" else {
                let groups = try await DiffAgainst(call: call, name: against).groups()
                return output(call, groups)
            }
            _ = try await call.shell.connection.refresh()
        }
        let state = try await call.state()
        var staged = state.staged
        if let name = call.text("A") {
            let key = try state.resolve(name)
            staged = staged.filter { $0.key == key }
        }
        let groups = staged.map { staged in
            let changes = call.has("against") ? againstLive(staged, state) : staged.changes
            return (heading: heading(staged), key: staged.key.description, changes: changes)
        }
        return output(call, groups.filter { !$0.changes.isEmpty })
    }

    private static func againstLive(_ staged: Staged, _ state: SessionState) -> [Change] {
        DocumentDiff.changes(from: state.live(staged.key)?.document, to: staged.webhook?.document)
    }

    private static func compare(_ call: CommandCall, with other: String) async throws -> CommandOutput {
        let state = try await call.state()
        let (left, right) = (try state.resolve(call.text("A")!), try state.resolve(other))
        let changes = DocumentDiff.changes(
            from: (state.webhook(left) ?? state.live(left))?.document,
            to: (state.webhook(right) ?? state.live(right))?.document)
        return output(call, changes.isEmpty ? [] : [("\(left) → \(right)", right.description, changes)])
    }

    private static func heading(_ staged: Staged) -> String {
        let name = Printable.escaped(Masking.shown((staged.webhook ?? staged.base)?.name ?? ""))
        let action = staged.isDeleted ? "  (delete)" : staged.isNew ? "  (create)" : ""
        return "\(staged.key)  \(name)\(action)"
    }

    private static func output(
        _ call: CommandCall, _ groups: [(heading: String, key: String, changes: [Change])]
    ) -> CommandOutput {
        let render = ChangeLines(style: call.shell.style, showsSecrets: call.showsSecrets)
        let lines = groups.flatMap { [call.shell.style(.heading, $0.heading)] + render.lines($0.changes) }
        let json = groups.map { group -> JSON in
            ["id": JSON(group.key), "changes": JSON(group.changes.map(render.json))]
        }
        if lines.isEmpty { call.shell.messages.note("No differences.") }
        return .report(lines, json: JSON(json))
    }
}
