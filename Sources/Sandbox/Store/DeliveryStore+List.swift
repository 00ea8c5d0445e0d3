import FoundationEssentials
import GRDB
import LosslessJSON
import WebhookModel

/// Which deliveries a list holds, and where it goes on.
struct DeliveryFilter: Hashable, Sendable {
    var webhookID: String?
    var eventID: String?
    var status: DeliveryStatus?
    /// Only what changed after this revision; then the list is in the order of changes, oldest first. Nil for the latest
    /// changes, newest first.
    var since: Int64?
    var limit = 100
}

/// A delivery as it is shown.
struct DeliverySummary: Hashable, Sendable {
    let sequence: Int64
    let eventID: String
    let eventType: String
    let webhookID: String
    let kind: String
    let status: DeliveryStatus
    let attempts: Int
    let attemptedAt: Timestamp?
    let error: String?
    let revision: Int64

    var json: JSON {
        [
            "delivery_id": JSON("dlv_\(sequence)"), "event_id": JSON(eventID), "event_type": JSON(eventType),
            "webhook_id": JSON(webhookID), "channel": JSON(kind), "status": JSON(status.name),
            "attempts": JSON(attempts), "last_attempt_at": attemptedAt.map { JSON($0.description) } ?? JSON.null,
            "last_error": error.map { JSON($0) } ?? JSON.null,
        ]
    }
}

extension DeliveryStore {
    /// Deliveries of an organization, and the revision up to which they are told: the `since` of the next list.
    func list(
        _ filter: DeliveryFilter, of organization: OrganizationID
    ) async throws -> (deliveries: [DeliverySummary], revision: Int64) {
        try await database.read { database in
            var condition = "delivery.organization = ?"
            var arguments: StatementArguments = [organization.row]
            if let webhookID = filter.webhookID {
                condition += " AND delivery.webhook_id = ?"
                arguments += [webhookID]
            }
            if let eventID = filter.eventID {
                condition += " AND event.organization = ? AND event.event_id = ?"
                arguments += [organization.row, eventID]
            }
            if let status = filter.status {
                // Spelt out, so that the index of dead deliveries is seen to fit.
                condition += " AND delivery.status = \(status.rawValue)"
            }
            if let since = filter.since {
                condition += " AND delivery.revision > ?"
                arguments += [since]
            }
            let statement = try database.cachedStatement(
                sql: """
                    SELECT delivery.sequence, event_id, event_type, delivery.webhook_id, kind, status, attempts, \
                    attempted, error, revision FROM delivery JOIN event ON event.sequence = delivery.event \
                    WHERE \(condition) ORDER BY revision \(filter.since == nil ? "DESC" : "ASC") LIMIT ?
                    """)
            let rows = try Row.fetchAll(statement, arguments: arguments + [filter.limit])
            let deliveries = rows.map(Self.summary)
            let latest = try Int64.fetchOne(database, sql: "SELECT value FROM revision") ?? 0
            let isWhole = deliveries.count < filter.limit
            let last = deliveries.map(\.revision).max() ?? filter.since ?? latest
            // A list that was cut goes on behind its end; one that is whole, behind everything it could have held.
            return (deliveries, filter.since == nil || isWhole ? latest : last)
        }
    }

    private static func summary(_ row: Row) -> DeliverySummary {
        DeliverySummary(
            sequence: row[0], eventID: row[1], eventType: row[2], webhookID: row[3], kind: row[4],
            status: DeliveryStatus(rawValue: row[5]) ?? .pending, attempts: row[6],
            attemptedAt: (row[7] as Int64?).map { Timestamp(milliseconds: $0) }, error: row[8], revision: row[9])
    }

    /// Messages of an organization's outbox behind a place, oldest first; without one the latest, newest first. Each is
    /// the JSON text of an object.
    func outbox(
        _ organization: OrganizationID, webhookID: String?, since: Int64?, limit: Int
    ) async throws -> (messages: [String], last: Int64) {
        try await database.read { database in
            var condition = "outbox.organization = ?"
            var arguments: StatementArguments = [organization.row]
            if let webhookID {
                condition += " AND outbox.webhook_id = ?"
                arguments += [webhookID]
            }
            if let since {
                condition += " AND outbox.sequence > ?"
                arguments += [since]
            }
            let statement = try database.cachedStatement(
                sql: """
                    SELECT outbox.sequence, event_id, event_type, outbox.webhook_id, attempted, message, delivery \
                    FROM outbox JOIN delivery ON delivery.sequence = delivery JOIN event ON event.sequence = event \
                    WHERE \(condition) ORDER BY outbox.sequence \(since == nil ? "DESC" : "ASC") LIMIT ?
                    """)
            let rows = try Row.fetchAll(statement, arguments: arguments + [limit])
            let last = rows.reduce(since ?? 0) { max($0, $1[0]) }
            return (rows.map(Self.message), last)
        }
    }

    private static func message(_ row: Row) -> String {
        let eventID: String = row[1]
        let eventType: String = row[2]
        let webhookID: String = row[3]
        let capturedAt: Int64? = row[4]
        let message: String = row[5]
        let delivery: Int64 = row[6]
        let head: JSON = [
            "event_id": JSON(eventID), "event_type": JSON(eventType), "webhook_id": JSON(webhookID),
            "delivery_id": JSON("dlv_\(delivery)"),
            "captured_at": JSON(Timestamp(milliseconds: capturedAt ?? 0).description),
        ]
        return "\(head.text(.compact).dropLast()),\"message\":\(message)}"
    }

    /// How much work waits, over all organizations.
    func depth(at now: Timestamp) async throws -> QueueDepth {
        try await database.read { database in
            let waiting = "FROM lane WHERE due IS NOT NULL AND is_held = 0"
            let oldest = try Int64.fetchOne(database, sql: "SELECT min(due) \(waiting)")
            return QueueDepth(
                waiting: try Int.fetchOne(database, sql: "SELECT count(*) \(waiting)") ?? 0,
                held: try Int.fetchOne(database, sql: "SELECT count(*) FROM lane WHERE is_held = 1 AND due IS NOT NULL")
                    ?? 0,
                lag: Int(max(0, now.milliseconds - (oldest ?? now.milliseconds))) / 1_000)
        }
    }
}
