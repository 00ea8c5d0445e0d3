import Session
import WebhookModel

/// The journal as one process calls it: writes take time, may fail, and may be cut off by a crash, which leaves them done
/// or not done. What was really written is noted.
struct ObservedJournal: JournalStore {
    let process: Process
    let inner: MemoryJournal

    private var world: World { process.world }

    func mark() async throws(JournalError) -> JournalMark {
        try await read { () async throws(JournalError) in try await inner.mark() }
    }

    func begin(
        _ header: RunHeader, entries: [JournalEntry], since mark: JournalMark
    ) async throws(JournalError) -> RunID {
        try await write { () async throws(JournalError) in
            let run = try await inner.begin(header, entries: entries, since: mark)
            world.noteBegin(of: run, header, entries, by: process)
            return run
        }
    }

    func reopen(_ run: RunID, for target: CommitTarget, since mark: JournalMark) async throws(JournalError) {
        try await write { () async throws(JournalError) in
            try await inner.reopen(run, for: target, since: mark)
            world.noteReopening(of: run, by: process)
        }
    }

    func record(_ updates: [JournalUpdate], of run: RunID) async -> [Result<Void, JournalError>] {
        let asked = world.kernel.now
        do throws(JournalError) {
            return try await write { () async throws(JournalError) in
                let results = await inner.record(updates, of: run)
                for (update, result) in zip(updates, results) {
                    if case .success = result { world.noteRecord(update, of: run, by: process, asked: asked) }
                }
                return results
            }
        } catch {
            return updates.map { _ in .failure(error) }
        }
    }

    func release(_ run: RunID) async throws(JournalError) {
        try await write { () async throws(JournalError) in
            try await inner.release(run)
            world.noteRelease(of: run, isFinished: false, by: process)
        }
    }

    func finish(_ run: RunID, at time: Timestamp) async throws(JournalError) {
        try await write { () async throws(JournalError) in
            try await inner.finish(run, at: time)
            world.noteRelease(of: run, isFinished: true, by: process)
        }
    }

    func runs(limit: Int) async throws(JournalError) -> [RunSummary] {
        try await read { () async throws(JournalError) in try await inner.runs(limit: limit) }
    }

    func run(_ id: RunID) async throws(JournalError) -> RunSummary {
        try await read { () async throws(JournalError) in try await inner.run(id) }
    }

    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] {
        try await read { () async throws(JournalError) in try await inner.entries(of: run) }
    }

    func webhooks(besides run: RunID) async throws(JournalError) -> OtherWebhooks {
        try await read { () async throws(JournalError) in try await inner.webhooks(besides: run) }
    }

    func prune(before time: Timestamp) async throws(JournalError) -> Int {
        try await write { () async throws(JournalError) in try await inner.prune(before: time) }
    }

    private func read<Value: Sendable>(
        _ body: () async throws(JournalError) -> Value
    ) async throws(JournalError) -> Value {
        await process.gate()
        if world.kernel.isClosing { throw .unavailable("closed") }
        return try await body()
    }

    private func write<Value: Sendable>(
        _ body: () async throws(JournalError) -> Value
    ) async throws(JournalError) -> Value {
        await process.gate()
        if world.kernel.isClosing { throw .unavailable("closed") }
        if world.drawJournalFault() { throw .unavailable("disk full") }
        let delay = world.dice.journal.below(4)
        if delay > 0 { _ = await world.kernel.sleep(for: .milliseconds(delay)) }
        // The process died while this was on its way to the disk: it arrived, or it didn't.
        if !process.isAlive, world.dice.journal.oneIn(2) { await world.kernel.park() }
        if world.kernel.isClosing { throw .unavailable("closed") }
        let value = try await body()
        await process.gate()
        return value
    }
}
