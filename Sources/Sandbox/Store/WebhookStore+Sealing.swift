import FoundationEssentials
import GRDB

extension WebhookStore {
    /// Seals the secrets of all webhooks that lie open: those of a database from before secrets were sealed.
    func sealAll(in database: Database) throws {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT sequence, organization, webhook_id, document FROM webhook WHERE secrets IS NULL")
        while let row = try rows.next() {
            let stored = vault.store(row[3], for: Self.owner(row[2], of: OrganizationID(row: row[1])))
            guard let secrets = stored.secrets else { continue }
            try database.cachedStatement(sql: "UPDATE webhook SET document = ?, secrets = ? WHERE sequence = ?")
                .execute(arguments: [stored.document, Data(secrets), row[0] as Int64])
        }
    }
}
