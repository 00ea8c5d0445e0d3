import WebhookModel

/// The server's copies as last read: webhooks by identifier, in the server's order.
package struct Listing: Sendable {
    /// When the whole organization was last listed; nil before the first time.
    package private(set) var listedAt: Timestamp?
    /// In the server's order; nil where one was removed since.
    private var entries: [Entry?] = []
    private var places: [WebhookID: Int] = [:]
    private var names: [String: Holders] = [:]
    /// Webhooks of the last listing that had no identifier, and so can't be addressed.
    package private(set) var unnamedCount = 0
    /// Webhooks of the last listing whose identifier another one had too; the last counts.
    package private(set) var repeatedCount = 0

    package init() {}

    /// A whole listing. Webhooks without an identifier can't be addressed and are left out; of two with the same one the
    /// last counts.
    package init(_ listed: some Collection<Webhook>, at time: Timestamp) {
        listedAt = time
        entries.reserveCapacity(listed.count)
        places.reserveCapacity(listed.count)
        names.reserveCapacity(listed.count)
        for webhook in listed {
            guard let id = webhook.id else {
                unnamedCount += 1
                continue
            }
            if places[id] != nil { repeatedCount += 1 }
            put(webhook, as: id)
        }
    }

    package var count: Int { places.count }

    /// Identifiers in the server's order, then what was read or created since.
    package var ids: [WebhookID] { entries.compactMap { $0?.id } }

    package subscript(id: WebhookID) -> Webhook? { places[id].flatMap { entries[$0]?.webhook } }

    /// The webhooks of exactly this name, in no order.
    package func ids(named name: String) -> Set<WebhookID> { names[name]?.ids ?? [] }

    /// Puts one webhook as read: in its place, or at the end.
    package mutating func put(_ webhook: Webhook, as id: WebhookID) {
        let name = webhook.name
        if let place = places[id] {
            let old = entries[place]?.webhook.name
            entries[place] = Entry(id: id, webhook: webhook)
            if old == name { return }
            forget(name: old, of: id)
        } else {
            places[id] = entries.count
            entries.append(Entry(id: id, webhook: webhook))
        }
        names[name, default: .several([])].insert(id)
    }

    package mutating func remove(_ id: WebhookID) {
        guard let place = places.removeValue(forKey: id) else { return }
        forget(name: entries[place]?.webhook.name, of: id)
        entries[place] = nil
    }

    private mutating func forget(name: String?, of id: WebhookID) {
        guard let name else { return }
        names[name]?.remove(id)
        if names[name]?.isEmpty == true { names[name] = nil }
    }

    private struct Entry {
        let id: WebhookID
        let webhook: Webhook
    }

    /// Who has a name: nearly always one, which needs no set of its own.
    private enum Holders {
        case one(WebhookID)
        case several(Set<WebhookID>)

        var ids: Set<WebhookID> {
            switch self {
            case .one(let id): [id]
            case .several(let ids): ids
            }
        }

        var isEmpty: Bool {
            switch self {
            case .one: false
            case .several(let ids): ids.isEmpty
            }
        }

        mutating func insert(_ id: WebhookID) {
            if isEmpty { self = .one(id) } else { change { $0.insert(id) } }
        }

        mutating func remove(_ id: WebhookID) { change { $0.remove(id) } }

        /// Changes the set in its place: where many share a name, copies of it would be dear.
        private mutating func change(_ body: (inout Set<WebhookID>) -> Void) {
            var ids = ids
            self = .several([])
            body(&ids)
            self = .several(ids)
        }
    }
}
