import GRDB
import LosslessJSON
import Session
import WebhookModel

extension SQLiteJournal: DraftStore {
    package func save(
        _ entries: [DraftEntry], of session: String, for target: CommitTarget, at time: Timestamp
    ) async throws(JournalError) {
        try await database.write { database in
            for entry in entries {
                if entry.lines.isEmpty {
                    try database.execute(
                        sql: "DELETE FROM draft WHERE session = ? AND webhook = ?",
                        arguments: [session, entry.key.description])
                    continue
                }
                try database.execute(
                    sql: """
                        INSERT INTO draft
                        (profile, host, organization, session, webhook, position, saved_at, edits, base)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT DO UPDATE
                        SET saved_at = excluded.saved_at, edits = excluded.edits, base = excluded.base
                        """,
                    arguments: [
                        target.profile, target.host, target.organization, session, entry.key.description,
                        entry.position, time.description, JSON(entry.lines.map { JSON($0) }).text(),
                        entry.base,
                    ])
            }
        }
    }

    package func drop(_ session: String) async throws(JournalError) {
        try await database.write {
            try $0.execute(sql: "DELETE FROM draft WHERE session = ?", arguments: [session])
        }
    }

    package func drafts(profile: String, host: String) async throws(JournalError) -> [Draft] {
        try await database.read { [process] database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT session, organization, webhook, position, saved_at, edits, base FROM draft
                    WHERE profile = ? AND host = ? ORDER BY session, position
                    """,
                arguments: [profile, host])
            var drafts: [String: Draft] = [:]
            for row in rows {
                let session: String = row["session"]
                guard session != process.holder, !process.isAlive(session) else { continue }
                let target = CommitTarget(profile: profile, host: host, organization: row["organization"])
                let none = Draft(session: session, target: target, savedAt: Timestamp(seconds: 0), entries: [])
                try Self.add(row, to: &drafts[session, default: none])
            }
            return drafts.values.sorted { ($0.savedAt, $0.session) > ($1.savedAt, $1.session) }
        }
    }

    private static func add(_ row: Row, to draft: inout Draft) throws {
        guard let key = WebhookKey(row["webhook"] as String), let time = Timestamp(parsing: row["saved_at"] as String),
            let lines = try? JSON(parsing: row["edits"] as String).array?.compactMap(\.string)
        else { throw JournalError.unavailable("a draft in it is damaged") }
        draft.savedAt = max(draft.savedAt, time)
        draft.entries.append(DraftEntry(key: key, position: row["position"], lines: lines, base: row["base"]))
    }
}
