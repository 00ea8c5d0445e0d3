import GRDB

/// The tables of a sandbox database, and how a file comes to have them.
///
/// `webhook.sequence` is the order of insertion, in which lists are given. `subscription` holds each event type of each
/// webhook once, for lists by event type and for events. `webhook.secrets` is what was cut out of the document, sealed;
/// `routing` what an event has to know of it, null where nobody has asked yet. `webhook_count` is kept by triggers: a page
/// of a list says how many there are, and counting them would cost each page what the whole list is long.
///
/// A `lane` is the way to one channel of a webhook, along which deliveries keep their order: `due` is when its first
/// pending one may be attempted (milliseconds since 1970), null where none is pending, and it `is_held` while the webhook
/// is paused. `delivery.status` is `DeliveryStatus`; `revision` grows with every change of any delivery.
enum StoreSchema {
    /// In the file's header: what tells a sandbox database from any other. "hook" in ASCII.
    static let applicationID: Int32 = 0x686F_6F6B
    /// In the file's header: how many of `steps` have been taken.
    static var version: Int { steps.count }

    /// Each brings a database from the version of its index to the next. Never edited once released: appended to.
    private static let steps = [
        """
        CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE organization (
            id INTEGER PRIMARY KEY,
            key_digest TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL
        );
        CREATE TABLE webhook (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            organization INTEGER NOT NULL REFERENCES organization (id),
            webhook_id TEXT NOT NULL,
            is_active INTEGER NOT NULL,
            document TEXT NOT NULL,
            UNIQUE (organization, webhook_id)
        );
        CREATE INDEX webhook_in_order ON webhook (organization, is_active);
        CREATE TABLE subscription (
            organization INTEGER NOT NULL,
            event_type TEXT NOT NULL,
            sequence INTEGER NOT NULL REFERENCES webhook (sequence) ON DELETE CASCADE,
            PRIMARY KEY (organization, event_type, sequence)
        ) WITHOUT ROWID;
        CREATE INDEX subscription_of_webhook ON subscription (sequence);
        """,
        """
        ALTER TABLE webhook ADD COLUMN secrets BLOB;
        ALTER TABLE webhook ADD COLUMN routing TEXT;
        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            organization INTEGER NOT NULL REFERENCES organization (id),
            event_id TEXT NOT NULL,
            event_type TEXT NOT NULL,
            resource_types TEXT NOT NULL,
            body TEXT NOT NULL,
            UNIQUE (organization, event_id)
        );
        CREATE TABLE lane (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            webhook INTEGER NOT NULL,
            channel INTEGER NOT NULL,
            due INTEGER,
            is_held INTEGER NOT NULL DEFAULT 0,
            UNIQUE (webhook, channel)
        );
        CREATE INDEX lane_due ON lane (due) WHERE due IS NOT NULL AND is_held = 0;
        CREATE TABLE delivery (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            organization INTEGER NOT NULL,
            event INTEGER NOT NULL REFERENCES event (sequence) ON DELETE CASCADE,
            lane INTEGER NOT NULL,
            webhook_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            identity TEXT NOT NULL,
            status INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            attempted INTEGER,
            error TEXT,
            progress TEXT,
            revision INTEGER NOT NULL
        );
        CREATE INDEX delivery_of_event ON delivery (event);
        CREATE INDEX delivery_pending ON delivery (lane, sequence) WHERE status = 0;
        CREATE INDEX delivery_in_order ON delivery (organization, revision);
        CREATE INDEX delivery_of_webhook ON delivery (organization, webhook_id, revision);
        CREATE INDEX delivery_waiting ON delivery (organization, revision) WHERE status = 0;
        CREATE INDEX delivery_dead ON delivery (organization, revision) WHERE status = 3;
        CREATE TABLE revision (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            value INTEGER NOT NULL
        );
        INSERT INTO revision (id, value) VALUES (1, 0);
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            organization INTEGER NOT NULL,
            delivery INTEGER NOT NULL REFERENCES delivery (sequence) ON DELETE CASCADE,
            webhook_id TEXT NOT NULL,
            message TEXT NOT NULL
        );
        CREATE INDEX outbox_in_order ON outbox (organization, sequence);
        CREATE INDEX outbox_of_webhook ON outbox (organization, webhook_id, sequence);
        CREATE INDEX outbox_of_delivery ON outbox (delivery);
        """,
        // An index ends in the row's number: this one gives an organization's webhooks in their order, unsorted.
        "CREATE INDEX webhook_of_organization ON webhook (organization);",
        """
        CREATE TABLE webhook_count (
            organization INTEGER NOT NULL,
            is_active INTEGER NOT NULL,
            webhooks INTEGER NOT NULL,
            PRIMARY KEY (organization, is_active)
        ) WITHOUT ROWID;
        INSERT INTO webhook_count SELECT organization, is_active, count(*) FROM webhook GROUP BY 1, 2;
        CREATE TRIGGER webhook_added AFTER INSERT ON webhook BEGIN
            INSERT INTO webhook_count VALUES (new.organization, new.is_active, 1)
                ON CONFLICT DO UPDATE SET webhooks = webhooks + 1;
        END;
        CREATE TRIGGER webhook_removed AFTER DELETE ON webhook BEGIN
            UPDATE webhook_count SET webhooks = webhooks - 1
                WHERE organization = old.organization AND is_active = old.is_active;
        END;
        CREATE TRIGGER webhook_switched AFTER UPDATE OF is_active ON webhook WHEN old.is_active <> new.is_active BEGIN
            UPDATE webhook_count SET webhooks = webhooks - 1
                WHERE organization = old.organization AND is_active = old.is_active;
            INSERT INTO webhook_count VALUES (new.organization, new.is_active, 1)
                ON CONFLICT DO UPDATE SET webhooks = webhooks + 1;
        END;
        """,
    ]

    /// Whether the tables are those of this version. Throws for a database of a later one, or of another program.
    static func isCurrent(_ database: Database) throws -> Bool {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else { throw StoreSchemaError.newer(version: found) }
        let owner = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard found > 0 else {
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            guard owner == 0 && tables == 0 else { throw StoreSchemaError.foreign }
            return false
        }
        guard owner == applicationID else { throw StoreSchemaError.foreign }
        return found == version
    }

    /// Takes the steps that are missing. Within a write transaction, so that of two processes one finds the work done.
    static func migrate(_ database: Database) throws {
        guard try !isCurrent(database) else { return }
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        for step in steps.dropFirst(found) {
            try database.execute(sql: step)
        }
        try database.execute(sql: "PRAGMA user_version = \(version)")
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
}

/// Why a database is not used.
enum StoreSchemaError: Error {
    case newer(version: Int)
    case foreign
}
