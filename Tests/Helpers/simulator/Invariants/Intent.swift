import LosslessJSON
import WebhookModel

/// What somebody wants of one webhook, as the simulator itself worked it out: independent of the session's own edits.
struct Intent: Sendable {
    /// Nil for a webhook to create.
    var base: JSON?
    /// Nil for one to delete.
    var staged: JSON?
    /// Places set on purpose, changed or not; a channel is named by its URL.
    var explicit: Set<[String]> = []
    /// Whether event types are to be exactly these.
    var isExactAboutEvents = false
    var force = false

    /// The members that were changed, or set on purpose.
    var touched: Set<String> {
        let names = Set((base?.object?.keys ?? []) + (staged?.object?.keys ?? []))
        return names.filter { name in
            base?[name] != staged?[name] || explicit.contains { $0.first == name }
                || name == Member.eventTypes && isExactAboutEvents
        }
    }
}
