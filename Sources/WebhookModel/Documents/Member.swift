/// The names of a webhook document's members, as the API spells them.
package enum Member {
    package static let id = "webhook_id"
    package static let internalID = "internal_id"
    package static let name = "webhook_name"
    package static let description = "description"
    package static let eventTypes = "event_types"
    package static let channels = "channels"
    package static let isActive = "is_active"
    package static let createdAt = "created_at"
    package static let updatedAt = "updated_at"
    package static let resourceTypes = "resource_types"
    package static let deliveryHealth = "delivery_health"

    /// The member of a channel that names its kind, and the one that holds its settings.
    package static let channelKind = "channel"
    package static let configs = "configs"

    /// Members that only the server changes: a merge takes them from the live document, a comparison leaves them out.
    package static let serverOwned: Set<String> = [id, internalID, createdAt, updatedAt, deliveryHealth]
}
