import Synchronization
import WebhookModel

/// A journal that lasts as long as the process: for dry runs, for tests, and where nothing durable is wanted.
package final class MemoryJournal: JournalStore {
    private struct Run {
        let header: RunHeader
        var entries: [JournalEntry]
        var finishedAt: Timestamp?
    }

    private let runs = Mutex<[Run]>([])

    package init() {}

    package func begin(_ header: RunHeader, entries: [JournalEntry]) async throws(JournalError) -> RunID {
        runs.withLock { runs in
            runs.append(Run(header: header, entries: entries))
            return RunID(rawValue: runs.count)
        }
    }

    package func record(_ update: JournalUpdate, of id: RunID) async throws(JournalError) {
        try change(id) { (run) throws(JournalError) in
            if run.finishedAt != nil { throw .finished(id) }
            guard run.entries.indices.contains(update.position) else {
                throw .unknownEntry(id, position: update.position)
            }
            run.entries[update.position].state = update.state
            run.entries[update.position].detail = update.detail
            if let created = update.createdID { run.entries[update.position].createdID = created }
        }
    }

    package func finish(_ id: RunID, at time: Timestamp) async throws(JournalError) {
        try change(id) { (run) throws(JournalError) in
            if run.finishedAt != nil { throw .finished(id) }
            run.finishedAt = time
        }
    }

    package func runs(limit: Int) async throws(JournalError) -> [RunSummary] {
        runs.withLock { runs in
            runs.enumerated().reversed().prefix(max(0, limit)).map { offset, run in
                RunSummary(
                    id: RunID(rawValue: offset + 1), header: run.header, finishedAt: run.finishedAt,
                    counts: run.entries.reduce(into: [:]) { $0[$1.state, default: 0] += 1 })
            }
        }
    }

    package func entries(of id: RunID) async throws(JournalError) -> [JournalEntry] {
        let entries = runs.withLock { runs in
            runs.indices.contains(id.rawValue - 1) ? runs[id.rawValue - 1].entries : nil
        }
        guard let entries else { throw .unknownRun(id) }
        return entries
    }

    private func change(
        _ id: RunID, _ body: (inout Run) throws(JournalError) -> Void
    ) throws(JournalError) {
        let result = runs.withLock { runs -> Result<Void, JournalError> in
            guard runs.indices.contains(id.rawValue - 1) else { return .failure(.unknownRun(id)) }
            return Result { () throws(JournalError) in try body(&runs[id.rawValue - 1]) }
        }
        try result.get()
    }
}
