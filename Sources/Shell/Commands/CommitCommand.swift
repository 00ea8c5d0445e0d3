import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `commit`: sends what is staged.
enum CommitCommand: Command {
    static let declaration = CommandDeclaration(
        "commit", .write, "reads, merges, shows and sends what is staged, and verifies it",
        flags: [
            DeclaredFlag("yes", short: "y", "send without asking"),
            DeclaredFlag("force", "take ours where somebody else changed the same"),
            DeclaredFlag("only", value: "WEBHOOK", .webhook, isList: true, "only these of those staged"),
            DeclaredFlag(
                "on-error", value: "WHAT", .choice(SendOptions.OnError.allNames),
                "stop (the default) or continue after an error"),
            DeclaredFlag(
                "allow-masked", value: "WEBHOOK", .webhook, isList: true,
                "write these though the server masks their secrets"),
            DeclaredFlag("json", "write the report as JSON"),
        ],
        restrictions: .notInSubstitution,
        details: [
            "The server's copies are read first and merged with the edits: what others changed is kept, and where both "
                + "changed the same, that webhook is a conflict and is not sent. Always the whole document is sent, as it "
                + "was read, with the edits in it. What the server confirms leaves the staging; everything else stays "
                + "staged.",
            "Off a terminal nothing is asked, so --yes is needed.",
        ],
        examples: [.init("commit", "shows the plan and asks"), .init("commit --yes", "in a script")],
        exits: [.notAllowed, .refused, .conflict, .partial, .declined, .interrupted])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let shell = call.shell
        _ = try await call.state()
        let session = try await shell.connection.session()
        let profile = await shell.connection.profile
        let prepared = try await session.prepare(try await options(call, profile, session))
        if prepared.plan.entries.isEmpty {
            shell.messages.note("Nothing is staged.")
            return call.has("json") ? .value([]) : .nothing
        }
        let target = "\(profile.name) (\(Printable.escaped(profile.host)))"
        for line in PlanLines(style: shell.style).lines(prepared.plan, target: target) { shell.messages.note(line) }
        if !prepared.plan.isEmpty, !shell.options.isDryRun { try await confirm(call, prepared.plan, profile) }
        let report = try await session.commit(prepared)
        return CommitOutcome(report: report, profile: profile, shell: shell).output(asJSON: call.has("json"))
    }

    private static func options(
        _ call: CommandCall, _ profile: Profile, _ session: Session
    ) async throws -> CommitOptions {
        let state = await session.state
        var options = CommitOptions(secrets: profile.secrets)
        options.force = call.has("force")
        options.pageSize = await call.shell.connection.pageSize
        options.send.concurrency = 8
        options.script = call.invocation.source.name
        if let text = call.text(ofFlag: "on-error") { options.send.onError = SendOptions.OnError(rawValue: text)! }
        if call.has("only") {
            options.only = Set(try call.invocation.values(of: "only").map { try state.resolve($0.revealedText) })
        }
        options.maskedAllowed = Set(
            try call.invocation.values(of: "allow-masked").map { try state.resolve($0.revealedText) })
        return options
    }

    private static func confirm(_ call: CommandCall, _ plan: Plan, _ profile: Profile) async throws {
        if call.has("yes") { return }
        let instead = "commit --yes"
        if profile.isProduction { return try await call.shell.confirmByName(profile.name, instead: instead) }
        let count = plan.writes == 1 ? "1 change" : "\(plan.writes) changes"
        try await call.shell.confirm(
            "Send \(count) to \(profile.name) (\(Printable.escaped(profile.host)))?", instead: instead)
    }
}

extension SendOptions.OnError {
    static let allNames = ["stop", "continue"]
}
