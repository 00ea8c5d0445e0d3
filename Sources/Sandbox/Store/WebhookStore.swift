import FoundationEssentials
import GRDB
import LosslessJSON
import WebhookModel

/// The webhooks of all organizations in one database. Every operation names the organization it is for.
///
/// Opened only through `StoreOpening`, which migrates: there is no store without its tables.
struct WebhookStore: Sendable {
    let database: any DatabaseWriter
    let writes: WriteQueue
    let vault: DocumentVault
    let known = OpenedDocuments()

    init(migrated database: any DatabaseWriter, vault: DocumentVault) {
        self.database = database
        self.writes = WriteQueue(database)
        self.vault = vault
    }

    /// Lets go of the file; reads and writes in hand come to their end first.
    func close() throws {
        try database.close()
    }

    /// The document of a webhook.
    func document(_ id: String, of organization: OrganizationID) async throws -> String? {
        try await database.read { try stored(id, of: organization, in: $0)?.document }
    }

    /// Adds a webhook behind all others. The maker is given whether an identifier is taken, to choose another.
    func create(
        in organization: OrganizationID,
        _ make: @escaping @Sendable (_ isTaken: (String) throws -> Bool) throws -> StoredWebhook
    ) async throws -> StoredWebhook {
        try await writes.perform { database in
            let webhook = try make { try isTaken($0, of: organization, in: database) }
            try insert(webhook, into: organization, in: database)
            return webhook
        }
    }

    /// Replaces a webhook's document by what the function makes of it; nil if there is none.
    func update(
        _ id: String, of organization: OrganizationID, _ make: @escaping @Sendable (JSON) throws -> JSON
    ) async throws -> ReplacedDocument? {
        try await writes.perform { database in
            guard let (sequence, text) = try stored(id, of: organization, in: database) else { return nil }
            let row = WebhookRow(
                sequence: sequence, id: id, organization: organization, document: try JSON(parsing: text))
            let document = try make(row.document)
            return ReplacedDocument(
                text: try replace(row, by: document, in: database), former: text,
                isEnabled: !Webhook(document: row.document).isActive && Webhook(document: document).isActive)
        }
    }

    /// Removes a webhook; false if there is none.
    func delete(_ id: String, of organization: OrganizationID) async throws -> Bool {
        try await writes.perform { database in
            let statement = try database.cachedStatement(
                sql: "DELETE FROM webhook WHERE organization = ? AND webhook_id = ? RETURNING sequence")
            guard let sequence = try Int64.fetchOne(statement, arguments: [organization.row, id]) else { return false }
            try Lanes.remove(webhook: sequence, in: database)
            return true
        }
    }

    private func isTaken(_ id: String, of organization: OrganizationID, in database: Database) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: "SELECT 1 FROM webhook WHERE organization = ? AND webhook_id = ?")
        return try Int.fetchOne(statement, arguments: [organization.row, id]) != nil
    }

    private func stored(
        _ id: String, of organization: OrganizationID, in database: Database
    ) throws -> (sequence: Int64, document: String)? {
        let statement = try database.cachedStatement(
            sql: "SELECT sequence, document, secrets FROM webhook WHERE organization = ? AND webhook_id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [organization.row, id]) else { return nil }
        return (row[0], try opened(row[1], row[2], id: id, of: organization))
    }

    /// A document's text from what is stored of it, which is not looked at where the text is known.
    func opened(
        _ document: @autoclosure () -> String, _ secrets: Data?, id: String, of organization: OrganizationID
    ) throws -> String {
        guard let secrets else { return document() }
        let owner = OpenedDocuments.Owner(organization: organization, id: id)
        if let known = known.document(of: owner, sealed: secrets) { return known }
        let text = try vault.document(document(), secrets: Array(secrets), for: Self.owner(id, of: organization))
        known.keep(text, of: owner, sealed: secrets)
        return text
    }

    /// Whose secrets are sealed: those of one webhook don't open as another's.
    static func owner(_ id: String, of organization: OrganizationID) -> String {
        "\(organization.row)/\(id)"
    }

    /// Adds a webhook behind all others, within a write.
    func insert(_ webhook: StoredWebhook, into organization: OrganizationID, in database: Database) throws {
        let stored = vault.store(webhook.document, for: Self.owner(webhook.id, of: organization))
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO webhook (organization, webhook_id, is_active, document, secrets, routing) \
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            organization.row, webhook.id, webhook.isActive, stored.document, stored.secrets.map { Data($0) },
            webhook.routing?.text,
        ])
        try Self.subscribe(database.lastInsertedRowID, to: webhook.eventTypes, of: organization, in: database)
    }

    static func subscribe(
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
