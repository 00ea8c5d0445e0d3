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
        restrictions: .notInSubstitution,
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
        ],
        examples: [.init("commit", "shows the plan and asks"), .init("commit --yes", "in a script")],
        exits: [.notAllowed, .refused, .conflict, .partial, .declined, .interrupted])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let shell = call.shell
        _ = try await call.state()
        let session = try await shell.connection.session()
        let profile = await shell.connection.profile
        if let path = call.text(ofFlag: "plan") { try await stage(planAt: path, call, session) }
        let options = try await CommitFlags.options(call, profile, session)
        let prepared = try await session.prepare(options)
        if prepared.plan.entries.isEmpty {
            shell.messages.note("Nothing is staged.")
            return call.has("json") ? .value([]) : .nothing
        }
        return try await CommitConversation(call: call, session: session, profile: profile).hold(prepared)
    }

    /// Stages what a plan holds, if the plan is good for here and now.
    private static func stage(planAt path: String, _ call: CommandCall, _ session: Session) async throws {
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
        try await shell.stage(StagedScript(plan.entries.map { ($0.key, $0.lines) }), name: path)
    }
}
