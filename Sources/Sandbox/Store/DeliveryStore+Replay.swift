import GRDB
import WebhookModel

extension DeliveryStore {
    /// Delivers an event again, with its identifier, to the webhooks that receive it now. Nil for an unknown one.
    func replay(_ eventID: String, of organization: OrganizationID, at now: Timestamp) async throws -> Int? {
        try await writes.perform { database in
            guard let known = try Self.event(eventID, of: organization, in: database) else { return nil }
            var fanOut = FanOut(webhooks: webhooks, organization: organization, now: now, database: database)
            return try fanOut.deliver(known.event, sequence: known.sequence)
        }
    }

    /// Makes dead deliveries pending again, of one webhook or of all; they come before what is pending behind them.
    /// Those whose webhook is gone stay dead.
    func reviveDead(of organization: OrganizationID, webhookID: String?, at now: Timestamp) async throws -> Int {
        try await writes.perform { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT sequence, lane FROM delivery WHERE organization = ?1 AND status = 3 \
                    AND (?2 IS NULL OR webhook_id = ?2) AND lane IN (SELECT id FROM lane) ORDER BY revision
                    """)
            let rows = try Row.fetchAll(statement, arguments: [organization.row, webhookID])
            for row in rows {
                try database.cachedStatement(
                    sql: "UPDATE delivery SET status = 0, attempts = 0, revision = ? WHERE sequence = ?"
                ).execute(arguments: [try Lanes.nextRevision(in: database), row[0] as Int64])
                try Lanes.reschedule(row[1], due: now.milliseconds, in: database)
            }
            return rows.count
        }
    }

    /// Removes the oldest events beyond those that are kept, with their deliveries and messages, unless one is pending
    /// or dead. At most `batch` of them; returns how many.
    func prune(keeping kept: Int, batch: Int = 500) async throws -> Int {
        try await writes.perform { database in
            try database.execute(
                sql: """
                    DELETE FROM event WHERE sequence IN (SELECT sequence FROM event \
                    WHERE sequence <= (SELECT max(sequence) FROM event) - ? AND NOT EXISTS \
                    (SELECT 1 FROM delivery WHERE event = event.sequence AND status IN (0, 3)) LIMIT ?)
                    """, arguments: [kept, batch])
            return database.changesCount
        }
    }
}
