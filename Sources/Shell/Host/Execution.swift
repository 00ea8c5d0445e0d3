import HookScript
import LosslessJSON
import WebhookModel

/// Runs one command and writes what it has to show.
extension Shell {
    func execute(_ invocation: Invocation) async throws -> CommandOutcome {
        guard let command = CommandTable.command(named: invocation.command) else {
            throw ShellError.unknownCommand(invocation.command, nearest: nil)
        }
        guard invocation.pipeline.isEmpty else { throw ShellError.notInThisVersion("a pipe to an external command") }
        try Task.checkCancellation()
        let output = try await command.run(CommandCall(invocation: invocation, shell: self))
        if command.declaration.group == .edit { forgetLeaving() }
        if invocation.purpose == .statement { try write(output, for: invocation) }
        if case .failing(_, let error) = output { throw error }
        return CommandOutcome(Self.value(of: output, for: invocation))
    }

    private func write(_ output: CommandOutput, for invocation: Invocation) throws {
        guard let redirect = invocation.redirect else {
            let renderer = renderer(for: invocation, format: format(of: invocation) ?? format, style: style)
            try renderer.write(output, to: environment.standardOutput)
            return try environment.standardOutput.flush()
        }
        let sink = CollectedOutput()
        let format = format(of: invocation) ?? (options.format ?? .tsv)
        try renderer(for: invocation, format: format, style: .plain, width: nil).write(output, to: sink)
        try store(sink.text, redirect)
    }

    private func renderer(
        for invocation: Invocation, format: OutputFormat, style: Style, width: Int?? = .none
    ) -> Renderer {
        Renderer(
            format: format, style: style, width: width ?? environment.terminal.columns(),
            showsSecrets: invocation.has("show-secrets"))
    }

    /// `--format F`, `--json` and its like.
    private func format(of invocation: Invocation) -> OutputFormat? {
        if let name = invocation.value(of: "format")?.text { return OutputFormat(rawValue: name) }
        return OutputFormat.allCases.first { invocation.has($0.rawValue) }
    }

    private func store(_ text: String, _ redirect: Invocation.Redirect) throws {
        let path = environment.absolute(redirect.file.revealedText)
        if redirect.appends {
            try environment.files.append(Array(text.utf8), to: path, mode: 0o644)
        } else {
            try environment.files.write(Array(text.utf8), to: path, mode: 0o644, replacing: true)
        }
    }

    /// What `$(COMMAND)` stands for.
    private static func value(of output: CommandOutput, for invocation: Invocation) -> Value {
        switch output {
        case .nothing, .text, .failing: return .null
        case .value(let json): return Value(json)
        case .report(_, let json): return Value(json)
        case .webhook(let row): return documentValue(row)
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

    private static func documentValue(_ row: WebhookRow) -> Value {
        Value(row.webhook.document, taint: DocumentTaint.taint(of: row.webhook, key: row.key))
    }
}
