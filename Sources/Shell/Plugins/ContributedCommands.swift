import HookScript
import LosslessJSON
import PluginHost
import PluginProtocol
import Session
import WebhookModel

/// Commands that plugins contribute, as the language and the shell see them.
extension Shell {
    /// The declaration that a contributed command's manifest makes.
    func contributedDeclaration(of name: String) -> CommandDeclaration? {
        guard let (plugin, command) = plugins.contributions?.command(name) else { return nil }
        let flags = command.flags.map { flag in
            flag.value.map { DeclaredFlag(flag.name, value: $0, .text, repeats: true, flag.summary) }
                ?? DeclaredFlag(flag.name, flag.summary)
        }
        return CommandDeclaration(
            name, .plugin, command.summary,
            positionals: [DeclaredPositional("ARGUMENT", .text, .many, "as the plugin takes them")],
            flags: flags,
            details: ["A command of the plugin \(plugin.id), \(plugin.manifest.version)."]
                + (command.usage.map { ["usage: \($0)"] } ?? []),
            examples: command.examples.map { .init($0, "") }, exits: [.refused])
    }

    var contributedDeclarations: [CommandDeclaration] {
        (plugins.contributions?.names(.command) ?? []).compactMap(contributedDeclaration)
    }

    /// The declaration of a command, hookline's own or a plugin's.
    func declaration(of name: String) -> CommandDeclaration? {
        CommandTable.declaration(named: name) ?? contributedDeclaration(of: name)
    }

    /// Runs a contributed command.
    func runContributed(_ call: CommandCall) async throws -> CommandOutput {
        let host = try plugins.required()
        let name = call.invocation.command
        guard let (plugin, command) = try host.contributions().command(name) else {
            throw ShellError.unknownCommand(name, nearest: nil)
        }
        if case .script = plugin.manifest.kind { return try await runScript(plugin, command.name, call) }
        let documents = try await selection(call)
        let request = CommandRequest(
            command: name, argv: call.invocation.positionals.map(\.revealedText), flags: call.contributedFlags,
            selection: documents, dryRun: options.isDryRun)
        let outcome = try await host.run(request, conversation: PluginDialogue(shell: self)) { progress in
            self.messages.progress(Printable.escaped(progress.message ?? ""), overwrites: false)
        }
        if !outcome.edits.edits.isEmpty {
            try await call.stage(outcome.edits, of: documents)
        }
        let lines = outcome.text.map { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
        let shown = Self.output(lines, outcome.json)
        guard outcome.exit == 0 else {
            return .failing(shown, with: ShellError.program(name, status: Int32(clamping: outcome.exit)))
        }
        return shown
    }

    private static func output(_ lines: [String]?, _ json: JSON?) -> CommandOutput {
        var lines = lines ?? []
        if lines.last == "" { lines.removeLast() }
        if let json { return lines.isEmpty ? .value(json) : .report(lines.map(Printable.escaped), json: json) }
        return lines.isEmpty ? .nothing : .text(lines.map(Printable.escaped))
    }

    /// What the command is for: within `each` the current webhook, else the selection, else the current one, else nothing.
    private func selection(_ call: CommandCall) async throws -> [KeyedDocument] {
        guard let state = await connection.knownState else { return [] }
        let keys = isInEach ? state.current.map { [$0] } ?? [] : (try? state.targets()) ?? []
        return keys.compactMap { key in
            state.webhook(key).map { KeyedDocument(key: key.description, value: $0.document) }
        }
    }

    /// Runs a command that a script of the command language defines, its words exactly as they were given.
    private func runScript(
        _ plugin: EnabledPlugin, _ name: String, _ call: CommandCall
    ) async throws -> CommandOutput {
        if call.invocation.isTainted { throw call.usage("a plugin's script takes no secrets as words") }
        let (path, bytes) = try plugins.required().script(of: plugin.id)
        let commands = plugin.manifest.contributions.commands.map(\.name)
        let interpreter = Interpreter(host: MacroHost(self, plugin: plugin.id, commands: commands), limits: limits)
        let words = call.invocation.positionals.map(\.revealedText) + call.contributedFlagWords
        try await inScript(path, interpreter, allowsExec: false) {
            _ = try await interpreter.run(SourceText(name: plugin.id, bytes: bytes))
            _ = try await interpreter.run(words: [name] + words)
        }
        return .nothing
    }
}

extension CommandCall {
    /// The flags of a contributed command as a plugin gets them: text, a list of texts, or true.
    var contributedFlags: JSONObject {
        var flags: JSONObject = [:]
        for flag in invocation.flags {
            let values = invocation.values(of: flag.name).map(\.revealedText)
            flags[flag.name] =
                values.isEmpty ? true : values.count == 1 ? JSON(values[0]) : JSON(values.map { JSON($0) })
        }
        return flags
    }

    var contributedFlagWords: [String] {
        invocation.flags.map { flag in
            flag.values.first.map { "--\(flag.name)=\($0.revealedText)" } ?? "--" + flag.name
        }
    }
}
