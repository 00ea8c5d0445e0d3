/// The webhooks chosen for the next edits, in the order they were chosen, each once.
package struct Selection: Hashable, Sendable {
    package private(set) var keys: [WebhookKey] = []
    private var members: Set<WebhookKey> = []

    package init(_ keys: some Sequence<WebhookKey> = []) {
        add(keys)
    }

    package var isEmpty: Bool { keys.isEmpty }
    package var count: Int { keys.count }

    package func contains(_ key: WebhookKey) -> Bool { members.contains(key) }

    package mutating func add(_ added: some Sequence<WebhookKey>) {
        if keys.isEmpty {
            keys.reserveCapacity(added.underestimatedCount)
            members.reserveCapacity(added.underestimatedCount)
        }
        for key in added where members.insert(key).inserted { keys.append(key) }
    }

    package mutating func remove(_ removed: some Sequence<WebhookKey>) {
        let gone = Set(removed).intersection(members)
        guard !gone.isEmpty else { return }
        members.subtract(gone)
        keys.removeAll { gone.contains($0) }
    }

    /// Puts one key in another's place, for a webhook that was created.
    mutating func rename(_ renamed: [WebhookKey: WebhookKey]) {
        guard !members.isDisjoint(with: renamed.keys) else { return }
        self = Selection(keys.map { renamed[$0] ?? $0 })
    }
}
