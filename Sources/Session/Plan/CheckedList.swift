import WebhookModel

extension WebhookService {
    /// The list, completed: of `expected`, those that it lacks are asked for one by one, and stand at its end if they are
    /// there. Of a list that is read page by page, one can be passed over while others are deleted.
    func list(expecting expected: some Sequence<WebhookID>) async throws(ServiceError) -> [Webhook] {
        let webhooks = try await list()
        return webhooks + (try await read(webhooks.missing(from: expected)))
    }

    /// Those of them that are there.
    func read(_ ids: [WebhookID]) async throws(ServiceError) -> [Webhook] {
        var webhooks: [Webhook] = []
        for id in ids {
            do throws(ServiceError) { webhooks.append(try await get(id)) } catch {
                if error.kind != .notFound { throw error }
            }
        }
        return webhooks
    }
}

extension [Webhook] {
    /// What a list lacks, in order.
    func missing(from expected: some Sequence<WebhookID>) -> [WebhookID] {
        Set(expected).subtracting(lazy.compactMap(\.id)).sorted()
    }
}
