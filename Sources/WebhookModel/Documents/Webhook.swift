import LosslessJSON

/// A webhook as a view of its JSON document.
///
/// Nothing is copied out or normalised: members that no schema knows, their order and the spelling of numbers stay in
/// `document`, which is what a write sends back. Accessors never trap; a member of an unexpected type reads as absent.
package struct Webhook: Hashable, Sendable {
    package var document: JSON

    /// Takes any JSON value; what is not an object has no members.
    package init(document: JSON) {
        self.document = document
    }

    /// `webhook_id`, or nil for a webhook not created yet (or an identifier of an unknown form).
    package var id: WebhookID? { text(Member.id).flatMap(WebhookID.init(rawValue:)) }

    /// `webhook_name`, empty when absent.
    package var name: String { text(Member.name) ?? "" }

    /// `description`, which the pages show and no schema declares.
    package var description: String? { text(Member.description) }

    /// `event_types` in order, with duplicates; elements that are no text are left out.
    package var eventTypes: [String] { texts(Member.eventTypes) ?? [] }

    /// `is_active`; the API's default, true, when absent.
    package var isActive: Bool { document[Member.isActive]?.boolean ?? true }

    /// `channels` in order.
    package var channels: [Channel] {
        (document[Member.channels]?.array ?? []).map { Channel(document: $0) }
    }

    package var createdAt: Timestamp? { text(Member.createdAt).flatMap(Timestamp.init(parsing:)) }

    /// `updated_at`. It does not move on a rename: no version token.
    package var updatedAt: Timestamp? { text(Member.updatedAt).flatMap(Timestamp.init(parsing:)) }

    /// `resource_types` (since 0.82), or nil when absent.
    package var resourceTypes: [String]? { texts(Member.resourceTypes) }

    /// `delivery_health` (since 0.82, read-only), or nil when absent or null.
    package var deliveryHealth: JSON? {
        guard let health = document[Member.deliveryHealth], !health.isNull else { return nil }
        return health
    }

    /// Whether an event of this type reaches the webhook: subscribed by name or by `*`. Pausing does not count.
    package func receives(_ eventType: String) -> Bool {
        (document[Member.eventTypes]?.array ?? []).contains { element in
            element.string == eventType || element.string == Catalogue.wildcard
        }
    }

    private func text(_ member: String) -> String? { document[member]?.string }

    private func texts(_ member: String) -> [String]? {
        document[member]?.array?.compactMap(\.string)
    }
}
