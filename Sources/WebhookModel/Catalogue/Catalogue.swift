/// What the API has been seen to know: event types and channel kinds by the date of its documents.
///
/// The catalogue informs and suggests. A name that it lacks is kept, shown and sent, never refused: the API's own prose
/// uses names that none of its schemas hold.
package enum Catalogue {
    /// Subscribes to every event type.
    package static let wildcard = "*"

    /// Every event type known at any date, in the order the API lists them.
    package static let eventTypes: [EventType] = EventType.all

    /// Every channel kind known at any date.
    package static let channelKinds: [ChannelKind] = ChannelKind.all

    /// The event type of this name.
    package static func eventType(_ name: String) -> EventType? { eventTypesByName[name] }

    /// The channel kind of this name.
    package static func channelKind(_ name: String) -> ChannelKind? {
        channelKinds.first { $0.name == name }
    }

    /// Whether a name needs no warning in `event_types`: a known type, or the wildcard.
    package static func isKnownEventType(_ name: String) -> Bool {
        name == wildcard || eventTypesByName[name] != nil
    }

    private static let eventTypesByName = Dictionary(
        uniqueKeysWithValues: EventType.all.map { ($0.name, $0) })
}

/// A date of the API's documents, by which its vocabulary differs.
package enum APIVersion: String, CaseIterable, Comparable, Sendable, CustomStringConvertible {
    case november2025 = "2025-11"
    case january2026 = "2026-01"
    case february2026 = "2026-02"
    /// Documented in October 2026.
    case version082 = "0.82"

    package var description: String { rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
