import GRDB

/// The tables of a journal, and how a file comes to have them.
///
/// `run` is a commit or a rollback; `entry` one webhook of it, and how far it got; `image` its documents as JSON, apart from
/// what is written anew with each state; `lease` which run holds, or last held, a webhook; `draft` staged edits that were
/// not sent yet.
enum JournalSchema {
    /// In the file's header: what tells a journal from any other database. "hkjr" in ASCII.
    static let applicationID: Int32 = 0x686B_6A72
    /// In the file's header: how many of `steps` have been taken.
    static var version: Int { steps.count }

    /// Each brings a file from the version of its index to the next. Never edited once released: appended to.
    private static let steps = [
        """
        CREATE TABLE counter (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL
        ) WITHOUT ROWID;
        INSERT INTO counter (name, value) VALUES ('mark', 0);
        CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started_at TEXT NOT NULL,
            finished_at TEXT,
            profile TEXT NOT NULL,
            host TEXT NOT NULL,
            organization TEXT NOT NULL,
            script TEXT,
            rollback_of INTEGER
        );
        CREATE TABLE entry (
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            webhook TEXT NOT NULL,
            operation TEXT NOT NULL,
            before TEXT,
            target TEXT,
            answer TEXT,
            equal_before TEXT,
            state TEXT NOT NULL,
            created_id TEXT,
            detail TEXT,
            PRIMARY KEY (run, position)
        );
        CREATE INDEX entry_of_webhook ON entry (webhook);
        CREATE TABLE lease (
            host TEXT NOT NULL,
            organization TEXT NOT NULL,
            name TEXT NOT NULL,
            run INTEGER NOT NULL,
            holder TEXT,
            mark INTEGER NOT NULL,
            PRIMARY KEY (host, organization, name)
        ) WITHOUT ROWID;
        CREATE INDEX lease_of_run ON lease (run);
        CREATE TABLE draft (
            profile TEXT NOT NULL,
            host TEXT NOT NULL,
            organization TEXT NOT NULL,
            session TEXT NOT NULL,
            webhook TEXT NOT NULL,
            position INTEGER NOT NULL,
            saved_at TEXT NOT NULL,
            edits TEXT NOT NULL,
            base TEXT,
            PRIMARY KEY (session, webhook)
        ) WITHOUT ROWID;
        """,
        """
        CREATE TABLE image (
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            before TEXT,
            target TEXT,
            answer TEXT,
            PRIMARY KEY (run, position)
        );
        INSERT INTO image SELECT run, position, before, target, answer FROM entry;
        ALTER TABLE entry RENAME TO former_entry;
        CREATE TABLE entry (
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            webhook TEXT NOT NULL,
            operation TEXT NOT NULL,
            equal_before TEXT,
            state TEXT NOT NULL,
            created_id TEXT,
            detail TEXT,
            PRIMARY KEY (run, position)
        ) WITHOUT ROWID;
        INSERT INTO entry
        SELECT run, position, webhook, operation, equal_before, state, created_id, detail FROM former_entry;
        DROP TABLE former_entry;
        CREATE INDEX entry_of_webhook ON entry (webhook);
        """,
    ]

    /// Takes the steps that are missing. Within a write transaction, so that of two processes one finds the work done.
    ///
    /// - Parameter version: where to stop; a test makes files of earlier versions.
    /// - Throws: `JournalSchemaError` for a file of a later version, or of another program.
    static func migrate(_ database: Database, to version: Int = version) throws {
        let found = try check(database)
        if found >= version { return }
        for step in steps[found..<version] { try database.execute(sql: step) }
        try database.execute(sql: "PRAGMA user_version = \(version)")
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    }

    /// The file's version.
    ///
    /// - Throws: `JournalSchemaError` for a file of a later version, or of another program.
    @discardableResult
    static func check(_ database: Database) throws -> Int {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else { throw JournalSchemaError.newer }
        let owner = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        if found == 0 {
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            guard owner == 0, tables == 0 else { throw JournalSchemaError.foreign }
        } else if owner != applicationID {
            throw JournalSchemaError.foreign
        }
        return found
    }
}

/// Why a file is not used.
enum JournalSchemaError: Error {
    case newer
    case foreign
}
