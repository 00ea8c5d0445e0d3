import LosslessJSON
import WebhookModel

/// A webhook as it stands in the store: its document's text, and what lists filter by.
struct StoredWebhook: Hashable, Sendable {
    let id: String
    /// The document as it is given out: compact JSON, spelt as it was sent.
    let document: String
    let isActive: Bool
    let eventTypes: [String]
    /// Nil where it is found out when the first event asks.
    let routing: Routing?

    init(id: String, document: String, isActive: Bool, eventTypes: [String], routing: Routing? = nil) {
        self.id = id
        self.document = document
        self.isActive = isActive
        self.eventTypes = eventTypes
        self.routing = routing
    }

    /// A finished document under its identifier.
    init(id: String, document: JSON) {
        let webhook = Webhook(document: document)
        self.init(
            id: id, document: document.text(.compact), isActive: webhook.isActive, eventTypes: webhook.eventTypes,
            routing: Routing(webhook))
    }
}

/// An organization, by its row.
struct OrganizationID: Hashable, Sendable {
    let row: Int64
}
