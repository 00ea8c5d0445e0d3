import FoundationEssentials
import GRDB
import LosslessJSON
import WebhookModel

/// A lane whose first pending delivery may be attempted.
struct DueLane: Hashable, Sendable {
    let id: Int64
    /// The webhook's place in the order of insertion.
    let webhook: Int64
    /// The channel's place in the webhook when the lane was made.
    let channel: Int
}

/// What there is to do on a lane.
struct LaneWork: Sendable {
    let organization: OrganizationID
    let webhookID: String
    /// The webhook as it is now.
    let document: String
    /// In their order, the first ones pending.
    let deliveries: [PendingDelivery]
}

/// A delivery that was not made yet.
struct PendingDelivery: Hashable, Sendable {
    let sequence: Int64
    let eventID: String
    let body: String
    let kind: String
    let identity: String
    /// How often it was attempted.
    let attempts: Int
    /// Recipients that were reached by an attempt that failed for others.
    let reached: Set<String>
}

extension DeliveryStore {
    /// The lanes due at an instant, longest due first, and when the next one will be.
    func dueLanes(
        at now: Timestamp, excluding busy: Set<Int64>, limit: Int
    ) async throws -> (lanes: [DueLane], next: Timestamp?) {
        try await database.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT id, webhook, channel, due FROM lane WHERE due IS NOT NULL AND is_held = 0 \
                    ORDER BY due LIMIT ?
                    """)
            let rows = try Row.fetchCursor(statement, arguments: [limit + busy.count + 1])
            var lanes: [DueLane] = []
            while let row = try rows.next() {
                let lane = DueLane(id: row[0], webhook: row[1], channel: row[2])
                guard !busy.contains(lane.id) else { continue }
                let due: Int64 = row[3]
                if due > now.milliseconds || lanes.count == limit { return (lanes, Timestamp(milliseconds: due)) }
                lanes.append(lane)
            }
            return (lanes, nil)
        }
    }

    /// The first pending deliveries of a lane; nil if there are none, or their webhook is gone.
    func work(on lane: DueLane, limit: Int) async throws -> LaneWork? {
        try await database.read { database in
            let webhook = try database.cachedStatement(
                sql: "SELECT organization, webhook_id, document, secrets FROM webhook WHERE sequence = ? AND is_active")
            guard let row = try Row.fetchOne(webhook, arguments: [lane.webhook]) else { return nil }
            let organization = OrganizationID(row: row[0])
            let document = try webhooks.opened(row[2], row[3], id: row[1], of: organization)
            let statement = try database.cachedStatement(
                sql: """
                    SELECT delivery.sequence, event_id, body, kind, identity, attempts, progress \
                    FROM delivery JOIN event ON event.sequence = delivery.event \
                    WHERE lane = ? AND status = 0 ORDER BY delivery.sequence LIMIT ?
                    """)
            let deliveries = try Row.fetchAll(statement, arguments: [lane.id, limit]).map(Self.pending)
            guard !deliveries.isEmpty else { return nil }
            return LaneWork(
                organization: organization, webhookID: row[1], document: document, deliveries: deliveries)
        }
    }

    private static func pending(_ row: Row) -> PendingDelivery {
        let reached = (row[6] as String?).flatMap { try? JSON(parsing: $0) }?.array?.compactMap(\.string)
        return PendingDelivery(
            sequence: row[0], eventID: row[1], body: row[2], kind: row[3], identity: row[4], attempts: row[5],
            reached: Set(reached ?? []))
    }
}
