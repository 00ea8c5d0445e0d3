import WebhookModel

/// The server's copies as last read: webhooks by identifier, in the server's order.
package struct Listing: Sendable {
    /// When the whole organization was last listed; nil before the first time.
    package private(set) var listedAt: Timestamp?
    private var order: [WebhookID?] = []
    private var places: [WebhookID: Int] = [:]
    private var webhooks: [WebhookID: Webhook] = [:]
    private var names: [String: Set<WebhookID>] = [:]
    /// Webhooks of the last listing that had no identifier, and so can't be addressed.
    package private(set) var unnamedCount = 0
    /// Webhooks of the last listing whose identifier another one had too; the last counts.
    package private(set) var repeatedCount = 0

    package init() {}

    /// A whole listing. Webhooks without an identifier can't be addressed and are left out; of two with the same one the
    /// last counts.
    package init(_ listed: some Sequence<Webhook>, at time: Timestamp) {
        listedAt = time
        for webhook in listed {
            guard let id = webhook.id else {
                unnamedCount += 1
                continue
            }
            if webhooks[id] != nil { repeatedCount += 1 }
            put(webhook, as: id)
        }
    }

    package var count: Int { webhooks.count }

    /// Identifiers in the server's order, then what was read or created since.
    package var ids: [WebhookID] { order.compactMap(\.self) }

    package subscript(id: WebhookID) -> Webhook? { webhooks[id] }

    /// The webhooks of exactly this name, in no order.
    package func ids(named name: String) -> Set<WebhookID> { names[name] ?? [] }

    /// Puts one webhook as read: in its place, or at the end.
    package mutating func put(_ webhook: Webhook, as id: WebhookID) {
        if let old = webhooks.updateValue(webhook, forKey: id) {
            if old.name == webhook.name { return }
            forget(name: old.name, of: id)
        } else {
            places[id] = order.count
            order.append(id)
        }
        names[webhook.name, default: []].insert(id)
    }

    package mutating func remove(_ id: WebhookID) {
        guard let old = webhooks.removeValue(forKey: id) else { return }
        forget(name: old.name, of: id)
        if let place = places.removeValue(forKey: id) { order[place] = nil }
    }

    private mutating func forget(name: String, of id: WebhookID) {
        names[name]?.remove(id)
        if names[name]?.isEmpty == true { names[name] = nil }
    }
}
