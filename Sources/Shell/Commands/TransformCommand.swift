import HookScript
import LosslessJSON
import PluginHost
import PluginProtocol
import Session

/// `transform`: edits that a plugin makes of webhooks.
enum TransformCommand: Command {
    static let declaration = CommandDeclaration(
        "transform", .edit, "stages what a plugin's transform makes of webhooks",
        positionals: [DeclaredPositional("NAME", .transform, .optional, "the transform; without one they are listed")],
        flags: .target, keyValues: .declared([], others: true), rules: [.needs("on", "NAME")],
        details: [
            "KEY=VALUE words are the transform's arguments. Its edits are staged like anybody's: diff shows them, commit "
                + "sends them, one undo takes them back. Where it may write is shown by plugin info."
        ],
        examples: [.init("transform migrate-slack email=ops@example.com", "of the plugin slack-migrate")],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let host = try call.shell.plugins.required()
        guard let name = call.text("NAME") else {
            if !call.invocation.keyValues.isEmpty { throw call.usage("KEY=VALUE words go with NAME") }
            let table = try host.contributions()
            let rows = table.names(.transform).compactMap { name -> [JSON]? in
                guard let (plugin, plain) = table.resolve(name, .transform) else { return nil }
                let summary = plugin.manifest.contributions.transforms.first { $0.name == plain }?.summary ?? ""
                return [JSON(name), JSON(plugin.id), JSON(summary)]
            }
            return .records(columns: ["name", "plugin", "summary"].map { RecordColumn($0) }, rows: rows)
        }
        if call.invocation.isTainted { throw call.usage("a transform takes no secrets as arguments") }
        let state = try await call.state()
        let documents = try call.targets(in: state).compactMap { key in
            state.webhook(key).map { KeyedDocument(key: key.description, value: $0.document) }
        }
        var arguments: JSONObject = [:]
        for word in call.invocation.keyValues { arguments[word.key] = word.value.value.revealedJSON }
        let proposed = try await host.transform(name, args: arguments, documents) { progress in
            call.shell.messages.progress(Printable.escaped(progress.message ?? ""), overwrites: false)
        }
        if proposed.edits.isEmpty {
            call.shell.messages.note("Nothing changed: \(name) proposes no edits.")
            return .nothing
        }
        try await call.stage(proposed, of: documents)
        return .nothing
    }
}
