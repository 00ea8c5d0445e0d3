/// One type of event that a webhook can subscribe to.
package struct EventType: Hashable, Sendable {
    package let name: String
    /// The first date at which the API's documents list it.
    package let since: APIVersion

    /// The event types known at a date.
    package static func known(at version: APIVersion) -> [EventType] {
        all.filter { $0.since <= version }
    }
}

extension EventType {
    static let all: [EventType] =
        family("object", ["created", "updated", "deleted"], since: .november2025)
        + family("collection", ["created", "updated", "deleted"], since: .november2025)
        + family("collection.documents", ["written"], since: .november2025)
        + family("cluster", ["created", "updated", "deleted"], since: .november2025)
        + family("cluster.execution", ["started", "completed", "failed"], since: .november2025)
        + family("trigger", ["created", "updated", "deleted", "paused", "resumed", "fired"], since: .november2025)
        + family("trigger.execution", ["completed", "failed"], since: .november2025)
        + family("taxonomy", ["created"], since: .november2025)
        + family("objects.created", ["batch"], since: .january2026)
        + family("taxonomy", ["updated", "deleted"], since: .january2026)
        + family("alert", ["created", "updated", "deleted", "triggered"], since: .january2026)
        + family("alert.execution", ["completed", "failed"], since: .january2026)
        + family("document", ["created", "updated", "deleted"], since: .version082)
        + family("documents", ["updated.batch", "deleted.batch"], since: .version082)
        + family("collection.documents", ["batch_completed"], since: .version082)
        + family("annotation", ["created", "updated", "deleted"], since: .version082)
        + family("resource", ["executed", "execution_failed"], since: .version082)
        + family("manifest.apply", ["resource_state"], since: .version082)

    private static func family(_ subject: String, _ events: [String], since: APIVersion) -> [EventType] {
        events.map { EventType(name: "\(subject).\($0)", since: since) }
    }
}
