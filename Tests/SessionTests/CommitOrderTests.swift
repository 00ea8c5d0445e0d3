import LosslessJSON
import Session
import Synchronization
import TestSupport
import Testing
import WebhookModel

/// A journal that notes the order of calls, and fails when told.
private final class WatchedJournal: JournalStore {
    enum Call: Hashable {
        case begin([JournalEntry])
        case record(Int, JournalState)
        case finish
        case release
        case request(InMemoryWebhookService.Operation)
    }

    private let inner = MemoryJournal()
    private let state = Mutex((calls: [Call](), failsAt: Int.max))

    var calls: [Call] { state.withLock(\.calls) }
    func failFrom(call number: Int) { state.withLock { $0.failsAt = number } }
    func note(_ call: Call) { state.withLock { $0.calls.append(call) } }

    private func check(_ call: Call) throws(JournalError) {
        let fails = state.withLock { state in
            state.calls.append(call)
            return state.calls.count > state.failsAt
        }
        if fails { throw .unavailable("disk full") }
    }

    func mark() async throws(JournalError) -> JournalMark { try await inner.mark() }
    func begin(
        _ header: RunHeader, entries: [JournalEntry], since mark: JournalMark
    ) async throws(JournalError) -> RunID {
        try check(.begin(entries))
        return try await inner.begin(header, entries: entries, since: mark)
    }
    func reopen(_ run: RunID, for target: CommitTarget, since mark: JournalMark) async throws(JournalError) {
        try await inner.reopen(run, for: target, since: mark)
    }
    func release(_ run: RunID) async throws(JournalError) {
        try check(.release)
        try await inner.release(run)
    }
    func run(_ id: RunID) async throws(JournalError) -> RunSummary { try await inner.run(id) }
    func prune(before time: Timestamp) async throws(JournalError) -> Int { try await inner.prune(before: time) }
    func record(_ updates: [JournalUpdate], of run: RunID) async -> [Result<Void, JournalError>] {
        var results: [Result<Void, JournalError>] = []
        for update in updates {
            do throws(JournalError) {
                try check(.record(update.position, update.state))
                results += await inner.record([update], of: run)
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }
    func finish(_ run: RunID, at time: Timestamp) async throws(JournalError) {
        try check(.finish)
        try await inner.finish(run, at: time)
    }
    func runs(limit: Int) async throws(JournalError) -> [RunSummary] { try await inner.runs(limit: limit) }
    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] { try await inner.entries(of: run) }
    func webhooks(besides run: RunID) async throws(JournalError) -> OtherWebhooks {
        try await inner.webhooks(besides: run)
    }
}

@Suite("The journal of a commit")
struct CommitOrderTests {
    private let pause = Samples.set("active", false)

    private func bench(
        staged count: Int
    ) async throws -> (service: InMemoryWebhookService, journal: WatchedJournal, session: Session) {
        let journal = WatchedJournal()
        let service = InMemoryWebhookService((1...5).map { Samples.document($0) }) { request in
            if request.operation.isWrite { journal.note(.request(request.operation)) }
        }
        let session = Session(
            service: service, journal: journal, clock: StillClock(), target: CommitTarget(profile: "p", host: "h"))
        try await session.refresh()
        let keys = (1...count).map { Samples.key($0) }
        try await session.update { state in _ = try state.stage(pause, on: keys) }
        return (service, journal, session)
    }

    @Test("has before-images and targets, then `sent`, before each write leaves")
    func order() async throws {
        let (_, journal, session) = try await bench(staged: 2)
        _ = try await session.commit(CommitOptions(secrets: .plain))
        guard case .begin(let entries) = journal.calls.first else { throw CommitTests.Unexpected() }
        #expect(entries.map(\.before) == [Samples.document(1), Samples.document(2)])
        #expect(entries.allSatisfy { $0.target?["is_active"] == false && $0.state == .planned })
        #expect(
            journal.calls.dropFirst() == [
                .record(0, .sent), .request(.update), .record(0, .confirmed), .record(1, .sent), .request(.update),
                .record(1, .confirmed), .finish,
            ])
    }

