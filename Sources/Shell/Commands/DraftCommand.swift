import HookScript
import LosslessJSON
import Session

/// `draft`: staged edits that a session left behind.
enum DraftCommand: Command {
    static let declaration = CommandDeclaration(
        "draft", .staging, "shows, brings back or forgets staged edits that a session left behind",
        flags: .output,
        subcommands: [
            CommandDeclaration("ls", .staging, "lists the drafts", aliases: ["list"]),
            CommandDeclaration(
                "restore", .staging, "stages the edits of a draft again",
                positionals: [DeclaredPositional("N", .integer, .optional, "its number; the newest if not given")],
                flags: [DeclaredFlag("force", "also on webhooks that somebody has changed since")]),
            CommandDeclaration(
                "drop", .staging, "forgets a draft",
                positionals: [DeclaredPositional("N", .integer, .optional, "its number; the newest if not given")],
                flags: [DeclaredFlag("all", "forget all of this profile")], rules: [.excludes("all", ["N"])]),
        ],
        restrictions: .notInSubstitution,
        details: [
            "What is staged at a prompt is kept until it is committed, discarded or taken back. A draft is for its profile, "
                + "host and organization. Secrets are kept as references; the edits of a webhook with a secret as it was typed "
                + "among them are not kept."
        ],
        examples: [.init("draft", "what was left behind"), .init("draft restore", "brings back the newest")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        guard let store = await call.shell.connection.drafts else {
            guard call.shell.environment.paths != nil else { throw ShellError.noPlaceForFiles }
            throw ShellError.usage(
                command: "draft", problem: "nothing is kept of this sandbox, and no drafts",
                hint: "without --sandbox hookline has one that it keeps")
        }
        let profile = await call.shell.connection.profile
        let drafts = try await store.drafts(profile: profile.name, host: profile.host)
        switch call.invocation.subcommand {
        case "restore": return try await restore(try chosen(call, drafts), call, store)
        case "drop":
            let dropped = call.has("all") ? drafts : [try chosen(call, drafts)]
            for draft in dropped { try await store.drop(draft.session) }
            for draft in dropped {
                call.shell.messages.note(
                    "The draft of \(draft.savedAt), with edits of \(webhooks(draft.entries.count)), is forgotten.")
            }
            return .nothing
        default: return list(drafts)
        }
    }

    private static func webhooks(_ count: Int) -> String { count == 1 ? "1 webhook" : "\(count) webhooks" }

    private static func list(_ drafts: [Draft]) -> CommandOutput {
        let columns = ["n", "saved_at", "webhooks", "edits"].map { RecordColumn($0) }
        let rows = drafts.enumerated().map { number, draft -> [JSON] in
            [
                JSON(number + 1), JSON(draft.savedAt.description), JSON(draft.entries.count),
                JSON(draft.entries.reduce(0) { $0 + $1.lines.count }),
            ]
        }
        return .records(columns: columns, rows: rows)
    }

    private static func chosen(_ call: CommandCall, _ drafts: [Draft]) throws -> Draft {
        let number = call.invocation.argument("N")?.value.integer ?? 1
        guard number >= 1, number <= drafts.count else {
            throw call.usage(drafts.isEmpty ? "there is no draft of this profile" : "there is no draft \(number)")
        }
        return drafts[number - 1]
    }

    /// Whether the webhook is not as it was when the edits were made: put over it they would take a change back.
    private static func isChanged(_ entry: DraftEntry, _ state: SessionState) -> Bool {
        guard let base = entry.base else { return false }
        return state.live(entry.key).map { KeyCodes.digest(ServerOwned.without($0.document)) } != base
    }

    private static func restore(_ draft: Draft, _ call: CommandCall, _ store: any DraftStore) async throws
        -> CommandOutput
    {
        let session = try await call.shell.connection.session()
        guard draft.target == session.target else { throw PlanFile.Failure.otherTarget(draft.target) }
        let state = try await call.state()
        let changed = call.has("force") ? [] : draft.entries.filter { isChanged($0, state) }
        if !changed.isEmpty { throw PlanFile.Failure.changedSinceDraft(changed.map(\.key)) }
        try await call.shell.stage(StagedScript(draft.entries.map { ($0.key, $0.lines) }), name: "draft")
        await call.shell.keepDraft()
        try await store.drop(draft.session)
        let now = try await call.state()
        let back = draft.entries.count { now.staged($0.key) != nil }
        let rest = draft.entries.count - back
        call.shell.messages.note(
            "Staged edits of \(webhooks(back)) are back."
                + (rest > 0 ? " Those of \(webhooks(rest)) change nothing any more." : ""))
        return .nothing
    }
}
