import GRDB
import Session
import WebhookModel

/// The rows of `lease`, and the mark that orders them.
enum Leases {
    static func mark(_ database: Database) throws -> JournalMark {
        JournalMark(
            rawValue: try Int64.fetchOne(database, sql: "SELECT value FROM counter WHERE name = 'mark'") ?? 0)
    }

    private static func advance(_ database: Database) throws -> JournalMark {
        try database.execute(sql: "UPDATE counter SET value = value + 1 WHERE name = 'mark'")
        return try mark(database)
    }

    /// What stands in the way of a run that wants these. Leases of the dead are buried on the way.
    static func judge(
        _ names: [LeasedName], of target: CommitTarget, since mark: JournalMark, resuming run: RunID? = nil,
        _ process: JournalProcess, _ database: Database
    ) throws -> JournalError? {
        let leases = try held(Set(names), of: target, database)
        let verdict = LeaseBook.judge(
            leases, since: mark, resuming: run, by: process.holder, isAlive: process.isAlive)
        switch verdict {
        case .free: return nil
        case .leased(let run, let names): return .leased(by: run, names)
        case .overtaken(let names, let dead):
            let grave = try advance(database)
            for name in dead {
                try database.execute(
                    sql: """
                        UPDATE lease SET holder = NULL, mark = ? WHERE host = ? AND organization = ? AND name = ?
                        """,
                    arguments: [grave.rawValue, target.host, target.organization, text(name)])
            }
            return .overtaken(names)
        }
    }

    static func take(
        _ names: [LeasedName], for run: RunID, of target: CommitTarget, _ process: JournalProcess,
        _ database: Database
    ) throws {
        let statement = try database.makeStatement(
            sql: """
                INSERT INTO lease (host, organization, name, run, holder, mark) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET run = excluded.run, holder = excluded.holder, mark = excluded.mark
                """)
        let taken = try advance(database)
        for name in Set(names) {
            try statement.execute(arguments: [
                target.host, target.organization, text(name), run.rawValue, process.holder, taken.rawValue,
            ])
        }
    }

    private static func held(
        _ names: Set<LeasedName>, of target: CommitTarget, _ database: Database
    ) throws -> [LeasedName: LeaseBook.Lease] {
        let statement = try database.makeStatement(
            sql: "SELECT run, holder, mark FROM lease WHERE host = ? AND organization = ? AND name = ?")
        var leases: [LeasedName: LeaseBook.Lease] = [:]
        for name in names {
            let row = try Row.fetchOne(statement, arguments: [target.host, target.organization, text(name)])
            guard let row else { continue }
            leases[name] = LeaseBook.Lease(
                run: RunID(rawValue: row["run"]), holder: row["holder"], mark: JournalMark(rawValue: row["mark"]))
        }
        return leases
    }

    static func release(_ run: RunID, _ database: Database) throws {
        let mark = try advance(database)
        try database.execute(
            sql: "UPDATE lease SET holder = NULL, mark = ? WHERE run = ? AND holder IS NOT NULL",
            arguments: [mark.rawValue, run.rawValue])
    }

    private static func text(_ name: LeasedName) -> String {
        switch name {
        case .webhook(let id): id.rawValue
        case .creation: "+"
        }
    }
}
