import HookScript
import LosslessJSON
import Session

/// `plan`: what a commit would do, without doing it.
enum PlanCommand: Command {
    static let declaration = CommandDeclaration(
        "plan", .write, "shows what a commit would send, and keeps it in a file where one is named",
        flags: [
            DeclaredFlag("force", "take ours where somebody else changed the same"),
            DeclaredFlag("only", value: "WEBHOOK", .webhook, isList: true, "only these of those staged"),
            DeclaredFlag("out", value: "FILE", .file, "keep the plan for commit --plan"),
            DeclaredFlag("expires", value: "D", .duration, "how long the file may be committed; 24h"),
            DeclaredFlag("careful", "plan for commit --careful"),
            DeclaredFlag("format", value: "FORMAT", .format, "json, or the format of a plugin: report, for example"),
            DeclaredFlag("json", "write the plan as JSON"),
            DeclaredFlag("detailed-exitcode", "exit 10 when it holds changes"),
        ] + CommitFlags.limits,
        restrictions: .notInSubstitution, rules: [.needs("expires", "out")],
        details: [
            "The server's copies are read and merged with the edits as a commit does it; nothing is sent. With --out the "
                + "plan is bound to the profile, its host and organization, to the documents as they are now, and to a "
                + "time: commit --plan refuses it elsewhere, later, changed, or when somebody has changed one of the "
                + "webhooks. What --allow and --max-changes let through they let through for its commit, too. Secrets stand in it as references; a literal one is refused."
        ],
        examples: [
            .init("plan", "before a commit"),
            .init("plan --out move.plan", "for somebody else to look at, then commit --plan move.plan"),
        ],
        exits: [.notAllowed, .refused, .conflict, .declined, .changes])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let shell = call.shell
        _ = try await call.state()
        let session = try await shell.connection.session()
        let profile = await shell.connection.profile
        var options = try await CommitFlags.options(call, profile, session)
        options.only = try CommitFlags.only(call, await session.state)
        let prepared = try await session.prepare(options)
        let render = PlanLines(style: shell.style)
        let target = "\(profile.name) (\(Printable.escaped(profile.host)))"
        var lines = prepared.plan.entries.isEmpty ? ["Nothing is staged."] : render.lines(prepared.plan, target: target)
        if !prepared.plan.isEmpty { lines += PlanCost(prepared, profile).lines.map { "  " + $0 } }
        lines += prepared.breaches.map(render.breach)
        if let path = call.text(ofFlag: "out") { try await write(prepared, to: path, call, profile) }
        let output = try await contributed(prepared, call) ?? .report(lines, json: render.json(prepared))
        if shell.options.hasDetailedExitCode || call.has("detailed-exitcode"), !prepared.plan.isEmpty {
            return .failing(output, with: ShellError.planHoldsChanges)
        }
        return output
    }

    /// The plan in a plugin's format, if that is what was asked for.
    private static func contributed(_ prepared: PreparedCommit, _ call: CommandCall) async throws -> CommandOutput? {
        guard let name = call.text(ofFlag: "format"), OutputFormat(rawValue: name) == nil else { return nil }
        let changes = prepared.plan.entries.filter(\.action.isWrite).map(CommitGuards.change)
        let text = try await call.shell.plugins.required().render(name, changes: changes)
        return .text(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }

    private static func write(
        _ prepared: PreparedCommit, to path: String, _ call: CommandCall, _ profile: Profile
    ) async throws {
        let shell = call.shell
        let expiry = call.duration(ofFlag: "expires") ?? .seconds(24 * 3600)
        let file = try PlanFile(
            prepared, allowed: Set(try CommitFlags.allowances(call)),
            target: try await shell.connection.session().target, now: shell.environment.now(),
            expiry: expiry, digest: KeyCodes.digest)
        let path = try shell.outputPath(path, in: shell.folder)
        let text = SealedText.seal(file.json, code: try await shell.connection.codes().seal)
        try shell.environment.files.write(Array(text.utf8), to: path, mode: 0o600, replacing: true)
        shell.messages.note("Plan kept in \(Printable.escaped(path)), for \(DurationText.short(expiry)).")
    }
}
