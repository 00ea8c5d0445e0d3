import GRDB
import LosslessJSON
import WebhookModel

/// The events of all organizations and their deliveries, in the database of the webhooks.
struct DeliveryStore: Sendable {
    let webhooks: WebhookStore

    var database: any DatabaseWriter { webhooks.database }
    var writes: WriteQueue { webhooks.writes }

    /// An event as it was stored.
    struct Emission: Hashable, Sendable {
        let event: SandboxEvent
        /// How many channels it goes to.
        let deliveries: Int
        /// False for an event whose identifier was known: nothing was stored, and `deliveries` are those of then.
        let isNew: Bool
    }

    /// Stores events in their order, each with a delivery for every channel of every webhook that receives it now.
    func emit(
        _ events: [SandboxEvent], in organization: OrganizationID, at now: Timestamp
    ) async throws -> [Emission] {
        try await writes.perform { database in
            var fanOut = FanOut(webhooks: webhooks, organization: organization, now: now, database: database)
            return try events.map { try emit($0, in: organization, &fanOut, database) }
        }
    }

    private func emit(
        _ event: SandboxEvent, in organization: OrganizationID, _ fanOut: inout FanOut, _ database: Database
    ) throws -> Emission {
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO event (organization, event_id, event_type, resource_types, body) VALUES (?, ?, ?, ?, ?) \
                ON CONFLICT (organization, event_id) DO NOTHING
                """)
        let resources = JSON(event.resourceTypes.map { JSON($0) }).text(.compact)
        try insert.execute(arguments: [organization.row, event.id, event.type, resources, event.body])
        if database.changesCount == 0 {
            guard let known = try Self.event(event.id, of: organization, in: database) else {
                return Emission(event: event, deliveries: 0, isNew: false)
            }
            let count = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM delivery WHERE event = ?", arguments: [known.sequence])
            return Emission(event: known.event, deliveries: count ?? 0, isNew: false)
        }
        let count = try fanOut.deliver(event, sequence: database.lastInsertedRowID)
        return Emission(event: event, deliveries: count, isNew: true)
    }

    /// An event by its identifier.
    static func event(
        _ id: String, of organization: OrganizationID, in database: Database
    ) throws -> (sequence: Int64, event: SandboxEvent)? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT sequence, event_type, resource_types, body FROM event \
                WHERE organization = ? AND event_id = ?
                """)
        guard let row = try Row.fetchOne(statement, arguments: [organization.row, id]) else { return nil }
        let resources = (try? JSON(parsing: row[2] as String))?.array?.compactMap(\.string) ?? []
        return (row[0], SandboxEvent(id: id, type: row[1], resourceTypes: resources, body: row[3]))
    }
}
