/// What has become of a delivery.
package enum DeliveryStatus: Int, Hashable, Sendable, CaseIterable {
    /// Not delivered yet: to be attempted, or attempted again.
    case pending = 0
    /// Taken by its destination.
    case delivered = 1
    /// Put into the outbox; nothing left.
    case captured = 2
    /// Given up after as many attempts as are made.
    case dead = 3
    /// Given up because its webhook or channel is gone.
    case cancelled = 4

    /// As the API spells it.
    package var name: String {
        switch self {
        case .pending: "pending"
        case .delivered: "delivered"
        case .captured: "captured"
        case .dead: "dead"
        case .cancelled: "cancelled"
        }
    }

    init?(name: String) {
        guard let status = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = status
    }
}
