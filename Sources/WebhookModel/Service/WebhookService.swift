import LosslessJSON

/// The API's operations on the webhooks of one organization: the port that the HTTP client, the in-memory twin and
/// their conformance suite share.
///
/// An implementation repeats only what is safe to repeat (reads, refusals that changed nothing). A write whose outcome
/// is unknown throws `ServiceError` with the kind `ambiguous`; the caller decides what to do about it. A cancelled task
/// throws the kind `cancelled`, or `ambiguous` when a write had already been sent. A write that may not leave any more when
/// its turn comes doesn't happen, and throws the kind `overdue`.
package protocol WebhookService: Sendable {
    /// Every webhook of the organization, each once, in the server's order.
    func list() async throws(ServiceError) -> [Webhook]
    /// The webhook as it is now.
    func get(_ id: WebhookID) async throws(ServiceError) -> Webhook
    /// Creates a webhook from a whole document and answers what the server made of it, its id included.
    func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook
    /// Replaces the whole webhook: whatever `document` leaves out is lost or falls back to its default.
    func update(_ id: WebhookID, to document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook
    /// Removes the webhook; succeeds as well when it is already gone.
    func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError)
}

extension WebhookService {
    package func create(_ document: JSON) async throws(ServiceError) -> Webhook {
        try await create(document, leaving: .free)
    }

    package func update(_ id: WebhookID, to document: JSON) async throws(ServiceError) -> Webhook {
        try await update(id, to: document, leaving: .free)
    }

    package func delete(_ id: WebhookID) async throws(ServiceError) { try await delete(id, leaving: .free) }
}
