import HookScript
import LosslessJSON
import Session
import WebhookModel

/// Runs one command and writes what it has to show.
extension Shell {
    func execute(_ invocation: Invocation) async throws -> CommandOutcome {
        let command = CommandTable.command(named: invocation.command)
        let group = command?.declaration.group ?? .plugin
        if let program = invocation.externals.first?.first, !allowsExec {
            throw ShellError.programsNotAllowed(program: program)
        }
        try Task.checkCancellation()
        try command?.declaration.check(invocation)
        let output = try await recorded(invocation) {
            let call = CommandCall(invocation: invocation, shell: self)
            guard let command else { return try await runContributed(call) }
            return try await command.run(call)
        }
        if [.edit, .plugin].contains(group) { forgetLeaving() }
        if [.edit, .staging, .write, .move, .plugin].contains(group), await keepsDraft { await keepDraft() }
        if invocation.purpose == .statement {
            let table = try table(output, for: invocation)
            let shown = if let table { table } else { try await inContributedFormat(output, invocation) }
            try await write(shown, for: invocation)
        }
        if case .failing(_, let error) = output { throw error }
        return CommandOutcome(Self.value(of: output, for: invocation))
    }

    /// A report in the format of a table that its command was asked for: one line for each value. Without that it is text
    /// for people, and has no table; nil for anything else.
    private func table(_ output: CommandOutput, for invocation: Invocation) throws -> CommandOutput? {
        if case .failing(let shown, let error) = output {
            return try table(shown, for: invocation).map { .failing($0, with: error) }
        }
        guard case .report(_, let json) = output, let format = format(of: invocation) else { return nil }
        switch format {
        case .csv, .tsv: return .value(json)
        case .ids:
            throw ShellError.usage(
                command: invocation.command, problem: "what it shows has no ids", hint: "ls --ids lists webhooks")
        case .table, .json, .jsonl, .yaml: return nil
        }
    }

    /// Writes the output where it is to go.
    private func write(_ output: CommandOutput, for invocation: Invocation) async throws {
        guard !invocation.pipeline.isEmpty || invocation.redirect != nil else {
            return try await show(output, for: invocation)
        }
        // What another program reads is plain and whole.
        let sink = CollectedOutput()
        let format = format(of: invocation) ?? plainFormat
        try renderer(for: invocation, await knownSecrets, format: format, style: .plain, width: nil)
            .write(output, to: sink)
        var bytes = Array(sink.text.utf8)
        if !invocation.pipeline.isEmpty {
            bytes = try await feed(bytes, through: invocation.externals, isCollected: invocation.redirect != nil)
        }
        if let redirect = invocation.redirect {
            try store(bytes, redirect, holdsSecrets: invocation.has("show-secrets") || invocation.has("with-secrets"))
        }
    }

    /// What was chosen; a table is for people, unless it was asked for at the start.
    private var plainFormat: OutputFormat { format == .table && options.format != .table ? .tsv : format }

    /// Shows the output, through the pager where it is long and there is one.
    private func show(_ output: CommandOutput, for invocation: Invocation) async throws {
        let renderer = renderer(
            for: invocation, await knownSecrets, format: format(of: invocation) ?? format, style: style)
        guard let pager = pager(for: invocation.source) else {
            try renderer.write(output, to: environment.standardOutput)
            return try environment.standardOutput.flush()
        }
        let sink = CollectedOutput()
        try renderer.write(output, to: sink)
        try await pager.show(sink.text, in: environment)
    }

    private func renderer(
        for invocation: Invocation, _ known: KnownSecrets, format: OutputFormat, style: Style, width: Int?? = .none
    ) -> Renderer {
        Renderer(
            format: format, style: style, width: width ?? environment.terminal.columns(),
            showsSecrets: invocation.has("show-secrets"), known: known)
    }

    /// In which format a command writes.
    func streamFormat(for invocation: Invocation) -> OutputFormat { format(of: invocation) ?? format }

    /// Records that the command writes as they come. They go nowhere but to standard output.
    func stream(
        _ columns: [RecordColumn], widths: [Int], for invocation: Invocation
    ) async throws -> RecordStream {
        guard invocation.purpose == .statement, invocation.pipeline.isEmpty, invocation.redirect == nil else {
            throw ShellError.usage(
                command: invocation.command, problem: "what goes on has no end, so nothing can take it whole",
                hint: "redirect hookline itself: hookline \(invocation.command) … | program")
        }
        let renderer = renderer(
            for: invocation, await knownSecrets, format: streamFormat(for: invocation), style: style)
        return RecordStream(
            columns: columns, widths: widths, renderer: renderer, sink: environment.standardOutput)
    }

    private var knownSecrets: KnownSecrets {
        get async { await connection.knownState?.knownSecrets ?? KnownSecrets() }
    }

    /// `--format F`, `--json` and its like.
    private func format(of invocation: Invocation) -> OutputFormat? {
        if let name = invocation.value(of: "format")?.text { return OutputFormat(rawValue: name) }
        return OutputFormat.allCases.first { invocation.has($0.rawValue) }
    }

    /// A file with secrets in it is private; one that was narrower than usual stays so.
    private func store(_ bytes: [UInt8], _ redirect: Invocation.Redirect, holdsSecrets: Bool) throws {
        let path = try outputPath(redirect.file.revealedText, in: environment.workingFolder)
        let usual: UInt32 = holdsSecrets ? 0o600 : 0o644
        let existing = environment.files.status(environment.files.resolved(path))?.mode
        if redirect.appends {
            if holdsSecrets, let existing, existing & 0o077 != 0 { throw ShellError.wouldShowSecrets(path: path) }
            try environment.files.append(bytes, to: path, mode: usual, followingLinks: true)
        } else {
            let mode = existing.map { $0 & usual } ?? usual
            try environment.files.write(bytes, to: path, mode: mode, replacing: true)
        }
    }

    /// What `$(COMMAND)` stands for.
    private static func value(of output: CommandOutput, for invocation: Invocation) -> Value {
        switch output {
        case .nothing, .text, .failing: return .null
        case .shown(let value): return value
        case .value(let json): return Value(json)
        case .report(_, let json): return Value(json)
        case .webhook(let row): return documentValue(row)
        case .part(let row, let field): return partValue(row, field)
        case .webhooks(let rows, _):
            if invocation.has("ids") || invocation.value(of: "format")?.text == "ids" {
                return Value(rows.map { Value($0.key) })
            }
            return Value(rows.map(documentValue))
        case .records(let columns, let rows):
            return Value(
                rows.map { row in
                    Value(JSON(JSONObject(zip(columns, row).map { ($0.name, $1) })))
                })
        }
    }

    /// The value as it is; a secret in it is usable as one and cannot be printed.
    private static func partValue(_ row: WebhookRow, _ field: Field) -> Value {
        let value = WebhookCells(showsSecrets: true).value(field, of: row)
        let isSecret = WebhookCells(showsSecrets: false).value(field, of: row) != value
        return Value(value, taint: isSecret ? Taint(reference: "webhook:\(row.key):\(field)") : nil)
    }

    private static func documentValue(_ row: WebhookRow) -> Value {
        Value(row.webhook.document, taint: DocumentTaint.taint(of: row.webhook, key: row.key))
    }
}
