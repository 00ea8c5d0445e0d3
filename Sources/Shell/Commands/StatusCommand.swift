import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `status`: what is chosen and what is staged.
enum StatusCommand: Command {
    static let declaration = CommandDeclaration(
        "status", .staging, "shows what is chosen and what is staged",
        flags: [DeclaredFlag("all", "every staged webhook, not only the first 20")] + .output,
        examples: [.init("status", "before a commit")])

    /// How many staged webhooks people are shown; data has them all.
    static let shown = 20

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let profile = await call.shell.connection.profile
        let state = try await call.state()
        let rows = state.staged.map { staged -> (key: WebhookKey, name: String, action: String, edits: Int) in
            let action = staged.isDeleted ? "delete" : staged.isNew ? "create" : "update"
            let name = Masking.shown((staged.webhook ?? staged.base)?.name ?? "")
            return (staged.key, name, action, staged.edits.count)
        }
        let current = state.current?.description
        let json: JSON = [
            "profile": JSON(profile.name), "host": JSON(profile.host), "current": current.map { JSON($0) } ?? .null,
            "selected": JSON(state.selection.count),
            "staged": JSON(
                rows.map { row in
                    [
                        "id": JSON(row.key.description), "name": JSON(row.name), "action": JSON(row.action),
                        "edits": JSON(row.edits),
                    ]
                }),
        ]
        return .report(lines(call, profile, state, rows), json: json)
    }

    private static func lines(
        _ call: CommandCall, _ profile: Profile, _ state: SessionState,
        _ rows: [(key: WebhookKey, name: String, action: String, edits: Int)]
    ) -> [String] {
        var lines = ["On \(profile.name) (\(Printable.escaped(profile.host)))."]
        if let key = state.current, let webhook = state.webhook(key) ?? state.live(key) {
            lines.append("Current: \(key) \(Printable.escaped(Masking.shown(webhook.name)))")
        }
        if !state.selection.isEmpty { lines.append("Selected: \(state.selection.count)") }
        if rows.isEmpty { return lines + ["Nothing is staged."] }
        lines.append("Staged on \(rows.count == 1 ? "1 webhook" : "\(rows.count) webhooks"):")
        let count = call.has("all") ? rows.count : shown
        for row in rows.prefix(count) {
            let edits = row.edits == 1 ? "1 edit" : "\(row.edits) edits"
            lines.append("  \(row.action.padded(to: 7)) \(row.key)  \(Printable.escaped(row.name))  \(edits)")
        }
        if rows.count > count { lines.append("  and \(rows.count - count) more; status --all shows them") }
        return lines
    }
}
