import HookScript
import LosslessJSON
import PluginHost
import WebhookModel

extension Shell {
    /// What a plugin makes of webhooks in a format of its own; the output itself where a format of hookline's, or none,
    /// was asked for.
    func inContributedFormat(_ output: CommandOutput, _ invocation: Invocation) async throws -> CommandOutput {
        guard let name = invocation.value(of: "format")?.text, OutputFormat(rawValue: name) == nil,
            invocation.signature.flag(named: "format")?.value?.kind == .format,
            // A plan has written itself.
            invocation.command != PlanCommand.declaration.name
        else { return output }
        guard let table = plugins.contributions, table.resolve(name, .format) != nil else {
            let known = OutputFormat.allCases.map(\.rawValue) + (plugins.contributions?.names(.format) ?? [])
            throw ShellError.unknownFormat(name, nearest: Nearest.name(name, among: known))
        }
        guard let rows = output.rows else {
            throw ShellError.usage(
                command: invocation.command, problem: "\(name) is a format for webhooks", hint: "ls --format \(name)")
        }
        let isRedirected = invocation.redirect != nil || !invocation.pipeline.isEmpty
        let text = try await plugins.required().render(
            name, rows.map(\.webhook.document), width: isRedirected ? nil : environment.terminal.columns(),
            color: style.isColoured && !isRedirected)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return .text(lines)
    }
}

extension CommandOutput {
    /// The webhooks that it is about; nil for anything else.
    fileprivate var rows: [WebhookRow]? {
        switch self {
        case .webhooks(let rows, _): rows
        case .webhook(let row): [row]
        default: nil
        }
    }
}
