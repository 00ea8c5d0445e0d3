import HookScript
import LosslessJSON
import PluginHost
import PluginProtocol
import Session
import WebhookModel

/// What may stand at a place of the language: one list for each kind of thing.
struct CandidateSource {
    let shell: Shell
    let knowledge: CompletionKnowledge
    /// The plain words of the statement before the cursor.
    let words: [String]
    /// All words of the statement before the one at the cursor, as they are written.
    let statement: [String]
    /// The text before the word at the cursor.
    let before: String
    let prefix: String

    /// What of a context fits in a tier.
    func matches(_ context: HookScript.CompletionContext, _ tier: MatchTier) -> CompletionMatches {
        switch kind(of: context) {
        case .webhook?: return knowledge.webhooks.references(tier, prefix)
        default: break
        }
        if case .comparand(field: "name", _) = context { return knowledge.webhooks.names(tier, prefix) }
        if case .comparand(field: "id", _) = context { return knowledge.webhooks.identifiers(tier, prefix) }
        return CompletionMatches.of(items(for: context), tier, prefix: prefix)
    }

    private func items(for context: HookScript.CompletionContext) -> [CompletionItem] {
        switch context {
        case .command:
            return commands + CommandCandidates.statements
        case .subcommand(let command): return CommandCandidates.subcommands(of: command)
        case .flagName(let command):
            return CommandCandidates.flags(of: shell.declaration(of: command), statement: statement)
        case .flagValue(_, "channel", _): return ChannelCandidates.kinds
        case .positional("help", _, _, _):
            return commands + HelpTopic.allCases.map { CompletionItem($0.rawValue, $0.summary) }
        case .positional("set", "FIELD", _, _): return values(of: .path)
        case .positional("set", "VALUE", _, _): return currentValues
        case .positional("replace", "OLD", _, _): return currentValues
        case .value(_, let key, _): return channels.values(of: key)
        case .flagValue(let command, _, _) where CommandTable.declaration(named: command) == nil,
            .positional(let command, _, _, _) where CommandTable.declaration(named: command) == nil:
            return answered(by: command)
        case .flagValue, .positional: return kind(of: context).map(values) ?? []
        case .key: return channels.keys
        case .keyword(let words): return words.map { CompletionItem($0, isLiteral: true) }
        case .field: return knowledge.fields + FieldCandidates.functions
        case .comparator(let field): return FieldCandidates.comparators(field)
        case .comparand(let field, _): return comparands(field)
        case .variable: return named(knowledge.variables + shell.implicitVariables)
        case .environmentName: return named(shell.environment.variables.keys.sorted())
        case .secretName: return named(knowledge.secrets)
        case .fileName: return FileCandidates.items(prefix: prefix, shell: shell)
        case .operand: return operands
        case .free: return []
        }
    }

    private func kind(of context: HookScript.CompletionContext) -> ArgumentKind? {
        switch context {
        case .flagValue(_, _, let kind), .positional(_, _, let kind, _), .value(_, _, let kind): kind
        default: nil
        }
    }

    private func values(of kind: ArgumentKind) -> [CompletionItem] {
        switch kind {
        case .eventType: events
        case .channelKind: ChannelCandidates.kinds
        case .channelMatch: channels.matches
        case .field: knowledge.fields
        case .path: knowledge.fields + (current.map(FieldCandidates.paths) ?? [])
        case .profile: knowledge.profiles.map { CompletionItem($0) }
        case .secretName: knowledge.secrets.map { CompletionItem($0) }
        case .format: OutputFormat.allCases.map { CompletionItem($0.rawValue, $0.summary) } + contributed(.format)
        case .transform: contributed(.transform)
        case .plugin: pluginIDs
        case .alias: knowledge.signatures.aliasNames.map { CompletionItem($0) }
        case .command: commands
        case .boolean: Self.booleans
        case .file: FileCandidates.items(prefix: prefix, shell: shell)
        case .choice(let choices): choices.map { CompletionItem($0) }
        case .name(let name): knowledge.named[name] ?? []
        default: []
        }
    }

    private var commands: [CompletionItem] {
        CommandCandidates(signatures: knowledge.signatures, contributed: shell.contributedDeclarations).commands
    }

