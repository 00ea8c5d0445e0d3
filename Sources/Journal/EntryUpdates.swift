import GRDB
import Session

/// New states of entries, in an open transaction.
enum EntryUpdates {
    /// Notes updates of one run, and answers what came of each, in their order. Those that say no more than a state share a
    /// statement with all of that state: most of a commit's do.
    static func note(
        _ updates: [JournalUpdate], of run: RunID, _ database: Database
    ) throws -> [Result<Void, JournalError>] {
        let together = try states(in: updates).filter { state, positions in
            try note(state, at: positions, of: run, database)
        }
        let noted = Set(together.values.joined())
        return try updates.map { noted.contains($0.position) ? .success(()) : try note($0, of: run, database) }
    }

    /// The positions of a state that can share a statement. None where a position is there twice: the order counts then.
    private static func states(in updates: [JournalUpdate]) -> [JournalState: [Int]] {
        var positions: Set<Int> = []
        var states: [JournalState: [Int]] = [:]
        for update in updates {
            guard positions.insert(update.position).inserted else { return [:] }
            if update.isPlain { states[update.state, default: []].append(update.position) }
        }
        return states.filter { $0.value.count > 1 }
    }

    /// Answers whether all were there. Where one was not, each is to be noted by itself, to tell which.
    private static func note(
        _ state: JournalState, at positions: [Int], of run: RunID, _ database: Database
    ) throws -> Bool {
        let list = "[" + positions.map(String.init).joined(separator: ",") + "]"
        try database.cachedStatement(
            sql: """
                UPDATE entry SET state = ?, detail = NULL
                WHERE run = ? AND position IN (SELECT value FROM json_each(?))
                AND (SELECT finished_at FROM run WHERE id = ?) IS NULL
                """
        ).execute(arguments: [state.rawValue, run.rawValue, list, run.rawValue])
        return database.changesCount == positions.count
    }

    private static func note(
        _ update: JournalUpdate, of run: RunID, _ database: Database
    ) throws -> Result<Void, JournalError> {
        try database.cachedStatement(
            sql: """
                UPDATE entry SET state = ?, detail = ?, created_id = coalesce(?, created_id)
                WHERE run = ? AND position = ? AND (SELECT finished_at FROM run WHERE id = ?) IS NULL
                """
        ).execute(arguments: [
            update.state.rawValue, update.detail, update.createdID?.rawValue, run.rawValue, update.position,
            run.rawValue,
        ])
        guard database.changesCount == 1 else { return .failure(try reason(update, run, database)) }
        if let images = update.images { try Entries.replace(images, at: update.position, of: run, database) }
        if let answer = update.answer { try Entries.keep(answer, at: update.position, of: run, database) }
        return .success(())
    }

    /// Why an update met no row.
    private static func reason(_ update: JournalUpdate, _ run: RunID, _ database: Database) throws -> JournalError {
        do {
            _ = try Runs.open(run, database)
            return .unknownEntry(run, position: update.position)
        } catch let error as JournalError {
            return error
        }
    }
}

extension JournalUpdate {
    /// Whether it says no more than a state.
    fileprivate var isPlain: Bool { createdID == nil && detail == nil && images == nil && answer == nil }
}
