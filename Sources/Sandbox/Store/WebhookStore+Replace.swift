import FoundationEssentials
import GRDB
import LosslessJSON
import WebhookModel

/// A webhook as a write finds it.
struct WebhookRow {
    let sequence: Int64
    let id: String
    let organization: OrganizationID
    let document: JSON
}

/// What came of a replacement.
struct ReplacedDocument: Hashable, Sendable {
    /// The document as it is given out.
    let text: String
    /// What it was before.
    let former: String
    /// Whether the webhook was paused before, and is not now.
    let isEnabled: Bool
}

extension WebhookStore {
    /// Puts a document in the place of a webhook's, within a write, and gives its text.
    ///
    /// What lists and events go by is written where it changes, which most edits don't: an index is dearer than the row.
    func replace(_ row: WebhookRow, by document: JSON, in database: Database) throws -> String {
        let text = document.text(.compact)
        try keep(text, of: row, in: database)
        let (before, after) = (Webhook(document: row.document), Webhook(document: document))
        if before.isActive != after.isActive { try setActive(after.isActive, row.sequence, in: database) }
        // Not as Swift compares texts: SQLite tells canonically equivalent ones apart.
        if row.document[Member.eventTypes] != document[Member.eventTypes] {
            try database.cachedStatement(sql: "DELETE FROM subscription WHERE sequence = ?")
                .execute(arguments: [row.sequence])
            try Self.subscribe(row.sequence, to: after.eventTypes, of: row.organization, in: database)
        }
        if Self.routed.contains(where: { row.document[$0] != document[$0] }) {
            try database.cachedStatement(sql: "UPDATE webhook SET routing = ? WHERE sequence = ?")
                .execute(arguments: [Routing(after).text, row.sequence])
        }
        return text
    }

    /// The members that `Routing` is made of.
    private static let routed = [Member.channels, Member.resourceTypes]

    private func keep(_ text: String, of row: WebhookRow, in database: Database) throws {
        let stored = vault.store(text, for: Self.owner(row.id, of: row.organization))
        let secrets = stored.secrets.map { Data($0) }
        try database.cachedStatement(sql: "UPDATE webhook SET document = ?, secrets = ? WHERE sequence = ?")
            .execute(arguments: [stored.document, secrets, row.sequence])
        // What was just sealed need not be opened to be read.
        if let secrets {
            known.keep(text, of: OpenedDocuments.Owner(organization: row.organization, id: row.id), sealed: secrets)
        }
    }

    /// Deliveries wait while a webhook is paused.
    private func setActive(_ isActive: Bool, _ sequence: Int64, in database: Database) throws {
        try database.cachedStatement(sql: "UPDATE webhook SET is_active = ? WHERE sequence = ?")
            .execute(arguments: [isActive, sequence])
        try Lanes.hold(!isActive, webhook: sequence, in: database)
    }
}
