import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `log`: what was sent, when and to where.
enum LogCommand: Command {
    static let declaration = CommandDeclaration(
        "log", .write, "lists runs, or shows what one of them changed",
        positionals: [DeclaredPositional("RUN", .run, .optional, "only this run, change by change")],
        flags: [
            DeclaredFlag("webhook", value: "WEBHOOK", .webhook, "only what touched this webhook"),
            DeclaredFlag("limit", short: "n", value: "N", .integer, "how many runs; 20"),
            DeclaredFlag("all-profiles", "runs on other profiles, too"),
            DeclaredFlag("prune", "forget finished runs older than --before"),
            DeclaredFlag("before", value: "D", .duration, "with --prune: how old; 90d"),
        ] + .output,
        rules: [
            .needs("before", "prune"),
            .excludes("prune", ["RUN", "webhook", "limit", "all-profiles"] + WordRule.formats),
            .excludes("RUN", ["limit", "all-profiles"]),
        ],
        details: [
            "Secrets are masked. The journal itself holds them, since a rollback needs them; its file is private."
        ],
        examples: [
            .init("log", "the newest runs on this profile"), .init("log 12", "each change of run 12, before and after"),
            .init("log --prune --before 30d", "forget what is older"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        if call.has("prune") { return try await prune(call, await call.shell.connection.journal) }
        let journal = await call.shell.connection.pastRuns
        if call.text("RUN") != nil {
            return try await show(call, journal)
        }
        return try await list(call, journal)
    }

    private static func prune(_ call: CommandCall, _ journal: any JournalStore) async throws -> CommandOutput {
        let age = call.duration(ofFlag: "before") ?? .seconds(90 * 86400)
        let count = try await journal.prune(before: call.shell.environment.now().advanced(by: .zero - age))
        call.shell.messages.note(count == 1 ? "1 run forgotten." : "\(count) runs forgotten.")
        return .nothing
    }

    // MARK: Runs

    private static func list(_ call: CommandCall, _ journal: any JournalStore) async throws -> CommandOutput {
        let limit = call.integer(ofFlag: "limit") ?? 20
        guard limit >= 0 else { throw call.usage("--limit takes a number from 0") }
        let profile = call.has("all-profiles") ? nil : await call.shell.connection.profile
        let id = try await webhook(call, journal, profile)
        let runs = try await newest(limit, of: journal) { run in
            if let profile, !isOn(profile, run) { return false }
            guard let id else { return true }
            return try await journal.entries(of: run.id).contains { $0.id == id }
        }
        let columns = ["run", "at", "profile", "host", "kind", "state", "webhooks", "script"].map { RecordColumn($0) }
        return .records(columns: columns, rows: runs.map { row($0, call.shell) })
    }

    /// The newest runs that are wanted. The journal is read in ever longer pieces, for most of it may be of others.
    private static func newest(
        _ limit: Int, of journal: any JournalStore, _ isWanted: (RunSummary) async throws -> Bool
    ) async throws -> [RunSummary] {
        var wanted: [RunSummary] = []
        var seen = 0
        var reach = max(limit, 20)
        while wanted.count < limit {
            let runs = try await journal.runs(limit: reach)
            for run in runs.dropFirst(seen) where wanted.count < limit {
                if try await isWanted(run) { wanted.append(run) }
            }
            if runs.count < reach { break }
            seen = runs.count
            reach *= 4
        }
        return wanted
    }

    private static func isOn(_ profile: Profile, _ run: RunSummary) -> Bool {
        run.header.target.profile == profile.name && run.header.target.host == profile.host
    }

    /// The script file that a run came from; nil for what somebody typed.
    private static func script(_ run: RunSummary, _ shell: Shell) -> String? {
        run.header.script.flatMap { ["prompt", "-c", "command line"].contains($0) ? nil : shell.shownScript($0) }
    }

    /// What `--webhook` names, of all that the runs of the profile have touched and of what there is now.
    private static func webhook(
        _ call: CommandCall, _ journal: any JournalStore, _ profile: Profile?
    ) async throws -> WebhookID? {
        guard let text = call.text(ofFlag: "webhook") else { return nil }
        var journalled = JournalledWebhooks()
        for run in try await journal.runs(limit: Int(Int32.max)) where profile.map({ isOn($0, run) }) ?? true {
            journalled.add(try await journal.entries(of: run.id))
            // Of a whole identifier nothing more has to be known.
            if let id = WebhookID(rawValue: text), journalled.contains(id) { return id }
        }
        return try await webhook(call, among: journalled)
    }

    /// The same of the entries given. The server is asked only if the word is no identifier that they hold.
    private static func webhook(_ call: CommandCall, among journalled: JournalledWebhooks) async throws -> WebhookID? {
        guard let text = call.text(ofFlag: "webhook") else { return nil }
        if let id = WebhookID(rawValue: text), journalled.contains(id) { return id }
        let state: SessionState
        do { state = try await call.state() } catch {
            // What is gone is in the journal all the same.
            guard let id = try journalled.id(text, nil) else { throw error }
            return id
        }
        if let id = try journalled.id(text, state, orOf: state.keys) { return id }
        let key = try state.resolve(text)
        guard let id = key.id else { throw call.usage("\(key) is not sent yet, so no run knows it") }
        return id
    }

    private static func row(_ run: RunSummary, _ shell: Shell) -> [JSON] {
        let counts = JournalState.allCases.compactMap { state in run.counts[state].map { "\($0) \(state.rawValue)" } }
        var kind = "commit"
        if case .rollback(let origin) = run.header.kind { kind = "rollback of \(origin)" }
        return [
            JSON(run.id.rawValue), JSON(TimeText.seconds(run.header.startedAt)), JSON(run.header.target.profile),
            JSON(run.header.target.host), JSON(kind), JSON(run.finishedAt == nil ? "open" : "done"),
            JSON(counts.joined(separator: ", ")), script(run, shell).map { JSON($0) } ?? .null,
        ]
    }

    // MARK: One run

    private static func show(_ call: CommandCall, _ journal: any JournalStore) async throws -> CommandOutput {
        guard let number = call.text("RUN").flatMap({ Int($0) }) else {
            throw ShellError.usage(command: "log", problem: "a run is a number", hint: "log lists them")
        }
        let run = try await journal.run(RunID(rawValue: number))
        var entries = try await journal.entries(of: run.id)
        if let id = try await webhook(call, among: JournalledWebhooks(entries)) {
            entries = entries.filter { $0.id == id }
        }
        let render = ChangeLines(style: call.shell.style, showsSecrets: false)
        var lines = [heading(run, call.shell)]
        for entry in entries {
            lines.append(
                "  \(entry.operation.rawValue) \(entry.id?.rawValue ?? entry.key.description)  "
                    + "\(Printable.escaped(Masking.shown(entry.name)))  \(entry.state.rawValue)"
                    + (entry.detail.map { " (\(Printable.escaped($0)))" } ?? ""))
            lines += render.lines(changes(entry), indent: "    ")
        }
        return .report(lines, json: json(run, entries, render, call.shell))
    }

    private static func heading(_ run: RunSummary, _ shell: Shell) -> String {
        let target = run.header.target
        let script = script(run, shell).map { ", by \(Printable.escaped($0))" } ?? ""
        let state = run.finishedAt == nil ? "open: resume \(run.id) goes on" : "done"
        return
            "Run \(run.id) of \(TimeText.seconds(run.header.startedAt)) on \(target.profile) (\(Printable.escaped(target.host)))\(script), "
            + state
    }

    private static func changes(_ entry: JournalEntry) -> [Change] {
        DocumentDiff.changes(from: entry.before, to: entry.target)
    }

    private static func json(_ run: RunSummary, _ entries: [JournalEntry], _ render: ChangeLines, _ shell: Shell)
        -> JSON
    {
        let shown = entries.map { entry -> JSON in
            [
                "id": JSON(entry.id?.rawValue ?? entry.key.description), "name": JSON(entry.name),
                "operation": JSON(entry.operation.rawValue), "state": JSON(entry.state.rawValue),
                "detail": entry.detail.map { JSON($0) } ?? .null, "changes": JSON(changes(entry).map(render.json)),
            ]
        }
        return [
            "run": JSON(run.id.rawValue), "at": JSON(TimeText.milliseconds(run.header.startedAt)),
            "profile": JSON(run.header.target.profile), "host": JSON(run.header.target.host),
            "finished": run.finishedAt.map { JSON(TimeText.milliseconds($0)) } ?? .null,
            "script": script(run, shell).map { JSON($0) } ?? .null, "entries": JSON(shown),
        ]
    }
}
