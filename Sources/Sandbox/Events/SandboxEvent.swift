import Digest
import LosslessJSON
import WebhookModel

/// Something that happened in an organization, as its deliveries tell of it.
struct SandboxEvent: Hashable, Sendable {
    /// `evt_` and 16 hexadecimal digits, unless whoever told of it chose another. The same in every delivery and every
    /// repetition of one.
    let id: String
    /// `object.created` and the like.
    let type: String
    /// What a webhook's `resource_types` are held against.
    let resourceTypes: [String]
    /// Compact JSON: `{event_id, event_type, occurred_at, namespace_id, subject, metadata, cache_scope}`.
    let body: String

    static func makeID(_ randomBytes: (Int) -> [UInt8]) -> String {
        "evt_" + Hexadecimal.text(randomBytes(8))
    }
}

/// What of a webhook decides whether an event reaches it.
struct Subscription: Hashable, Sendable {
    var eventTypes: [String]
    /// Empty for no filter.
    var resourceTypes: [String] = []
    var isActive = true

    init(eventTypes: [String], resourceTypes: [String] = [], isActive: Bool = true) {
        self.eventTypes = eventTypes
        self.resourceTypes = resourceTypes
        self.isActive = isActive
    }

    init(_ webhook: Webhook) {
        self.init(
            eventTypes: webhook.eventTypes, resourceTypes: webhook.resourceTypes ?? [], isActive: webhook.isActive)
    }

    /// True for an active webhook that names the event's type or `*`, and one of its resource types if it names any.
    func receives(_ event: SandboxEvent) -> Bool {
        isActive && (eventTypes.contains(event.type) || eventTypes.contains(Catalogue.wildcard))
            && Self.admits(event.resourceTypes, filter: resourceTypes)
    }

    /// Whether resource types pass a webhook's filter.
    static func admits(_ resourceTypes: [String], filter: [String]) -> Bool {
        filter.isEmpty || resourceTypes.contains { filter.contains($0) }
    }
}
