import HookScript
import LosslessJSON
import Session
import WebhookModel

/// Writes a command that was run as the statement that does the same again, wherever and in whatever order webhooks were
/// named: references to webhooks become identifiers or `new:N`, relative files absolute, secrets references.
struct RecordedStatement {
    let invocation: Invocation
    /// The webhooks as they were before the command.
    let names: RecordedNames
    /// Whether an `each` is open; what it is at is then said.
    var isInEach = false
    /// The session's own last run.
    var lastRun: RunID?
    /// Where a relative path starts.
    let absolute: @Sendable (String) -> String
    /// What a word leads to in a document.
    let field: @Sendable (String) -> Field?

    /// The line; nil for what a replay cannot do.
    func line(_ secrets: inout RecordedSecrets) -> String? {
        switch invocation.command {
        case "get": return invocation.argument("WEBHOOK").map { "use " + names.word($0.revealedText) }
        // A run of another session is not there when this is replayed.
        case "resume" where lastRun == nil: return nil
        default: return invocation.canonical(rewording(&secrets))
        }
    }

    private func rewording(_ secrets: inout RecordedSecrets) -> Rewording {
        var rewording = Rewording(invocation)
        rewording.positionals = invocation.positionals.map { word($0, .positional, &secrets) }
        rewording.keyValues = invocation.keyValues.map { word($0.value, .key($0.key), &secrets) }
        rewording.flags = invocation.flags.map { flag in
            let words = flag.values.compactMap { word($0, .flag(flag.name), &secrets) }
            return words.isEmpty && !flag.values.isEmpty ? nil : words
        }
        rewording.keepsOutput = RecordingRule.of(invocation) == .looks
        if invocation.command == "resume" { commitInstead(&rewording) }
        if let target = impliedTarget {
            if takesTarget { rewording.addedFlags = [("on", target)] } else { rewording.positionals.append(target) }
        }
        return rewording
    }

    /// What a run that was interrupted had left is still staged where the recording is replayed.
    private func commitInstead(_ rewording: inout Rewording) {
        let signature = CommitCommand.declaration.signature
        rewording.command = signature.name
        rewording.positionals = []
        rewording.flags = zip(invocation.flags, rewording.flags).map { flag, words in
            signature.flag(named: flag.name) == nil ? nil : words
        }
    }

    // MARK: Targets

    private var takesTarget: Bool { invocation.signature.flag(named: "on") != nil }

    /// Inside `each`, what the command is for though it does not say so.
    private var impliedTarget: String? {
        guard isInEach, let current = names.state.current else { return nil }
        let isImplied =
            switch invocation.command {
            case "delete": invocation.positionals.isEmpty && !invocation.has("on")
            case "discard": invocation.positionals.isEmpty
            default: takesTarget && !invocation.has("on")
            }
        return isImplied ? names.name(current) : nil
    }

    // MARK: Words

    private enum Place: Hashable {
        case positional
        case key(String)
        case flag(String)
    }

    private func word(_ argument: Argument, _ place: Place, _ secrets: inout RecordedSecrets) -> String? {
        switch argument.kind {
        case .webhook:
            let isAll = place == .positional && argument.revealedText == "all"
            return isAll ? "all" : names.word(argument.revealedText)
        case .run:
            // Runs are counted by the journal of whoever replays it.
            return Int(argument.revealedText) == lastRun?.rawValue ? nil : argument.canonical
        case .file where place == .flag("plan"):
            // Its edits have been recorded one by one.
            return nil
        case .file: return WordPrinter.word(absolute(argument.revealedText))
        case .channelMatch: return match(argument, &secrets)
        default:
            let (path, help) = document(of: argument, at: place)
            return secrets.word(argument, at: path, called: help)
        }
    }

    /// `kind:key=value` with a secret as the value.
    private func match(_ argument: Argument, _ secrets: inout RecordedSecrets) -> String {
        let text = argument.revealedText
        guard let colon = text.firstIndex(of: ":"), let equals = text[colon...].firstIndex(of: "=") else {
            return argument.canonical
        }
        let key = String(text[text.index(after: colon)..<equals])
        let value = String(text[text.index(after: equals)...])
        guard let path = Self.path(key), SecretPaths.holdsSecret(JSON(value), at: path) else {
            return argument.canonical
        }
        return "\"\(text[...equals])${\(secrets.name(for: value, called: key))}\""
    }

    private static let channel: JSONPath = [.name(Member.channels), .index(0)]
    private static let configs = channel.appending(.name(Member.configs))

    private static func path(_ key: String) -> JSONPath? {
        guard let path = try? JSONPath(parsing: key) else { return nil }
        return JSONPath(configs.components + path.components)
    }

    /// Where in a webhook's document an argument goes, if it does, and what it is called there.
    private func document(of argument: Argument, at place: Place) -> (JSONPath?, String) {
        switch (invocation.command, place) {
        case (_, .key(let key)):
            // `slack:bot_token=…` in front of keys is a MATCH.
            let name = key.split(separator: ":", maxSplits: 1).last.map(String.init) ?? key
            return (Self.path(name) ?? Self.configs, name)
        case ("create", .flag("channel")): return (Self.channel, "channel")
        case ("add-channel", .positional) where argument.revealedText.hasPrefix("{"):
            let isWhole = argument.value.revealedJSON["configs"] != nil || argument.revealedText.contains("\"configs\"")
            return (isWhole ? Self.channel : Self.configs, "channel")
        case ("set", .positional), ("replace", .positional):
            guard let field = invocation.positionals.first, field.span != argument.span else { return (nil, "") }
            guard let path = self.field(field.revealedText)?.path else { return (nil, "") }
            return (path.place, field.revealedText)
        default: return (nil, "")
        }
    }
}

extension FieldPath {
    /// A place of the kind that the path leads to, to tell whether secrets live there.
    fileprivate var place: JSONPath {
        JSONPath(
            steps.map { step in
                switch step {
                case .name(let name): .name(name)
                case .index(let index): .index(index)
                case .any, .kind: .index(0)
                }
            })
    }
}
