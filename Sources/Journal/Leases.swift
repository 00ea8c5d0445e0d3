import GRDB
import LosslessJSON
import Session
import WebhookModel

/// The rows of `lease`, and the mark that orders them.
enum Leases {
    static func mark(_ process: JournalProcess, _ database: Database) throws -> JournalMark {
        let holders = try String.fetchSet(
            database,
            sql: """
                SELECT DISTINCT holder FROM lease
                WHERE run IN (SELECT id FROM run WHERE finished_at IS NULL) AND holder IS NOT NULL
                """)
        return JournalMark(place: try place(database), dead: holders.filter { !process.isAlive($0) })
    }

    private static func place(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT value FROM counter WHERE name = 'mark'") ?? 0
    }

    private static func advance(_ database: Database) throws -> Int64 {
        try database.execute(sql: "UPDATE counter SET value = value + 1 WHERE name = 'mark'")
        return try place(database)
    }

    /// What stands in the way of a run that wants these.
    static func judge(
        _ names: [LeasedName], of target: CommitTarget, since mark: JournalMark, resuming run: RunID? = nil,
        _ process: JournalProcess, _ database: Database
    ) throws -> JournalError? {
        var leases = try held(Set(names), of: target, database)
        if let run { leases.merge(try all(of: run, database)) { first, _ in first } }
        let underWay = try underWay(leases, database)
        let verdict = LeaseBook.judge(
            leases, since: mark, resuming: run, by: process.holder,
            isUnderWay: { name, _ in underWay.contains(name) }, isAlive: process.isAlive)
        switch verdict {
        case .unsettled(let runs): return .unsettled(runs)
        case .free: return nil
        case .leased(let run, let names): return .leased(by: run, names)
        case .overtaken(let names): return .overtaken(names)
        }
    }

    static func take(
        _ names: [LeasedName], for run: RunID, of target: CommitTarget, _ process: JournalProcess,
        _ database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO lease (host, organization, name, run, holder, mark)
                SELECT ?, ?, value, ?, ?, ? FROM json_each(?) WHERE true ORDER BY value
                ON CONFLICT DO UPDATE SET run = excluded.run, holder = excluded.holder, mark = excluded.mark
                """,
            arguments: [
                target.host, target.organization, run.rawValue, process.holder, try advance(database),
                list(Set(names)),
            ])
    }

    private static func held(
        _ names: Set<LeasedName>, of target: CommitTarget, _ database: Database
    ) throws -> [LeasedName: LeaseBook.Lease] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT name, run, holder, mark FROM lease
                WHERE host = ? AND organization = ? AND name IN (SELECT value FROM json_each(?))
                """, arguments: [target.host, target.organization, list(names)])
        return leases(rows)
    }

    /// Those that a run has, or had last.
    private static func all(of run: RunID, _ database: Database) throws -> [LeasedName: LeaseBook.Lease] {
        leases(
            try Row.fetchAll(
                database, sql: "SELECT name, run, holder, mark FROM lease WHERE run = ?", arguments: [run.rawValue]))
    }

    private static func leases(_ rows: [Row]) -> [LeasedName: LeaseBook.Lease] {
        var leases: [LeasedName: LeaseBook.Lease] = [:]
        for row in rows {
            let name: LeasedName? =
                row["name"] == "+" ? .creation : WebhookID(rawValue: row["name"]).map { .webhook($0) }
            guard let name else { continue }
            leases[name] = LeaseBook.Lease(
                run: RunID(rawValue: row["run"]), holder: row["holder"], place: row["mark"])
        }
        return leases
    }

    /// The webhooks whose write was noted as sent, and nothing since; creation where such a one is a create.
    private static func underWay(
        _ leases: [LeasedName: LeaseBook.Lease], _ database: Database
    ) throws -> Set<LeasedName> {
        let ofWebhook = try database.makeStatement(
            sql: "SELECT 1 FROM entry WHERE run = ? AND state = ? AND webhook = ?")
        let ofCreation = try database.makeStatement(
            sql: "SELECT 1 FROM entry WHERE run = ? AND state = ? AND operation = ?")
        return try Set(
            leases.filter { name, lease in
                guard lease.holder != nil else { return false }
                let (run, sent) = (lease.run.rawValue, JournalState.sent.rawValue)
                switch name {
                case .webhook(let id):
                    return try Bool.fetchOne(ofWebhook, arguments: [run, sent, id.rawValue]) ?? false
                case .creation:
                    let create = WriteOperation.create.rawValue
                    return try Bool.fetchOne(ofCreation, arguments: [run, sent, create]) ?? false
                }
            }.keys)
    }

    static func release(_ run: RunID, _ database: Database) throws {
        let place = try advance(database)
        try database.execute(
            sql: "UPDATE lease SET holder = NULL, mark = ? WHERE run = ? AND holder IS NOT NULL",
            arguments: [place, run.rawValue])
    }

    /// The names as one parameter, which SQLite takes apart.
    private static func list(_ names: Set<LeasedName>) -> String { JSON(names.map { JSON(text($0)) }).text() }

    private static func text(_ name: LeasedName) -> String {
        switch name {
        case .webhook(let id): id.rawValue
        case .creation: "+"
        }
    }
}

extension CommitTarget {
    /// Whether sessions of the two see each other's leases: the profile's name is nothing to them.
    func sharesLeases(with other: CommitTarget) -> Bool {
        host == other.host && organization == other.organization
    }
}
