import LosslessJSON
import WebhookModel

/// What the API makes of the documents it is sent: which members are the server's, what is defaulted, and when
/// `updated_at` moves.
///
/// Everything else, members that no schema knows included, is kept as it was sent, in its order and spelling; what the
/// server adds goes to the end.
enum DocumentRules {
    /// The changes that move `updated_at`; a rename does not.
    private static let configuration = [Member.eventTypes, Member.channels, Member.isActive]

    /// A new webhook's document. The body's own `webhook_id` and times are replaced, `is_active` defaults to true.
    static func created(from body: JSONObject, id: String, at now: Timestamp) -> JSON {
        var document = withDefaults(body)
        document[Member.id] = JSON(id)
        document[Member.createdAt] = JSON(now.description)
        document[Member.updatedAt] = JSON(now.description)
        document[Member.deliveryHealth] = nil
        return JSON(document)
    }

    /// A webhook's document after a PUT, which replaces it: a member left out is gone, and `is_active` left out is true,
    /// even where the webhook was paused. Activity clears `delivery_health`.
    static func updated(_ stored: JSON, by body: JSONObject, id: String, at now: Timestamp) -> JSON {
        var document = withDefaults(body)
        document[Member.id] = JSON(id)
        document[Member.createdAt] = stored[Member.createdAt] ?? JSON(now.description)
        let isActive = document[Member.isActive]?.boolean ?? true
        document[Member.deliveryHealth] = isActive ? nil : stored[Member.deliveryHealth]
        let isChanged = configuration.contains { effective($0, of: JSON(document)) != effective($0, of: stored) }
        let updatedAt = isChanged ? nil : stored[Member.updatedAt]
        document[Member.updatedAt] = updatedAt ?? JSON(now.description)
        return JSON(document)
    }

    /// A webhook's document out of a seed file: kept as it is but for what it lacks.
    static func seeded(from webhook: JSONObject, id: String, at now: Timestamp) -> JSON {
        var document = withDefaults(webhook)
        if document[Member.id]?.string != id { document[Member.id] = JSON(id) }
        for member in [Member.createdAt, Member.updatedAt] where document[member]?.string == nil {
            document[member] = JSON(now.description)
        }
        return JSON(document)
    }

    /// `internal_id` is never given out; `is_active` always is.
    private static func withDefaults(_ body: JSONObject) -> JSONObject {
        var document = body
        document[Member.internalID] = nil
        if document[Member.isActive] == nil { document[Member.isActive] = true }
        return document
    }

    private static func effective(_ member: String, of document: JSON) -> JSON? {
        document[member] ?? (member == Member.isActive ? true : nil)
    }
}
