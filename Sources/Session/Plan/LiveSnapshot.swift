import WebhookModel

/// The server's copies as read for a commit.
package struct LiveSnapshot: Sendable {
    /// Those that exist, of all that were asked for.
    package let webhooks: [WebhookID: Webhook]
    /// In the server's order.
    package let ids: [WebhookID]
    /// Whether the whole organization was listed, so that what is missing is gone.
    package let isComplete: Bool
    package let readAt: Timestamp
    /// What reading took, as far as is known.
    package let requests: Int

    package init(_ webhooks: [Webhook], isComplete: Bool, readAt: Timestamp, requests: Int) {
        var byID: [WebhookID: Webhook] = [:]
        var ids: [WebhookID] = []
        for webhook in webhooks {
            guard let id = webhook.id else { continue }
            if byID.updateValue(webhook, forKey: id) == nil { ids.append(id) }
        }
        self.webhooks = byID
        self.ids = ids
        self.isComplete = isComplete
        self.readAt = readAt
        self.requests = requests
    }
}

/// How to read the server's copies of what is staged with the fewest requests.
package enum RefreshStrategy: Hashable, Sendable {
    /// Nothing needs reading.
    case nothing
    /// One pass over the list, which takes this many pages.
    case list(pages: Int)
    case reads([WebhookID])

    /// Single reads when fewer webhooks are staged than the list has pages; else the list. A webhook to create wants the
    /// list in any case: after an ambiguous answer it tells what was there before.
    ///
    /// `pageSize` is nil where the list comes in one answer; `known` is how many webhooks the last list had.
    package static func choose(for keys: [WebhookKey], known: Int, pageSize: Int?) -> RefreshStrategy {
        if keys.isEmpty { return .nothing }
        let pages = pageSize.map { max(1, (known + max(1, $0) - 1) / max(1, $0)) } ?? 1
        let ids = keys.compactMap(\.id)
        if ids.count < keys.count || ids.count >= pages { return .list(pages: pages) }
        return .reads(ids)
    }
}
