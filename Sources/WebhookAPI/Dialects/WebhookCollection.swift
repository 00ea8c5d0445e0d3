import WebhookModel

/// Webhooks gathered from pages: each id once, at the place where it was first seen, as it was last read.
struct WebhookCollection: Sendable {
    private(set) var webhooks: [Webhook] = []
    private var places: [WebhookID: Int] = [:]

    /// Adds a page and says how many of it were new. A webhook without an id is always new.
    mutating func add(_ page: some Sequence<Webhook>) -> Int {
        let before = webhooks.count
        for webhook in page {
            guard let id = webhook.id else {
                webhooks.append(webhook)
                continue
            }
            if let place = places[id] {
                webhooks[place] = webhook
            } else {
                places[id] = webhooks.count
                webhooks.append(webhook)
            }
        }
        return webhooks.count - before
    }
}
