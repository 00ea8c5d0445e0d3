import LosslessJSON
import PluginProtocol

/// A contributed command to run.
package struct CommandRequest: Sendable {
    /// As the user wrote it: the name, or `id:name`.
    package var command: String
    package var argv: [String]
    package var flags: JSONObject
    package var selection: [KeyedDocument]
    package var dryRun: Bool

    package init(
        command: String, argv: [String] = [], flags: JSONObject = [:], selection: [KeyedDocument] = [],
        dryRun: Bool = false
    ) {
        self.command = command
        self.argv = argv
        self.flags = flags
        self.selection = selection
        self.dryRun = dryRun
    }
}

/// What a command came to. Text is without control characters; edits are to be given to ``PluginHost/review(_:documents:apply:)``.
package struct CommandOutcome: Sendable {
    package let plugin: String
    package let exit: Int
    package let text: String?
    package let json: JSON?
    package let edits: ProposedEdits
}

/// What a plugin wants changed, with tokens where the plugin saw tokens: not to be staged before it is reviewed.
package struct ProposedEdits: Sendable {
    package let edits: [PluginEdit]
    let source: EnabledPlugin
    /// Those that the plugin was given: another process of it, or session, has others.
    let tokens: SecretTokens

    package var plugin: String { source.id }
}

extension PluginHost {
    /// Runs a contributed command. It is never repeated; cancelling the task cancels it.
    package func run(
        _ request: CommandRequest, conversation: any PluginConversation,
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws(PluginCallError) -> CommandOutcome {
        let (plugin, name) = try resolve(request.command, .command)
        let running = running(plugin)
        let readsWebhooks = plugin.manifest.permissions.read.contains(.webhooks)
        let selection = request.selection.map { document in
            // Not `?:`, whose nil would be JSON's null.
            guard readsWebhooks else { return SelectedWebhook(key: document.key, value: .none) }
            return SelectedWebhook(
                key: document.key, value: running.tokens.encoded(document.value, plugin.visibility))
        }
        let params = CommandParams(
            name: name, argv: request.argv, flags: request.flags, selection: selection, dryRun: request.dryRun)
        let answer = try await call(
            running, .runCommand, [params.json.bytes()], timed: .command, conversation: conversation,
            progress: progress)
        let result = try read(answer[0], of: plugin) { json throws(ShapeError) in try CommandResult(json) }
        return CommandOutcome(
            plugin: plugin.id, exit: result.exit, text: result.text.map(PlainText.stripped),
            json: result.json.map(PlainText.stripped),
            edits: ProposedEdits(edits: result.edits, source: plugin, tokens: running.tokens))
    }
}

extension PlainText {
    /// A value whose texts and names are stripped.
    static func stripped(_ json: JSON) -> JSON {
        switch json.kind {
        case .string:
            guard let text = json.string else { return json }
            let plain = stripped(text)
            return plain == text ? json : JSON(plain)
        case .array: return JSON((json.array ?? []).map { stripped($0) })
        case .object: return JSON(JSONObject((json.object ?? [:]).map { (strippedLine($0.name), stripped($0.value)) }))
        case .null, .boolean, .number: return json
        }
    }
}
