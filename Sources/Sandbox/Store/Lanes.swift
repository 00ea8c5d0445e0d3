import GRDB

/// The ways along which deliveries go, one to each channel of a webhook; each keeps its order. All within a write.
enum Lanes {
    /// Stops the deliveries of a webhook, or lets them go on.
    static func hold(_ isHeld: Bool, webhook: Int64, in database: Database) throws {
        try database.cachedStatement(sql: "UPDATE lane SET is_held = ?1 WHERE webhook = ?2 AND is_held <> ?1")
            .execute(arguments: [isHeld, webhook])
    }

    /// Gives up what is pending for a webhook that is gone.
    static func remove(webhook: Int64, in database: Database) throws {
        let statement = try database.cachedStatement(sql: "SELECT id FROM lane WHERE webhook = ?")
        for lane in try Int64.fetchAll(statement, arguments: [webhook]) { try cancel(lane, in: database) }
        try database.cachedStatement(sql: "DELETE FROM lane WHERE webhook = ?").execute(arguments: [webhook])
    }

    /// Gives each pending delivery of a lane a revision of its own: those who follow changes page by it.
    private static func cancel(_ lane: Int64, in database: Database) throws {
        let pending = try database.cachedStatement(
            sql: "SELECT sequence FROM delivery WHERE lane = ? AND status = 0 ORDER BY sequence")
        for sequence in try Int64.fetchAll(pending, arguments: [lane]) {
            try database.cachedStatement(
                sql: """
                    UPDATE delivery SET status = ?, error = 'the webhook was deleted', revision = ? WHERE sequence = ?
                    """
            ).execute(arguments: [DeliveryStatus.cancelled.rawValue, try nextRevision(in: database), sequence])
        }
    }

    /// The lane to a channel, made if need be. What is due stays due; a lane with nothing pending becomes due at `now`.
    static func ready(webhook: Int64, channel: Int, now: Int64, in database: Database) throws -> Int64 {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO lane (webhook, channel, due) VALUES (?1, ?2, ?3) \
                ON CONFLICT (webhook, channel) DO UPDATE SET due = coalesce(due, ?3) RETURNING id
                """)
        return try Int64.fetchOne(statement, arguments: [webhook, channel, now]) ?? 0
    }

    /// Says when the first pending delivery of a lane may be attempted: nil leaves it as it is. Never, where nothing is
    /// pending.
    static func reschedule(_ lane: Int64, due: Int64?, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE lane SET due = CASE WHEN EXISTS \
                (SELECT 1 FROM delivery WHERE lane = ?1 AND status = 0) THEN coalesce(?2, due) END WHERE id = ?1
                """
        ).execute(arguments: [lane, due])
    }

    /// A number greater than any given before, by which changes are followed.
    static func nextRevision(in database: Database) throws -> Int64 {
        let statement = try database.cachedStatement(sql: "UPDATE revision SET value = value + 1 RETURNING value")
        return try Int64.fetchOne(statement) ?? 0
    }
}
