import WebhookModel

/// Event types: for `add-event` those that are not there, for `remove-event` those that are.
struct EventCandidates {
    let subscriptions: Subscriptions
    /// The plain words of the statement before the cursor.
    let words: [String]
    /// All of its words, as they are written.
    let statement: [String]
    /// The webhook that `--on` names, which takes the place of what is chosen.
    let named: Webhook?

    var items: [CompletionItem] {
        let given = Set(words.dropFirst()).union(statement.dropFirst())
        return pool.filter { !given.contains($0) }.map { CompletionItem($0, note($0)) }
    }

    private var byAny: [String] { named?.eventTypes ?? subscriptions.byAny }
    private var byAll: Set<String> { named.map { Set($0.eventTypes) } ?? subscriptions.byAll }
    private var hasTargets: Bool { named != nil || subscriptions.hasTargets }

    private var pool: [String] {
        switch words.first {
        case "remove-event" where hasTargets: return byAny
        case "rename-event" where hasTargets && words.count == 1: return byAny
        case "add-event", "rename-event": return known.filter { !byAll.contains($0) }
        default: return known
        }
    }

    /// The catalogue, then what the webhooks hold beside it.
    private var known: [String] {
        let names = Catalogue.eventTypes.map(\.name)
        return names + byAny.filter { !Catalogue.isKnownEventType($0) }
    }

    private func note(_ event: String) -> String? {
        if event == Catalogue.wildcard { return "every event" }
        return Catalogue.isKnownEventType(event) ? nil : "not in the catalogue"
    }
}
