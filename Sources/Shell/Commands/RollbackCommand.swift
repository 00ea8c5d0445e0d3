import HookScript
import Session
import WebhookModel

/// `rollback`: takes a run back.
enum RollbackCommand: Command {
    static let declaration = CommandDeclaration(
        "rollback", .write, "takes a run back, keeping what others changed since",
        positionals: [DeclaredPositional("RUN", .run, .optional, "its number; this session's last run if not given")],
        flags: CommitFlags.asking + [
            DeclaredFlag("only", value: "WEBHOOK", .webhook, isList: true, "only these of the run"),
            DeclaredFlag("force", "take the old values where somebody else changed the same since"),
            DeclaredFlag("same-organization", "the key is another one, of the same organization"),
        ] + CommitFlags.limits + CommitFlags.sending + [DeclaredFlag("json", "write the report as JSON")],
        restrictions: .notInSubstitution, rules: CommitFlags.rules,
        details: [
            "A rollback is a run of its own: planned, shown, asked for and journalled like a commit. What others changed "
                + "since is kept; where they changed the same, that is a conflict. What the run created is deleted if "
                + "nobody changed it since; what it deleted is created again under a new identifier, unless an earlier rollback has done so and it is there. "
                + "What ended in a conflict is left as it is."
        ],
        examples: [
            .init("rollback", "the last run of this session"), .init("rollback 12 --only wh_abc123def4", "one of it"),
        ],
        exits: [.notAllowed, .refused, .conflict, .partial, .declined, .interrupted])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let shell = call.shell
        let state = try await call.state()
        let session = try await shell.connection.session()
        let profile = await shell.connection.profile
        let run = try await RunChoice.run(call, session) { $0.counts[.confirmed, default: 0] > 0 }
        var options = try await CommitFlags.options(call, profile, session)
        let only = try await only(of: run, call, state, session)
        // What a run did, its inverse may do: deleting what it created, enabling what it paused.
        options.limits.allowed.formUnion([.delete, .enable, .pause, .wildcard, .host])
        let prepared = try await session.prepareRollback(
            run, only: only, options, sameOrganization: call.has("same-organization"))
        shell.messages.note("Taking back run \(run).")
        if only == nil { try await warnOfConflicts(in: run, session.journal, shell.messages) }
        return try await CommitConversation(call: call, session: session, profile: profile).hold(prepared)
    }

    /// Whether a write that ended in a conflict had arrived is not known: it is left as it is.
    private static func warnOfConflicts(
        in run: RunID, _ journal: any JournalStore, _ messages: Messages
    ) async throws {
        guard try await journal.run(run).counts[.conflict, default: 0] > 0 else { return }
        let keys = try await journal.entries(of: run).filter { $0.state == .conflict }.map(\.key.description)
        let more = keys.count > 3 ? " and \(keys.count - 3) more" : ""
        messages.warn(
            "what ended in a conflict is not taken back: " + keys.prefix(3).joined(separator: ", ") + more,
            hint: "log \(run) shows what was meant; get shows what is there", isLoss: true)
    }

    /// What `--only` names: webhooks as the run knew them, for those that it deleted have no other name left.
    private static func only(
        of run: RunID, _ call: CommandCall, _ state: SessionState, _ session: Session
    ) async throws -> Set<WebhookID>? {
        guard call.has("only") else { return nil }
        let journalled = JournalledWebhooks(try await session.journal.entries(of: run))
        return Set(
            try call.invocation.values(of: "only").map { word in
                let text = word.revealedText
                if let id = try journalled.id(text, state) { return id }
                let key = try state.resolve(text)
                guard let id = key.id else { throw call.usage("\(key) is not sent yet, so no run knows it") }
                return id
            })
    }
}
