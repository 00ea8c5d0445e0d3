import HookScript
import Session
import WebhookModel

/// What may stand at a place of the language: one list for each kind of thing.
struct CandidateSource {
    struct Item: Hashable {
        var text: String
        var detail: String?
        var suffix = " "
        /// Written as it is, without quotes: part of the grammar.
        var isLiteral = false
    }

    let shell: Shell
    /// The words of the statement before the cursor.
    let words: [String]

    func candidates(for context: HookScript.CompletionContext, prefix: String) -> [Item] {
        switch context {
        case .command: commands
        case .subcommand(let command): subcommands(of: command)
        case .flagName(let command): flags(of: command)
        case .flagValue(_, "--channel", _), .flagValue(_, "channel", _): values(of: .channelKind)
        case .positional("set", "VALUE", _, _) where words.last == "active": values(of: .boolean)
        case .flagValue(_, _, let kind), .positional(_, _, let kind, _), .value(_, _, let kind): values(of: kind)
        case .key: keys
        case .keyword(let words): words.map { Item(text: $0, isLiteral: true) }
        case .field: fields
        case .comparator(let field): comparators(field)
        case .comparand(let field, _): comparands(field)
        case .variable: shell.implicitVariables.map { Item(text: $0, isLiteral: true) }
        case .environmentName: shell.environment.variables.keys.sorted().map { Item(text: $0, isLiteral: true) }
        case .secretName: secrets
        case .fileName: FileCandidates.items(prefix: prefix, shell: shell)
        case .operand, .free: []
        }
    }

    private func values(of kind: ArgumentKind) -> [Item] {
        switch kind {
        case .webhook: WebhookCandidates.items(shell.completionState)
        case .eventType: events
        case .channelKind: Catalogue.channelKinds.map { Item(text: $0.name) }
        case .channelMatch: channels
        case .field, .path: fields
        case .profile: profiles
        case .secretName: secrets
        case .command: commands
        case .boolean: [Item(text: "true"), Item(text: "false")]
        case .choice(let choices): choices.map { Item(text: $0) }
        default: []
        }
    }

    private var commands: [Item] {
        CommandTable.declarations.map { Item(text: $0.name, detail: $0.summary) }
    }

    private func subcommands(of name: String) -> [Item] {
        (CommandTable.declaration(named: name)?.subcommands ?? []).map { Item(text: $0.name, detail: $0.summary) }
    }

    private func flags(of name: String) -> [Item] {
        guard let declaration = CommandTable.declaration(named: name) else { return [] }
        let sub = declaration.subcommands.first { words.dropFirst().first == $0.name }
        let given = Set(words)
        return ((sub?.flags ?? []) + declaration.flags).filter { !given.contains("--" + $0.signature.name) }
            .map { Item(text: "--" + $0.signature.name, detail: $0.summary) }
    }

    /// Event types: not those that are there for `add-event`, only those that are for `remove-event`.
    private var events: [Item] {
        let subscribed = Set(current?.eventTypes ?? [])
        switch words.first {
        case "remove-event" where current != nil: return (current?.eventTypes ?? []).map { Item(text: $0) }
        case "add-event":
            return Catalogue.eventTypes.filter { !subscribed.contains($0.name) && !words.contains($0.name) }
                .map { Item(text: $0.name) }
        default: return Catalogue.eventTypes.map { Item(text: $0.name) }
        }
    }

    private var channels: [Item] {
        let cells = WebhookCells(showsSecrets: false)
        return (current?.channels ?? []).enumerated().flatMap { index, channel in
            [
                Item(text: channel.kind, detail: cells.summary(channel)),
                Item(text: String(index), detail: cells.summary(channel)),
            ]
        }
    }

    private var keys: [Item] {
        let kinds = Catalogue.channelKinds.filter { kind in
            words.contains { $0 == kind.name || $0.hasPrefix(kind.name + ":") }
        }
        return kinds.flatMap(\.keys).map { Item(text: $0.name + "=", suffix: "", isLiteral: true) }
    }

    private var fields: [Item] {
        let named = shell.webhookFields.fieldNames.map { Item(text: $0, isLiteral: true) }
        let paths = Catalogue.channelKinds.flatMap { kind in
            kind.keys.map { Item(text: "channels.\(kind.name).\($0.name)", isLiteral: true) }
        }
        return named + paths
    }

    private func comparators(_ field: String?) -> [Item] {
        let isList = field == "events" || field == "channel" || field == "resource_types"
        let operators = isList ? ["has", "~", "=", "!=", "in"] : ["=", "!=", "~", "=~", "<", ">", "<=", ">=", "in"]
        return (operators + ["and", "or"]).map { Item(text: $0, isLiteral: true) }
    }

    private func comparands(_ field: String?) -> [Item] {
        switch field {
        case "channel": Catalogue.channelKinds.map { Item(text: $0.name) }
        case "events": Catalogue.eventTypes.map { Item(text: $0.name) }
        case "active", "staged": [Item(text: "true"), Item(text: "false")]
        case "name": WebhookCandidates.names(shell.completionState)
        case "id": WebhookCandidates.items(shell.completionState)
        default: []
        }
    }

    private var profiles: [Item] {
        let names = (try? shell.profiles.configuration().profiles.map(\.name)) ?? []
        return (names + [Profile.sandboxName]).map { Item(text: $0) }
    }

    private var secrets: [Item] {
        ((try? shell.profiles.secrets().names()) ?? []).map { Item(text: $0) }
    }

    private var current: Webhook? {
        guard let state = shell.completionState, let key = state.current else { return nil }
        return state.webhook(key) ?? state.live(key)
    }
}