    @Test("that can't be begun stops before anything is sent")
    func beginFails() async throws {
        let (service, journal, session) = try await bench(staged: 2)
        journal.failFrom(call: 0)
        let report = try await session.commit(CommitOptions(secrets: .plain))
        #expect(report.outcome == .journal(.unavailable("disk full")))
        #expect(service.puts.isEmpty)
        #expect(await session.state.stagedCount == 2)
    }

    @Test("that fails under way stops the run, and what was confirmed counts", arguments: 1...8)
    func failsUnderWay(_ call: Int) async throws {
        let (service, journal, session) = try await bench(staged: 3)
        journal.failFrom(call: call)
        let report = try await session.commit(CommitOptions(secrets: .plain))
        // Whatever was sent had `sent` noted before it.
        let sent = journal.calls.prefix(call).count { if case .record(_, .sent) = $0 { true } else { false } }
        #expect(service.puts.count == sent)
        #expect(report.counts[.confirmed, default: 0] == sent)
        #expect(await session.state.stagedCount == 3 - sent)
    }
}

@Suite("A commit that is interrupted")
struct CommitInterruptTests {
    private let pause = Samples.set("active", false)

    /// Lets writes wait until they are let go.
    private final class Gate: Sendable {
        private let state = Mutex((isOpen: false, waiting: [CheckedContinuation<Void, Never>](), arrived: 0))

        func pass() async {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    state.arrived += 1
                    if !state.isOpen { state.waiting.append(continuation) }
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
        }

        var arrivals: Int { state.withLock(\.arrived) }

        func open() {
            let waiting = state.withLock { state in
                state.isOpen = true
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }

        func waitForArrivals(_ count: Int) async throws {
            let deadline = ContinuousClock.now.advanced(by: .seconds(120))
            while state.withLock({ $0.arrived }) < count {
                if ContinuousClock.now > deadline { throw CommitTests.Unexpected() }
                try await Task.sleep(for: .milliseconds(1))
            }
        }
    }

    private func gated(_ count: Int) async throws -> (Bench, Gate) {
        let gate = Gate()
        let bench = try await Bench((1...count).map { Samples.document($0) }) { request in
            if request.operation.isWrite { await gate.pass() }
        }
        let keys = (1...count).map { Samples.key($0) }
        try await bench.session.update { state in _ = try state.stage(pause, on: keys) }
        return (bench, gate)
    }

    @Test("sends nothing more, and waits for the writes in flight")
    func cancelled() async throws {
        let (bench, gate) = try await gated(6)
        let commit = Task { try await bench.commit { $0.send.concurrency = 2 } }
        try await gate.waitForArrivals(2)
        commit.cancel()
        gate.open()
        let report = try await commit.value
        #expect(report.stop == .cancelled && report.outcome == .partly)
        #expect(report.counts == [.confirmed: 2, .planned: 4])
        #expect(bench.service.puts.count == 2)
        #expect(await bench.session.state.stagedCount == 4)
        #expect(try await bench.commit().counts == [.confirmed: 4])
    }

    @Test("before anything was sent sends nothing")
    func cancelledEarly() async throws {
        let (bench, gate) = try await gated(2)
        gate.open()
        let prepared = try await bench.session.prepare(CommitOptions(secrets: .plain))
        let commit = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await bench.session.commit(prepared)
        }
        #expect(try await commit.value.outcome == .interrupted)
        #expect(bench.service.puts.isEmpty)
    }

