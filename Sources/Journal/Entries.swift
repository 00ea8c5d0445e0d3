import GRDB
import LosslessJSON
import Session
import WebhookModel

/// The rows of `entry` and `image`.
enum Entries {
    static func insert(_ entries: [JournalEntry], of run: RunID, _ database: Database) throws {
        let entry = try database.makeStatement(
            sql: """
                INSERT INTO entry (run, position, webhook, operation, equal_before, state, created_id, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let image = try database.makeStatement(
            sql: "INSERT INTO image (run, position, before, target, answer) VALUES (?, ?, ?, ?, ?)")
        let pieces = stride(from: 0, to: entries.count, by: pieceLength).map {
            $0..<min($0 + pieceLength, entries.count)
        }
        try Ahead.forEach(pieces.count) {
            rows(of: entries, at: pieces[$0], of: run)
        } use: { rows in
            try rows.entries.insert(by: entry, database)
            try rows.images.insert(by: image, database)
        }
    }

    /// How many are made ready at a time: what takes about a millisecond.
    private static let pieceLength = 512

    private static func rows(
        of new: [JournalEntry], at positions: Range<Int>, of run: RunID
    ) -> (entries: Rows, images: Rows) {
        var (entries, images) = (Rows(), Rows())
        for position in positions {
            let entry = new[position]
            entries.append(run.rawValue)
            entries.append(position)
            entries.append(entry.key.description)
            entries.append(entry.operation.rawValue)
            entries.append(entry.equalBefore.isEmpty ? nil : JSON(entry.equalBefore.map { JSON($0.rawValue) }))
            entries.append(entry.state.rawValue)
            entries.append(entry.createdID?.rawValue)
            entries.append(entry.detail)
            images.append(run.rawValue)
            images.append(position)
            images.append(entry.before)
            images.append(entry.target)
            images.append(entry.answer)
        }
        return (entries, images)
    }

    static func replace(
        _ images: JournalUpdate.Images, at position: Int, of run: RunID, _ database: Database
    ) throws {
        try database.execute(
            sql: "UPDATE image SET before = ?, target = ? WHERE run = ? AND position = ?",
            arguments: [images.before?.text(), images.target?.text(), run.rawValue, position])
    }

    static func keep(_ answer: JSON, at position: Int, of run: RunID, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE image SET answer = ? WHERE run = ? AND position = ?",
            arguments: [answer.text(), run.rawValue, position])
    }

    static func counts(of run: RunID, _ database: Database) throws -> [JournalState: Int] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT state, count(*) AS count FROM entry WHERE run = ? GROUP BY state",
            arguments: [run.rawValue])
        var counts: [JournalState: Int] = [:]
        for row in rows { counts[try state(row["state"])] = row["count"] }
        return counts
    }

    static func all(of run: RunID, _ database: Database) throws -> [JournalEntry] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM entry JOIN image USING (run, position) WHERE run = ? ORDER BY position",
            arguments: [run.rawValue]
        ).map(entry)
    }

    /// What a run that goes on needs leases on.
    static func leasedNames(of run: RunID, _ database: Database) throws -> [LeasedName] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT webhook, state FROM entry WHERE run = ?", arguments: [run.rawValue])
        return try rows.compactMap { row in
            try state(row["state"]).isFinal ? nil : LeasedName(try key(row["webhook"]))
        }
    }

    static func webhooks(besides run: RunID, _ database: Database) throws -> OtherWebhooks {
        let host = try Runs.summary(run, database).header.target.host
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT run, webhook, created_id FROM entry JOIN run ON run.id = entry.run
                WHERE run.host = ?1 AND run.id <> ?2 AND (created_id IS NOT NULL OR run.id < ?2)
                """, arguments: [host, run.rawValue])
        var others = OtherWebhooks()
        while let row = try rows.next() {
            let created: String? = row["created_id"]
            others.add(
                (try key(row["webhook"]).id, created.flatMap(WebhookID.init)), isOlder: row["run"] < run.rawValue)
        }
        return others
    }

    private static func entry(_ row: Row) throws -> JournalEntry {
        guard let operation = WriteOperation(rawValue: row["operation"]) else { throw damaged(row["operation"]) }
        var entry = JournalEntry(
            key: try key(row["webhook"]), operation: operation, before: try document(row["before"]),
            target: try document(row["target"]), state: try state(row["state"]), detail: row["detail"],
            answer: try document(row["answer"]))
        entry.equalBefore =
            try document(row["equal_before"])?.array?.compactMap { $0.string.flatMap(WebhookID.init) } ?? []
        let created: String? = row["created_id"]
        entry.createdID = created.flatMap(WebhookID.init)
        return entry
    }

    private static func document(_ text: String?) throws -> JSON? {
        guard let text else { return nil }
        do { return try JSON(parsing: text) } catch { throw damaged("a document") }
    }

    private static func key(_ text: String) throws -> WebhookKey {
        guard let key = WebhookKey(text) else { throw damaged(text) }
        return key
    }

    private static func state(_ text: String) throws -> JournalState {
        guard let state = JournalState(rawValue: text) else { throw damaged(text) }
        return state
    }

    private static func damaged(_ what: String) -> JournalError { .unavailable("it is damaged at \(what)") }
}
