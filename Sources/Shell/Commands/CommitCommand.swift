import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `commit`: sends what is staged.
enum CommitCommand: Command {
    static let declaration = CommandDeclaration(
        "commit", .write, "reads, merges, shows and sends what is staged, and verifies it",
        flags: CommitFlags.asking + [
            DeclaredFlag("force", "take ours where somebody else changed the same"),
            DeclaredFlag("plan", value: "FILE", .file, "send what plan --out kept"),
            DeclaredFlag("only", value: "WEBHOOK", .webhook, isList: true, "only these of those staged"),
        ] + CommitFlags.limits + CommitFlags.sending + [DeclaredFlag("json", "write the report as JSON")],
        restrictions: .notInSubstitution, rules: CommitFlags.rules,
        details: [
            "The server's copies are read first and merged with the edits: what others changed is kept, and where both "
                + "changed the same, that webhook is a conflict and is not sent. Always the whole document is sent, as it "
                + "was read, with the edits in it. What the server confirms leaves the staging; everything else stays "
                + "staged.",
            "More webhooks than the profile's limit (50, or 20 % of the organization, if it says nothing else) and what is "
                + "rarely meant (deleting, enabling or pausing what no edit named, subscribing to everything, moving many "
                + "URLs to another host) must be allowed by name. The sandbox has no limits.",
            "Each run is journalled before anything is sent: log shows runs, resume goes on with one that was "
                + "interrupted, rollback takes one back. Ctrl-C sends nothing more and waits for what is under way; a "
                + "second one doesn't wait. Off a terminal nothing is asked, so --yes is needed.",
            "From a shell an edit is sent at once with --commit: hookline set active false --on wh_abc123def4 --commit --yes.",
        ],
        examples: [.init("commit", "shows the plan and asks"), .init("commit --yes", "in a script")],
        exits: [.notAllowed, .refused, .conflict, .partial, .declined, .interrupted])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        _ = try await call.state()
        let session = try await call.shell.connection.session()
        if let path = call.text(ofFlag: "plan") { return try await commit(planAt: path, call, session) }
        guard let (conversation, prepared) = try await prepare(call, session) else { return nothing(call) }
        return try await conversation.hold(prepared)
    }

    /// The staged edits, planned; nil when there are none. A plan from a file brings the limits that it was allowed.
    private static func prepare(
        _ call: CommandCall, _ session: Session, _ plan: PlanFile? = nil
    ) async throws -> (CommitConversation, PreparedCommit)? {
        let profile = await call.shell.connection.profile
        var options = try await CommitFlags.options(call, profile, session)
        options.only = try CommitFlags.only(call, await session.state)
        plan?.raise(&options.limits)
        let prepared = try await session.prepare(options)
        if prepared.plan.entries.isEmpty { return nil }
        return (CommitConversation(call: call, session: session, profile: profile), prepared)
    }

    private static func nothing(_ call: CommandCall) -> CommandOutput {
        call.shell.messages.note("Nothing is staged.")
        return call.wantsData ? .value([]) : .nothing
    }

    // MARK: A plan in a file

    /// Stages what the file holds and commits it. Where no run comes of it, nothing of it stays staged: it is in the file.
    private static func commit(
        planAt path: String, _ call: CommandCall, _ session: Session
    ) async throws -> CommandOutput {
        let plan = try await plan(at: path, call, session)
        do {
            try await call.shell.stage(StagedScript(plan.entries.map { ($0.key, $0.lines) }), name: path)
            guard let (conversation, prepared) = try await prepare(call, session, plan) else { return nothing(call) }
            let report = try await conversation.report(of: prepared)
            if report.run == nil { await session.update { _ = $0.discardAll() } }
            return conversation.conclude(report, prepared)
        } catch {
            await session.update { _ = $0.discardAll() }
            throw error
        }
    }

    /// The plan in a file, if it is good for here and now.
    private static func plan(at path: String, _ call: CommandCall, _ session: Session) async throws -> PlanFile {
        let shell = call.shell
        let staged = await session.state.stagedCount
        if staged > 0 { throw PlanFile.Failure.editsAreStaged(staged) }
        let file = shell.environment.absolute(path, in: shell.folder)
        let bytes = try shell.environment.files.read(file, limit: 64 << 20)
        let codes = try await shell.connection.codes()
        let plan = try PlanFile(
            try SealedText.open(String(decoding: bytes, as: UTF8.self), code: codes.seal))
        try await session.refresh()
        let state = await session.state
        try plan.check(
            for: session.target, at: shell.environment.now(), live: { state.live($0) }, digest: KeyCodes.digest)
        return plan
    }
}
