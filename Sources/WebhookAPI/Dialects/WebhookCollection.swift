import WebhookModel

/// Webhooks gathered from pages: each id once, at the place where it was first seen, as it was last read.
struct WebhookCollection: Sendable {
    private(set) var webhooks: [Webhook] = []
    private var places = PlaceIndex()

    /// Adds a page and says how many of it were new. A webhook without an id is always new.
    mutating func add(_ page: some Collection<Webhook>) -> Int {
        let before = webhooks.count
        if before == 0 {
            webhooks.reserveCapacity(page.count)
            places = PlaceIndex(minimumCapacity: page.count)
        }
        for webhook in page {
            guard let id = webhook.id else {
                webhooks.append(webhook)
                continue
            }
            let hash = id.hashValue
            if let place = places.place(hash: hash, where: { webhooks[$0].id == id }) {
                webhooks[place] = webhook
            } else {
                places.insert(webhooks.count, hash: hash)
                webhooks.append(webhook)
            }
        }
        return webhooks.count - before
    }
}
