import WebhookModel

/// The server's copies as last read: webhooks by identifier, in the server's order.
package struct Listing: Sendable {
    /// When the whole organization was last listed; nil before the first time.
    package private(set) var listedAt: Timestamp?
    /// In the server's order; nil where one was removed since.
    private var entries: [Entry?] = []
    private var places = PlaceIndex()
    /// Of names that one webhook has, by the hash of the name.
    private var names = PlaceIndex()
    /// Who has it, for names that several have, or had.
    private var namesakes: [String: Set<WebhookID>] = [:]
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
        places = PlaceIndex(minimumCapacity: listed.count)
        names = PlaceIndex(minimumCapacity: listed.count)
        for webhook in listed {
            guard let id = webhook.id else {
                unnamedCount += 1
                continue
            }
            if put(webhook, as: id) { repeatedCount += 1 }
        }
    }

    package var count: Int { places.count }

    /// Identifiers in the server's order, then what was read or created since.
    package var ids: [WebhookID] { entries.compactMap { $0?.id } }

    package subscript(id: WebhookID) -> Webhook? { place(of: id, id.hashValue).flatMap { entries[$0]?.webhook } }

    /// The webhooks of exactly this name, in no order.
    package func ids(named name: String) -> Set<WebhookID> {
        if let ids = namesakes[name] { return ids }
        return place(named: name, name.hashValue).flatMap { entries[$0] }.map { [$0.id] } ?? []
    }

    /// Puts one webhook as read: in its place, or at the end. Answers whether it was there before.
    @discardableResult
    package mutating func put(_ webhook: Webhook, as id: WebhookID) -> Bool {
        let hash = id.hashValue
        guard let place = place(of: id, hash) else {
            places.insert(entries.count, hash: hash)
            entries.append(Entry(id: id, webhook: webhook))
            remember(name: webhook.name, at: entries.count - 1)
            return false
        }
        let old = entries[place]?.webhook.name
        if old != webhook.name { forgetName(at: place) }
        entries[place] = Entry(id: id, webhook: webhook)
        if old != webhook.name { remember(name: webhook.name, at: place) }
        return true
    }

    package mutating func remove(_ id: WebhookID) {
        let hash = id.hashValue
        guard let place = place(of: id, hash) else { return }
        forgetName(at: place)
        places.remove(place, hash: hash)
        entries[place] = nil
    }

    private func place(of id: WebhookID, _ hash: Int) -> Int? {
        places.place(hash: hash) { entries[$0]?.id == id }
    }

    /// Of the only webhook of this name.
    private func place(named name: String, _ hash: Int) -> Int? {
        names.place(hash: hash) { entries[$0]?.webhook.name == name }
    }

    private mutating func remember(name: String, at place: Int) {
        guard let id = entries[place]?.id else { return }
        if namesakes[name]?.insert(id) != nil { return }
        let hash = name.hashValue
        if let other = self.place(named: name, hash), let namesake = entries[other]?.id {
            names.remove(other, hash: hash)
            namesakes[name] = [namesake, id]
        } else {
            names.insert(place, hash: hash)
        }
    }

    private mutating func forgetName(at place: Int) {
        guard let entry = entries[place] else { return }
        let name = entry.webhook.name
        if namesakes[name]?.remove(entry.id) == nil {
            names.remove(place, hash: name.hashValue)
        } else if namesakes[name]?.isEmpty == true {
            namesakes[name] = nil
        }
    }

    private struct Entry {
        let id: WebhookID
        let webhook: Webhook
    }
}
