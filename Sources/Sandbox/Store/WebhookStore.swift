import GRDB

/// The webhooks of all organizations in one database. Every operation names the organization it is for.
///
/// Opened only through `StoreOpening`, which migrates: there is no store without its tables.
struct WebhookStore: Sendable {
    let database: any DatabaseWriter
    private let writes: WriteQueue

    init(migrated database: any DatabaseWriter) {
        self.database = database
        self.writes = WriteQueue(database)
    }

    /// Lets go of the file; reads and writes in hand come to their end first.
    func close() throws {
        try database.close()
    }

    /// The document of a webhook.
    func document(_ id: String, of organization: OrganizationID) async throws -> String? {
        try await database.read { try Self.stored(id, of: organization, in: $0)?.document }
    }

    /// Adds a webhook behind all others. The maker is given whether an identifier is taken, to choose another.
    func create(
        in organization: OrganizationID,
        _ make: @escaping @Sendable (_ isTaken: (String) throws -> Bool) throws -> StoredWebhook
    ) async throws -> StoredWebhook {
        try await writes.perform { database in
            let webhook = try make { try Self.stored($0, of: organization, in: database) != nil }
            try Self.insert(webhook, into: organization, in: database)
            return webhook
        }
    }

    /// Replaces a webhook by what the function makes of the document stored; nil if there is none.
    func update(
        _ id: String, of organization: OrganizationID, _ make: @escaping @Sendable (String) throws -> StoredWebhook
    ) async throws -> StoredWebhook? {
        try await writes.perform { database in
            guard let stored = try Self.stored(id, of: organization, in: database) else { return nil }
            let webhook = try make(stored.document)
            try Self.replace(stored.sequence, by: webhook, of: organization, in: database)
            return webhook
        }
    }

    /// Removes a webhook; false if there is none.
    func delete(_ id: String, of organization: OrganizationID) async throws -> Bool {
        try await writes.perform { database in
            let statement = try database.cachedStatement(
                sql: "DELETE FROM webhook WHERE organization = ? AND webhook_id = ?")
            try statement.execute(arguments: [organization.row, id])
            return database.changesCount > 0
        }
    }

    private static func stored(
        _ id: String, of organization: OrganizationID, in database: Database
    ) throws -> (sequence: Int64, document: String)? {
        let statement = try database.cachedStatement(
            sql: "SELECT sequence, document FROM webhook WHERE organization = ? AND webhook_id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [organization.row, id]) else { return nil }
        return (row[0], row[1])
    }

    /// Adds a webhook behind all others, within a write.
    static func insert(
        _ webhook: StoredWebhook, into organization: OrganizationID, in database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO webhook (organization, webhook_id, is_active, document) VALUES (?, ?, ?, ?)")
        try statement.execute(arguments: [organization.row, webhook.id, webhook.isActive, webhook.document])
        try subscribe(database.lastInsertedRowID, to: webhook.eventTypes, of: organization, in: database)
    }

    private static func replace(
        _ sequence: Int64, by webhook: StoredWebhook, of organization: OrganizationID, in database: Database
    ) throws {
        try database.cachedStatement(sql: "UPDATE webhook SET is_active = ?, document = ? WHERE sequence = ?")
            .execute(arguments: [webhook.isActive, webhook.document, sequence])
        try database.cachedStatement(sql: "DELETE FROM subscription WHERE sequence = ?")
            .execute(arguments: [sequence])
        try subscribe(sequence, to: webhook.eventTypes, of: organization, in: database)
    }

    private static func subscribe(
        _ sequence: Int64, to eventTypes: [String], of organization: OrganizationID, in database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT OR IGNORE INTO subscription (organization, event_type, sequence) VALUES (?, ?, ?)")
        for eventType in eventTypes where isIndexed(eventType) {
            try statement.execute(arguments: [organization.row, eventType, sequence])
        }
    }

    /// Whether lists can be asked for an event type: SQLite would end a text at its first NUL.
    static func isIndexed(_ eventType: String) -> Bool { !eventType.utf8.contains(0) }
}
