import HookScript
import LosslessJSON
import Session
import WebhookModel

/// Fields and paths, and the operators that may follow them.
enum FieldCandidates {
    /// The short names, then the paths to the settings of the channels that the API knows.
    static let known: [CompletionItem] =
        Field.named.map { CompletionItem($0.description, kind(of: $0), isLiteral: true) }
        + Catalogue.channelKinds.flatMap { kind in
            kind.keys.map { CompletionItem("channels.\(kind.name).\($0.name)", isLiteral: true) }
        }

    /// How many documents are looked through for what no schema knows.
    private static let looked = 2000

    /// Members and settings that the documents hold and no schema knows.
    static func found(in state: SessionState?) -> [CompletionItem] {
        guard let state else { return [] }
        var seen = Set(known.map(\.text)).union(Field.named.compactMap(\.member))
        var found: [CompletionItem] = []
        func add(_ name: String) {
            guard seen.insert(name).inserted, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return }
            found.append(CompletionItem(name, "in your webhooks", isLiteral: true))
        }
        for key in state.keys.prefix(looked) {
            guard let webhook = state.webhook(key) else { continue }
            for (name, _) in webhook.document.object ?? [:] where name != Member.internalID { add(name) }
            for channel in webhook.channels where !channel.kind.isEmpty {
                for (name, _) in channel.configs ?? [:] { add("channels.\(channel.kind).\(name)") }
            }
        }
        return found
    }

    /// The paths of one document down to its values: for `set` and `show` on the current webhook.
    static func paths(in webhook: Webhook) -> [CompletionItem] {
        var paths: [CompletionItem] = []
        func walk(_ value: JSON, _ path: JSONPath, _ depth: Int) {
            guard paths.count < CompletionMatches.limit, depth < 16 else { return }
            if value.array != nil || value.object != nil {
                for child in value.children { walk(child.value, path.appending(child.component), depth + 1) }
            } else {
                let shown = Masking.masked(value, at: path).text(.compact)
                paths.append(CompletionItem(path.description, shown, isLiteral: true))
            }
        }
        walk(webhook.document, .root, 0)
        return paths
    }

    private static func kind(of field: Field) -> String {
        switch field.type {
        case .text: "text"
        case .boolean: "true or false"
        case .number: "a number"
        case .time: "a time"
        case .texts: "a list"
        case .json: "JSON"
        }
    }
}

// MARK: - In a condition

extension FieldCandidates {
    /// What may follow a field: `and` and `or` only where it can stand alone.
    static func comparators(_ field: String?) -> [CompletionItem] {
        let type = field.flatMap { try? WebhookModel.FieldResolver().field($0).type }
        let isList = type == .texts || field == Field.channel.description
        let operators: [String] =
            switch type {
            case .boolean: ["and", "or", "=", "!="]
            case .time, .number: ["<", ">", "<=", ">=", "=", "!="]
            case .texts: ["has", "~", "=", "!=", "in"]
            case .text where isList: ["=", "has", "~", "!=", "in"]
            case .text: ["=", "~", "!=", "in", "=~"]
            case .json, nil: ["=", "!=", "~", "=~", "<", ">", "<=", ">=", "in", "has"]
            }
        return operators.map { CompletionItem($0, meanings[$0], isLiteral: true) }
    }

    private static let meanings = [
        "=": "is", "!=": "is not", "~": "is like a \"glob*\"", "=~": "matches a /pattern/", "<": "before, below",
        ">": "after, above", "<=": "at most", ">=": "at least", "in": "is one of [a, b]", "has": "holds exactly",
        "and": "both hold", "or": "one of both holds",
    ]

    /// Functions and words that begin an operand of a condition.
    static let functions: [CompletionItem] =
        [
            CompletionItem("not", "the opposite", isLiteral: true),
            CompletionItem("exists", "has the path", isLiteral: true),
        ]
        + [
            ("receives", "is subscribed to an event, by name or by *"), ("all", "every element"),
            ("none", "no element"),
            ("count", "how many elements"), ("len", "length"), ("lower", "in lower case"),
        ].map { CompletionItem($0.0 + "(", $0.1, suffix: "", isLiteral: true) }
}
