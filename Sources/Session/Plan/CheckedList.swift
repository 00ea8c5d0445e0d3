import WebhookModel

extension WebhookService {
    /// The list, completed: of `expected`, those that it lacks are asked for one by one, and stand at its end if they are
    /// there. Of a list that is read page by page, one can be passed over while others are deleted.
    func list(expecting expected: some Sequence<WebhookID>) async throws(ServiceError) -> [Webhook] {
        var webhooks = try await list()
        let listed = Set(webhooks.lazy.compactMap(\.id))
        for id in Set(expected).subtracting(listed).sorted() {
            do throws(ServiceError) { webhooks.append(try await get(id)) } catch {
                if error.kind != .notFound { throw error }
            }
        }
        return webhooks
    }
}
