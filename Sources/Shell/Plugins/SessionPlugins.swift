import HookScript
import PluginHost
import PluginProtocol
import Session
import WebhookModel

/// The session's plugin host. Making it reads nothing; pins are read when a name is met that no command has, and a
/// process is started by the first call to its plugin.
struct SessionPlugins: Sendable {
    /// nil where there is no place to keep pins.
    let host: PluginHost?

    init(environment: ShellEnvironment, connection: Connection) {
        guard let ports = environment.plugins, let paths = environment.paths else {
            host = nil
            return
        }
        let key = environment.variables[ProfileResolver.keyVariable] ?? ""
        let configuration = PluginHostConfiguration(
            hostName: "hookline " + Version.current,
            searchPath: ports.searchPath + [paths.plugins] + (ports.shippedPlugins.map { [$0] } ?? []),
            surroundings: PluginSurroundings(
                variables: environment.variables, stateFolder: paths.state + "/plugins",
                holdsKey: { !key.isEmpty && $0.contains(key) }),
            reserved: Self.reserved, now: ports.now, nonce: ports.nonce)
        host = PluginHost(
            configuration: configuration, services: SessionDocuments(connection: connection),
            pins: PinFile(path: paths.pins), states: PluginStateFiles(folder: paths.state + "/plugins"))
    }

    private static var reserved: ReservedNames {
        ReservedNames(
            commands: Set(CommandTable.names).union(Keyword.allCases.map(\.rawValue)),
            formats: Set(OutputFormat.allCases.map(\.rawValue)),
            channelKinds: Set(Catalogue.channelKinds.map(\.name)))
    }

    /// What the enabled plugins contribute; nothing where that can't be known. What is wrong is told by `plugin ls`.
    var contributions: ContributionTable? { host.flatMap { try? $0.contributions() } }

    func required() throws -> PluginHost {
        guard let host else { throw ShellError.noPlaceForFiles }
        return host
    }
}

/// What plugins may read: the webhooks as they are shown, staged edits included.
private struct SessionDocuments: PluginServices {
    let connection: Connection

    func webhooks() async -> [KeyedDocument] {
        guard let state = try? await connection.state() else { return [] }
        return state.keys.compactMap { document($0, in: state) }
    }

    func webhook(_ key: String) async -> KeyedDocument? {
        guard let state = try? await connection.state(), let key = WebhookKey(key) else { return nil }
        return document(key, in: state)
    }

    private func document(_ key: WebhookKey, in state: SessionState) -> KeyedDocument? {
        state.webhook(key).map { KeyedDocument(key: key.description, value: $0.document) }
    }
}

/// A command of a plugin may print, and ask.
struct PluginDialogue: PluginConversation {
    let shell: Shell

    func print(_ text: String) async {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            shell.messages.note(Printable.escaped(String(line)))
        }
    }

    func confirm(_ question: String) async -> Bool {
        do {
            try await shell.confirm(Printable.escaped(question), instead: "--yes")
            return true
        } catch { return false }
    }
}