    private func contributed(_ point: ContributionTable.Point) -> [CompletionItem] {
        (shell.plugins.contributions?.names(point) ?? []).map { CompletionItem($0, "a plugin's") }
    }

    /// What the plugin of a contributed command has answered for such a word before. It is asked anew behind this if it
    /// is running; the next Tab shows what it says.
    private func answered(by command: String) -> [CompletionItem] {
        let params = CompletionParams(command: command, argv: Array(words.dropFirst()), word: prefix)
        return shell.plugins.host?.candidates(params, command: command)
            .map { CompletionItem($0.value, $0.description) } ?? []
    }

    /// Those that are enabled, and those in the folders that are looked at.
    private var pluginIDs: [CompletionItem] {
        let enabled = shell.plugins.contributions?.plugins ?? []
        let names = Set(enabled.map(\.id))
        let found = shell.plugins.host?.folders().filter { !names.contains($0.name) } ?? []
        return enabled.map { CompletionItem($0.id, $0.manifest.summary) }
            + found.map { CompletionItem($0.name, "not enabled") }
    }

    private static let booleans = [CompletionItem("true"), CompletionItem("false")]

    /// A variable's name, and the brace that closes it where one is open.
    private func named(_ names: [String]) -> [CompletionItem] {
        let brace = before.utf8.reversed().prefix { $0 != UInt8(ascii: "$") }.contains(UInt8(ascii: "{"))
        return names.map { CompletionItem($0, suffix: brace ? "}" : "", isLiteral: true) }
    }
}

// MARK: - What the session holds

extension CandidateSource {
    private var events: [CompletionItem] {
        let on = statement.lastIndex(of: "--on").flatMap { statement[($0 + 1)...].first }
        let named = on.flatMap { try? knowledge.state?.resolve($0) }.flatMap { knowledge.state?.webhook($0) }
        return EventCandidates(
            subscriptions: knowledge.subscriptions, words: words, statement: statement, named: named
        ).items
    }

    private var channels: ChannelCandidates { ChannelCandidates(statement: statement, current: current) }

    private var current: Webhook? {
        guard let state = knowledge.state, let key = state.current else { return nil }
        return state.webhook(key) ?? state.live(key)
    }

    /// What the field that the statement names holds now, to be changed; nothing of a secret.
    private var currentValues: [CompletionItem] {
        guard let name = words.dropFirst().first, let field = try? WebhookModel.FieldResolver().field(name) else {
            return []
        }
        if field.type == .boolean { return Self.booleans }
        guard let current else { return [] }
        let shown = knowledge.state?.masked(current) ?? current
        // A path through the channels finds a list; one of one is a value.
        guard let value = field.value(in: shown).only, field.value(in: current).only == value,
            let text = value.string ?? value.number.map({ _ in value.text(.compact) }), text.utf8.count <= 256
        else { return [] }
        return [CompletionItem(text, "what it is now")]
    }

    private func comparands(_ field: String?) -> [CompletionItem] {
        switch field {
        case "channel": return ChannelCandidates.kinds
        case "events": return events
        case "active", "staged": return Self.booleans
        default:
            guard let field, let key = field.split(separator: ".").last.map(String.init) else { return [] }
            for kind in Catalogue.channelKinds where field.contains(".\(kind.name).") {
                if case .oneOf(let words)? = kind.key(key)?.type { return words.map { CompletionItem($0) } }
            }
            return []
        }
    }

    /// Inside brackets the grammar says only that a value is due; what stands before tells which.
    private var operands: [CompletionItem] {
        guard let open = before.lastIndex(where: { $0 == "(" || $0 == "[" }) else { return [] }
        let head = before[..<open].split { $0 == " " || $0 == "\n" || $0 == "(" }
        if before[open] == "(" { return head.last == "receives" ? events : [] }
        guard head.last == "in", let field = head.dropLast().last else { return [] }
        return comparands(String(field))
    }
}

extension WebhookModel.FieldValue {
    /// The one value there is.
    fileprivate var only: JSON? {
        switch self {
        case .single(let value): value
        case .list(let values): values.count == 1 ? values[0] : nil
        case .absent: nil
        }
    }
}
