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
            DeclaredFlag("prune", "forget finished runs older than --before"),
            DeclaredFlag("before", value: "D", .duration, "with --prune: how old; 90d"),
        ] + .output,
        details: [
            "Secrets are masked. The journal itself holds them, since a rollback needs them; its file is private."
        ],
        examples: [
            .init("log", "the newest runs"), .init("log 12", "each change of run 12, before and after"),
            .init("log --prune --before 30d", "forget what is older"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let journal = await call.shell.connection.journal
        if call.has("prune") { return try await prune(call, journal) }
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
        var runs = try await journal.runs(limit: call.has("webhook") ? 100_000 : limit)
        if let id = try await webhook(call) {
            var touching: [RunSummary] = []
            for run in runs where touching.count < limit {
                if try await journal.entries(of: run.id).contains(where: { $0.id == id }) { touching.append(run) }
            }
            runs = touching
        }
        let columns = ["run", "at", "profile", "host", "kind", "state", "webhooks", "script"].map { RecordColumn($0) }
        return .records(columns: columns, rows: runs.map(row))
    }

    private static func webhook(_ call: CommandCall) async throws -> WebhookID? {
        guard let text = call.text(ofFlag: "webhook") else { return nil }
        if let id = WebhookID(rawValue: text) { return id }
        return try await call.state().resolve(text).id
    }

    private static func row(_ run: RunSummary) -> [JSON] {
        let counts = JournalState.allCases.compactMap { state in run.counts[state].map { "\($0) \(state.rawValue)" } }
        var kind = "commit"
        if case .rollback(let origin) = run.header.kind { kind = "rollback of \(origin)" }
        return [
            JSON(run.id.rawValue), JSON(run.header.startedAt.description), JSON(run.header.target.profile),
            JSON(run.header.target.host), JSON(kind), JSON(run.finishedAt == nil ? "open" : "done"),
            JSON(counts.joined(separator: ", ")), run.header.script.map { JSON($0) } ?? .null,
        ]
    }

    // MARK: One run

    private static func show(_ call: CommandCall, _ journal: any JournalStore) async throws -> CommandOutput {
        guard let number = call.text("RUN").flatMap({ Int($0) }) else {
            throw ShellError.usage(command: "log", problem: "a run is a number", hint: "log lists them")
        }
        let run = try await journal.run(RunID(rawValue: number))
        var entries = try await journal.entries(of: run.id)
        if let id = try await webhook(call) { entries = entries.filter { $0.id == id } }
        let render = ChangeLines(style: call.shell.style, showsSecrets: false)
        var lines = [heading(run)]
        for entry in entries {
            lines.append(
                "  \(entry.operation.rawValue) \(entry.id?.rawValue ?? entry.key.description)  "
                    + "\(Printable.escaped(entry.name))  \(entry.state.rawValue)"
                    + (entry.detail.map { " (\(Printable.escaped($0)))" } ?? ""))
            lines += render.lines(changes(entry), indent: "    ")
        }
        return .report(lines, json: json(run, entries, render))
    }

    private static func heading(_ run: RunSummary) -> String {
        let target = run.header.target
        let script = run.header.script.map { ", by \(Printable.escaped($0))" } ?? ""
        let state = run.finishedAt == nil ? "open: resume \(run.id) goes on" : "done"
        return
            "Run \(run.id) of \(run.header.startedAt) on \(target.profile) (\(Printable.escaped(target.host)))\(script), "
            + state
    }

    private static func changes(_ entry: JournalEntry) -> [Change] {
        DocumentDiff.changes(from: entry.before, to: entry.target)
    }

    private static func json(_ run: RunSummary, _ entries: [JournalEntry], _ render: ChangeLines) -> JSON {
        let shown = entries.map { entry -> JSON in
            [
                "id": JSON(entry.id?.rawValue ?? entry.key.description), "name": JSON(entry.name),
                "operation": JSON(entry.operation.rawValue), "state": JSON(entry.state.rawValue),
                "detail": entry.detail.map { JSON($0) } ?? .null, "changes": JSON(changes(entry).map(render.json)),
            ]
        }
        return [
            "run": JSON(run.id.rawValue), "at": JSON(run.header.startedAt.description),
            "profile": JSON(run.header.target.profile), "host": JSON(run.header.target.host),
            "finished": run.finishedAt.map { JSON($0.description) } ?? .null,
            "script": run.header.script.map { JSON($0) } ?? .null, "entries": JSON(shown),
        ]
    }
}
