import LosslessJSON
import WebhookModel

/// What deliveries do to a webhook's `delivery_health`: a run of failed attempts is told there, and pauses the webhook
/// when it has become long enough; a success ends it.
enum DeliveryHealth {
    /// As `paused_reason` has it.
    static let pausedReason = "consecutive_failures"

    /// The document after another failed attempt, on whichever channel.
    static func failed(_ document: JSON, cause: String, at now: Timestamp, pauseAfter: Int?) -> JSON {
        guard var webhook = document.object else { return document }
        let before = document[Member.deliveryHealth]
        // A seed may tell of any number.
        let count = min(before?["consecutive_failures"]?.number?.int ?? 0, Int.max - 1) + 1
        let first = before?["first_failure_at"]?.string ?? now.description
        var health: JSONObject = [
            "consecutive_failures": JSON(count), "first_failure_at": JSON(first),
            "last_failure_at": JSON(now.description), "last_failure_cause": JSON(cause),
            "paused_at": before?["paused_at"] ?? JSON.null, "paused_reason": before?["paused_reason"] ?? JSON.null,
        ]
        let isActive = Webhook(document: document).isActive
        if isActive, let pauseAfter, count >= pauseAfter {
            health["paused_at"] = JSON(now.description)
            health["paused_reason"] = JSON(pausedReason)
            webhook[Member.isActive] = false
            webhook[Member.updatedAt] = JSON(now.description)
        }
        webhook[Member.deliveryHealth] = JSON(health)
        return JSON(webhook)
    }

    /// The document after a success: an active webhook has nothing to tell any more.
    static func succeeded(_ document: JSON) -> JSON {
        guard var webhook = document.object, Webhook(document: document).isActive else { return document }
        webhook[Member.deliveryHealth] = nil
        return JSON(webhook)
    }
}
