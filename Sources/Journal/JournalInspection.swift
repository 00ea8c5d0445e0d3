import GRDB
import Session

/// A look at a journal's file that leaves it as it is.
package enum JournalInspection {
    /// Opens the file, reads it through, and takes and gives back the right to write.
    ///
    /// - Parameter path: a file that is there.
    /// - Throws: `exposed`, `newer`, or `unavailable` with what is wrong: damage, a read-only place, no room.
    package static func examine(_ path: String) async throws(JournalError) -> JournalExamination {
        try JournalFile.check(path)
        do {
            var configuration = Configuration()
            configuration.label = "journal"
            configuration.busyMode = .timeout(2)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            return try await queue.writeWithoutTransaction { try look($0, path: path) }
        } catch { throw JournalDatabase.failure(error, path: path) }
    }

    private static func look(_ database: Database, path: String) throws -> JournalExamination {
        try JournalSchema.check(database)
        if let damage = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"), damage != "ok" {
            throw JournalError.unavailable("\(path) is damaged: \(damage)")
        }
        var found = JournalExamination(runs: 0, openRuns: 0)
        if try database.tableExists("run") {
            found.runs = try Int.fetchOne(database, sql: "SELECT count(*) FROM run") ?? 0
            let open = "SELECT count(*) FROM run WHERE finished_at IS NULL"
            found.openRuns = try Int.fetchOne(database, sql: open) ?? 0
        }
        // A file that can be read only refuses here.
        try database.inTransaction(.immediate) { .rollback }
        return found
    }
}
