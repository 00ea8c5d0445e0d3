import GRDB
import Session

/// For tests that look at what SQLite was told.
extension SQLiteJournal {
    package func pragma(_ name: String) async throws(JournalError) -> String {
        try await database.read { try String.fetchOne($0, sql: "PRAGMA \(name)") ?? "" }
    }

    /// Lets the file grow no further, as a full disk does.
    package func limitPages() async throws(JournalError) {
        try await database.write { database in
            let count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(count)")
        }
    }
}
