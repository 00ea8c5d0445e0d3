import Synchronization
import WebhookModel

/// A journal in memory: for dry runs, for tests, and where nothing durable is wanted. Several may share one storage, as
/// processes share a file.
package final class MemoryJournal: JournalStore {
    /// What a file would hold.
    package final class Storage: Sendable {
        fileprivate let state = Mutex(State())
        package init() {}
    }

    fileprivate struct Run {
        let id: RunID
        let header: RunHeader
        var entries: [JournalEntry]
        var finishedAt: Timestamp?
    }

    fileprivate struct State {
        var runs: [Run] = []
        var begun = 0
        var leases: [LeasedName: LeaseBook.Lease] = [:]
        var place: Int64 = 0

        mutating func advance() -> Int64 {
            place += 1
            return place
        }
    }

    private let storage: Storage
    private let holder: String
    private let isAlive: @Sendable (String) -> Bool

    /// By itself, a lease is in force until its run gives it up.
    package init(
        _ storage: Storage = Storage(), holder: String = "this process",
        isAlive: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.storage = storage
        self.holder = holder
        self.isAlive = isAlive
    }

    package func mark() async throws(JournalError) -> JournalMark {
        let (place, holders) = storage.state.withLock { ($0.place, Set($0.leases.values.compactMap(\.holder))) }
        return JournalMark(place: place, dead: holders.filter { !isAlive($0) })
    }

    package func begin(
        _ header: RunHeader, entries: [JournalEntry], since mark: JournalMark
    ) async throws(JournalError) -> RunID {
        try change { (state) throws(JournalError) in
            let id = RunID(rawValue: state.begun + 1)
            try lease(entries, to: id, since: mark, &state)
            state.begun += 1
            state.runs.append(Run(id: id, header: header, entries: entries))
            return id
        }
    }

    package func reopen(_ id: RunID, for target: CommitTarget, since mark: JournalMark) async throws(JournalError) {
        try change { (state) throws(JournalError) in
            let index = try Self.index(of: id, state)
            if state.runs[index].finishedAt != nil { throw .finished(id) }
            try lease(state.runs[index].entries, to: id, since: mark, resuming: id, &state)
        }
    }

    package func record(_ updates: [JournalUpdate], of id: RunID) async -> [Result<Void, JournalError>] {
        updates.map { update in
            Result { () throws(JournalError) in try record(update, of: id) }
        }
    }

    private func record(_ update: JournalUpdate, of id: RunID) throws(JournalError) {
        try change { (state) throws(JournalError) in
            let index = try Self.index(of: id, state)
            if state.runs[index].finishedAt != nil { throw .finished(id) }
            guard state.runs[index].entries.indices.contains(update.position) else {
                throw .unknownEntry(id, position: update.position)
            }
            state.runs[index].entries[update.position].take(update)
        }
    }

    package func release(_ id: RunID) async throws(JournalError) {
        try change { (state) throws(JournalError) in
            _ = try Self.index(of: id, state)
            Self.release(id, &state)
        }
    }

    package func finish(_ id: RunID, at time: Timestamp) async throws(JournalError) {
        try change { (state) throws(JournalError) in
            let index = try Self.index(of: id, state)
            if state.runs[index].finishedAt != nil { throw .finished(id) }
            state.runs[index].finishedAt = time
            Self.release(id, &state)
        }
    }

    package func runs(limit: Int) async throws(JournalError) -> [RunSummary] {
        storage.state.withLock { $0.runs.reversed().prefix(max(0, limit)).map(Self.summary) }
    }

    package func run(_ id: RunID) async throws(JournalError) -> RunSummary {
        try change { (state) throws(JournalError) in Self.summary(state.runs[try Self.index(of: id, state)]) }
    }

    package func entries(of id: RunID) async throws(JournalError) -> [JournalEntry] {
        try change { (state) throws(JournalError) in state.runs[try Self.index(of: id, state)].entries }
    }

    package func webhooks(besides id: RunID) async throws(JournalError) -> OtherWebhooks {
        try change { (state) throws(JournalError) in
            let host = state.runs[try Self.index(of: id, state)].header.target.host
            return state.runs.reduce(into: OtherWebhooks()) { others, run in
                guard run.id != id, run.header.target.host == host else { return }
                for entry in run.entries { others.add((entry.key.id, entry.createdID), isOlder: run.id < id) }
            }
        }
    }

    package func prune(before time: Timestamp) async throws(JournalError) -> Int {
        storage.state.withLock { state in
            let count = state.runs.count
            state.runs.removeAll { run in run.finishedAt.map { $0 < time } ?? false }
            return count - state.runs.count
        }
    }

    private func lease(
        _ entries: [JournalEntry], to run: RunID, since mark: JournalMark, resuming: RunID? = nil,
        _ state: inout State
    ) throws(JournalError) {
        let names = Set(entries.compactMap(\.leasedName))
        let leases = state.leases.filter { names.contains($0.key) || $0.value.run == resuming }
        let verdict = LeaseBook.judge(
            leases, since: mark, resuming: resuming, by: holder,
            isUnderWay: { name, run in Self.isUnderWay(name, of: run, state) }, isAlive: isAlive)
        switch verdict {
        case .leased(let run, let names): throw .leased(by: run, names)
        case .overtaken(let names): throw .overtaken(names)
        case .unsettled(let runs): throw .unsettled(runs)
        case .free: break
        }
        let taken = LeaseBook.Lease(run: run, holder: holder, place: state.advance())
        for name in names { state.leases[name] = taken }
    }

    private static func isUnderWay(_ name: LeasedName, of run: RunID, _ state: State) -> Bool {
        guard let run = state.runs.first(where: { $0.id == run }) else { return false }
        return run.entries.contains { $0.state == .sent && LeasedName($0.key) == name }
    }

    private static func release(_ run: RunID, _ state: inout State) {
        let place = state.advance()
        for (name, lease) in state.leases where lease.run == run && lease.holder != nil {
            state.leases[name] = LeaseBook.Lease(run: run, holder: nil, place: place)
        }
    }

    private static func index(of id: RunID, _ state: State) throws(JournalError) -> Int {
        guard let index = state.runs.firstIndex(where: { $0.id == id }) else { throw .unknownRun(id) }
        return index
    }

    private static func summary(_ run: Run) -> RunSummary {
        RunSummary(
            id: run.id, header: run.header, finishedAt: run.finishedAt,
            counts: run.entries.reduce(into: [:]) { $0[$1.state, default: 0] += 1 })
    }

    private func change<Value: Sendable>(
        _ body: (inout State) throws(JournalError) -> Value
    ) throws(JournalError) -> Value {
        let result = storage.state.withLock { state -> Result<Value, JournalError> in
            Result { () throws(JournalError) in try body(&state) }
        }
        return try result.get()
    }
}

extension JournalEntry {
    /// What the entry needs a lease on; nil when it writes nothing.
    package var leasedName: LeasedName? { state.isFinal ? nil : LeasedName(key) }

    /// Takes a new state and what came with it.
    package mutating func take(_ update: JournalUpdate) {
        state = update.state
        detail = update.detail
        if let created = update.createdID { createdID = created }
        if let images = update.images { (before, target) = (images.before, images.target) }
        if let answer = update.answer { self.answer = answer }
    }
}
