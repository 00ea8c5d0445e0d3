import GRDB
import Session
import WebhookModel

/// The rows of `run`.
enum Runs {
    static func insert(_ header: RunHeader, _ database: Database) throws -> RunID {
        var origin: Int?
        if case .rollback(let run) = header.kind { origin = run.rawValue }
        try database.execute(
            sql: """
                INSERT INTO run (started_at, profile, host, organization, script, rollback_of)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                header.startedAt.description, header.target.profile, header.target.host, header.target.organization,
                header.script, origin,
            ])
        return RunID(rawValue: Int(database.lastInsertedRowID))
    }

    /// The header of a run that is not finished.
    static func open(_ run: RunID, _ database: Database) throws -> RunHeader {
        let summary = try summary(run, database)
        if summary.finishedAt != nil { throw JournalError.finished(run) }
        return summary.header
    }

    static func finish(_ run: RunID, at time: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE run SET finished_at = ? WHERE id = ?", arguments: [time.description, run.rawValue])
    }

    static func summary(_ run: RunID, _ database: Database) throws -> RunSummary {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM run WHERE id = ?", arguments: [run.rawValue])
        else { throw JournalError.unknownRun(run) }
        return try summary(row, database)
    }

    static func newest(_ limit: Int, _ database: Database) throws -> [RunSummary] {
        try Row.fetchAll(database, sql: "SELECT * FROM run ORDER BY id DESC LIMIT ?", arguments: [limit])
            .map { try summary($0, database) }
    }

    private static func summary(_ row: Row, _ database: Database) throws -> RunSummary {
        let id = RunID(rawValue: row["id"])
        let target = CommitTarget(profile: row["profile"], host: row["host"], organization: row["organization"])
        let origin: Int? = row["rollback_of"]
        let header = RunHeader(
            startedAt: try time(row["started_at"]), target: target, script: row["script"],
            kind: origin.map { .rollback(of: RunID(rawValue: $0)) } ?? .commit)
        let finishedAt: String? = row["finished_at"]
        return RunSummary(
            id: id, header: header, finishedAt: try finishedAt.map(time), counts: try Entries.counts(of: id, database))
    }

    private static func time(_ text: String) throws -> Timestamp {
        guard let time = Timestamp(parsing: text) else {
            throw JournalError.unavailable("a time in it is damaged: \(text)")
        }
        return time
    }

    static func prune(before time: Timestamp, _ database: Database) throws -> Int {
        // Times are texts in one form, in the order of the times but within a second. Leases stay: their marks tell a
        // session that its reading was overtaken, and they hold nothing but identifiers.
        try database.execute(
            sql: "DELETE FROM run WHERE finished_at < ?", arguments: [time.description])
        return database.changesCount
    }
}
