import LosslessJSON
import WebhookModel

/// Channels, their kinds, and the settings that a kind has.
struct ChannelCandidates {
    /// The words of the statement before the cursor, flags and `key=value` too.
    let statement: [String]
    let current: Webhook?

    static let kinds: [CompletionItem] = Catalogue.channelKinds.map { CompletionItem($0.name, "a kind of channel") }

    /// The current webhook's channels: by kind where there is one of it, and by index.
    var matches: [CompletionItem] {
        let channels = current?.channels ?? []
        let cells = WebhookCells(showsSecrets: false)
        let kinds = channels.map(\.kind)
        let byKind = channels.filter { channel in kinds.count { $0 == channel.kind } == 1 }
            .map { CompletionItem($0.kind, cells.summary($0)) }
        return byKind + channels.enumerated().map { CompletionItem(String($0.offset), cells.summary($0.element)) }
    }

    /// The settings of the kinds that the statement names, without those it gives already.
    var keys: [CompletionItem] {
        let given = Set(statement.compactMap { word in word.firstIndex(of: "=").map { String(word[..<$0]) } })
        return namedKinds.flatMap(\.keys).filter { !given.contains($0.name) }
            .map { CompletionItem($0.name + "=", Self.note($0), suffix: "", isLiteral: true) }
    }

    /// What a setting may be, where the API says.
    func values(of key: String) -> [CompletionItem] {
        for kind in namedKinds {
            if case .oneOf(let words)? = kind.key(key)?.type { return words.map { CompletionItem($0) } }
        }
        return []
    }

    /// Kinds named by themselves, as `kind:key=value`, or by the index of a channel of the current webhook.
    private var namedKinds: [ChannelKind] {
        let words = statement.dropFirst().map { $0.trimmingQuotes }
        let channels = current?.channels ?? []
        let indexed = words.compactMap { Int($0) }.filter { channels.indices.contains($0) }.map { channels[$0].kind }
        return Catalogue.channelKinds.filter { kind in
            indexed.contains(kind.name) || words.contains { $0 == kind.name || $0.hasPrefix(kind.name + ":") }
        }
    }

    private static func note(_ key: ConfigKey) -> String {
        var parts: [String] = []
        switch key.type {
        case .text: parts.append("text")
        case .url: parts.append("a URL")
        case .emailAddresses: parts.append("addresses")
        case .phoneNumbers: parts.append("numbers, +1555…")
        case .oneOf(let words): parts.append(words.joined(separator: ", "))
        case .textMembers: parts.append("an object of texts")
        case .seconds: parts.append("seconds")
        case .json: parts.append("JSON")
        }
        switch key.requirement {
        case .optional: break
        case .required: parts.append("required")
        case .requiredUnless(let others): parts.append("required without " + others.joined(separator: ", "))
        }
        if key.secrecy == .whole { parts.append("secret") }
        return parts.joined(separator: "; ")
    }
}

extension String {
    /// Without the quotes around it.
    fileprivate var trimmingQuotes: String {
        guard let first, "'\"".contains(first), count > 1, last == first else { return self }
        return String(dropFirst().dropLast())
    }
}