    @Test("and abandoned doesn't wait, and says that what was in flight is unknown")
    func abandoned() async throws {
        let (bench, gate) = try await gated(3)
        let control = CommitControl()
        let commit = Task { try await bench.session.commit(CommitOptions(secrets: .plain), control: control) }
        try await gate.waitForArrivals(1)
        control.abandon()
        let report = try await commit.value
        #expect(report.counts == [.unknown: 1, .planned: 2])
        #expect(
            try await bench.journal.entries(of: try #require(report.run)).map(\.state) == [.sent, .planned, .planned])
        #expect(await bench.session.state.stagedCount == 3)
        gate.open()
    }

    @Test("and abandoned lets go of what was in flight, so that nothing of it leaves later")
    func abandonedIsLetGo() async throws {
        let gate = Gate()
        let isLetGo = Mutex(false)
        let bench = try await Bench([Samples.document(1)]) { request in
            guard request.operation.isWrite else { return }
            await withTaskCancellationHandler {
                await gate.pass()
            } onCancel: {
                isLetGo.withLock { $0 = true }
                gate.open()
            }
        }
        try await bench.session.update { state in _ = try state.stage(pause, on: [Samples.key(1)]) }
        let control = CommitControl()
        let commit = Task { try await bench.session.commit(CommitOptions(secrets: .plain), control: control) }
        try await gate.waitForArrivals(1)
        control.abandon()
        #expect(try await commit.value.stop == .abandoned)
        #expect(isLetGo.withLock { $0 })
    }

    @Test("held by two goes on once both have let go of it")
    func heldByTwo() async throws {
        let (bench, gate) = try await gated(3)
        let control = CommitControl()
        let stops = Gate()
        control.pause(by: .pauseFile)
        control.pause(by: .suspension) { Task { await stops.pass() } }
        let commit = Task { try await bench.session.commit(CommitOptions(secrets: .plain), control: control) }
        try await stops.waitForArrivals(1)
        control.proceed(by: .suspension)
        #expect(control.isPaused)
        // It can be stopped once more only while nothing is under way.
        control.pause(by: .suspension) { Task { await stops.pass() } }
        try await stops.waitForArrivals(2)
        #expect(gate.arrivals == 0)
        stops.open()
        control.proceed(by: .pauseFile)
        #expect(control.isPaused)
        control.proceed(by: .suspension)
        gate.open()
        #expect(try await commit.value.outcome == .done)
    }

    @Test("and cancelled while it looks at everything once more doesn't wait for that, and is done")
    func cancelledReview() async throws {
        let gate = Gate()
        let hasWritten = Mutex(false)
        let bench = try await Bench([Samples.document(1)]) { request in
            if request.operation.isWrite { hasWritten.withLock { $0 = true } }
            guard request.operation == .list, hasWritten.withLock(\.self) else { return }
            await withTaskCancellationHandler {
                await gate.pass()
            } onCancel: {
                gate.open()
            }
        }
        try await bench.session.update { state in _ = try state.stage(pause, on: [Samples.key(1)]) }
        let commit = Task { try await bench.session.commit(CommitOptions(secrets: .plain)) }
        try await gate.waitForArrivals(1)
        commit.cancel()
        let report = try await commit.value
        #expect(report.stop == .cancelled && report.counts == [.confirmed: 1])
        #expect(try await bench.journal.run(try #require(report.run)).finishedAt != nil)
    }

    @Test("writes at most as many at once as allowed", arguments: [1, 3, 16])
    func concurrency(_ limit: Int) async throws {
        let counts = Mutex((now: 0, most: 0))
        let bench = try await Bench((1...20).map { Samples.document($0) }) { request in
            guard request.operation.isWrite else { return }
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
            for _ in 0..<20 { await Task.yield() }
            counts.withLock { $0.now -= 1 }
        }
        try await bench.session.update { state in
            _ = try state.stage(pause, on: (1...20).map { Samples.key($0) })
        }
        #expect(try await bench.commit { $0.send.concurrency = limit }.outcome == .done)
        #expect(counts.withLock(\.most) <= limit)
    }

    @Test("tells how far it is")
    func progress() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2)
        let told = Mutex<[String]>([])
        _ = try await bench.session.commit(CommitOptions(secrets: .plain)) { progress in
            told.withLock { told in
                switch progress {
                case .refreshing(let strategy): told.append("refreshing \(strategy)")
                case .planned(let plan): told.append("planned \(plan.writes)")
                case .started(_, let total): told.append("started \(total)")
                case .finished(let key, let kind, let done, let total): told.append("\(key) \(kind) \(done)/\(total)")
                case .settling(let key, _): told.append("settling \(key)")
                case .rereading: told.append("rereading")
                case .awaiting(let run, _): told.append("awaiting \(run)")
                case .reviewing: told.append("reviewing")
                }
            }
        }
        #expect(
            told.withLock { $0 } == [
                "refreshing list(pages: 1)", "planned 2", "started 2", "wh_sample1 confirmed 1/2",
                "wh_sample2 confirmed 2/2", "reviewing",
            ])
    }
}
