import LosslessJSON
import WebhookModel

extension Session {
    /// Reads the server's copies of what is staged, with the fewest requests, and plans.
    package func prepare(
        _ options: CommitOptions, observer: CommitObserver = { _ in }
    ) async throws(ServiceError) -> PreparedCommit {
        let keys = state.staged.map(\.key).filter { options.only?.contains($0) ?? true }
        return try await prepare(.staging, keys: keys, options, observer) { [self] in
            keys.compactMap { state.staged($0) }
        }
    }

    /// The same for edits from elsewhere. The staged edits are looked up after the reading, so that none is missed.
    func prepare(
        _ source: PreparedCommit.Source, keys: [WebhookKey], _ options: CommitOptions, _ observer: CommitObserver,
        staged: () -> [Staged]
    ) async throws(ServiceError) -> PreparedCommit {
        let mark = await currentMark()
        let seen = keys.contains { $0.id == nil } ? state.seen : []
        let snapshot = try await snapshot(for: keys, options, observer)
        let plan = options.planner.plan(staged(), against: snapshot)
        observer(.planned(plan))
        return PreparedCommit(
            plan: plan, options: options, breaches: breaches(of: plan, snapshot, options), source: source,
            snapshot: snapshot, seenBefore: seen, mark: mark)
    }

    private func breaches(of plan: Plan, _ snapshot: LiveSnapshot, _ options: CommitOptions) -> [LimitBreach] {
        let organization =
            snapshot.isComplete ? snapshot.ids.count : state.listing.listedAt.map { _ in state.listing.count }
        return options.limits.breaches(of: plan, organization: organization)
    }

    /// An error is kept for the moment at which the journal is needed: a dry run needs none.
    func currentMark() async -> Result<JournalMark, JournalError> {
        do throws(JournalError) { return .success(try await journal.mark()) } catch { return .failure(error) }
    }

    /// Reads, plans and sends.
    package func commit(
        _ options: CommitOptions, control: CommitControl = CommitControl(),
        observer: @escaping CommitObserver = { _ in }, canary: @escaping CanaryQuestion = { true }
    ) async throws(ServiceError) -> CommitReport {
        try await commit(
            try await prepare(options, observer: observer), control: control, observer: observer, canary: canary)
    }

    /// Sends what was planned. A plan is made anew first when its reading has grown too old, when its edits have changed,
    /// or when another session of ours has written one of its webhooks since.
    ///
    /// What the server confirmed leaves the staging and becomes the base; everything else stays staged. A run that was
    /// stopped, cancelled or refused is a report, not an error; an error means that the server could not be read and
    /// nothing was sent.
    ///
    /// `review` is asked about every plan that was made anew; nothing is sent of one that it refuses.
    package func commit(
        _ prepared: PreparedCommit, control: CommitControl = CommitControl(),
        observer: @escaping CommitObserver = { _ in }, canary: @escaping CanaryQuestion = { true },
        review: PlanReview = { _ in true }
    ) async throws(ServiceError) -> CommitReport {
        var prepared = prepared
        if !isCurrent(prepared) {
            prepared = try await again(prepared, observer)
            guard await review(prepared) else { return refused(prepared) }
        }
        let conduct = Conduct(control: control, observer: observer, canary: canary)
        var readings = 1
        var settled: Set<String> = []
        while true {
            let (report, obstacle) = await send(prepared, conduct)
            guard let obstacle, readings < Self.readingsAtMost else { return report }
            readings += 1
            if case .unsettled(let runs) = obstacle {
                await awaitWrites(of: runs[0], prepared.options, observer)
                settled.formUnion(prepared.dead)
            }
            prepared = try await again(prepared, observer)
            prepared.settle(settled)
            guard await review(prepared) else { return refused(prepared) }
        }
    }

    private func refused(_ prepared: PreparedCommit) -> CommitReport {
        report(prepared, nil, run: nil, stop: .cancelled)
    }

    /// A write that a program sent before it ended gets the time that any write gets whose outcome is unknown.
    func awaitWrites(of run: RunID, _ options: CommitOptions, _ observer: CommitObserver) async {
        observer(.awaiting(run, options.send.lateTime))
        await clock.sleep(for: options.send.lateTime)
    }

    /// How often a plan is made anew because other sessions were faster.
    static let readingsAtMost = 5

    private func isCurrent(_ prepared: PreparedCommit) -> Bool {
        if prepared.isStale(at: clock.now()) { return false }
        guard case .staging = prepared.source else { return true }
        return prepared.staged.allSatisfy { state.staged($0.key) == $0 }
    }

    /// The same commit by a new reading.
    private func again(
        _ prepared: PreparedCommit, _ observer: CommitObserver
    ) async throws(ServiceError) -> PreparedCommit {
        var options = prepared.options
        let keys = prepared.staged.map(\.key)
        switch prepared.source {
        case .staging:
            options.only = Set(keys)
            return try await prepare(options, observer: observer)
        case .rollback:
            return try await prepare(prepared.source, keys: keys, options, observer) { prepared.staged }
        case .resume(let run, let positions):
            return try await prepareResume(run, among: Set(positions), options, observer)
        }
    }

    /// Who steers a run, and who watches.
    struct Conduct: Sendable {
        let control: CommitControl
        let observer: CommitObserver
        let canary: CanaryQuestion
    }

    /// Sends, unless something is in the way that another reading clears away.
    private func send(
        _ prepared: PreparedCommit, _ conduct: Conduct
    ) async -> (report: CommitReport, obstacle: JournalError?) {
        if let report = withoutSending(prepared) { return (report, nil) }
        // While the journal takes the entries in.
        async let ready = CommitMachine(prepared)
        let run: RunID
        do throws(JournalError) {
            run = try await begin(prepared)
        } catch {
            return (report(prepared, nil, run: nil, stop: .journal(error)), error.isPassing ? error : nil)
        }
        var machine = await ready
        conduct.observer(.started(run, total: machine.count))
        let driver = CommitDriver(
            service: service, journal: journal, clock: clock, run: run, keys: prepared.keysByPosition,
            observer: conduct.observer, canary: conduct.canary)
        machine = await driver.perform(machine, control: conduct.control)
        await close(run, machine)
        let report = report(prepared, machine, run: run)
        state.absorb(report, isOurs: begun.contains(run))
        return (report, nil)
    }

    /// The report of a commit that sends nothing; nil when it sends.
    private func withoutSending(_ prepared: PreparedCommit) -> CommitReport? {
        let isResume = if case .resume = prepared.source { true } else { false }
        if prepared.options.isDryRun { return report(prepared, nil, run: nil, isDryRun: true) }
        if !prepared.breaches.isEmpty {
            var report = report(prepared, nil, run: nil)
            report.breaches = prepared.breaches
            return report
        }
        if prepared.plan.isEmpty, !isResume {
            let report = report(prepared, nil, run: nil)
            state.absorb(report)
            return report
        }
        return Task.isCancelled ? report(prepared, nil, run: nil, stop: .cancelled) : nil
    }

    private func begin(_ prepared: PreparedCommit) async throws(JournalError) -> RunID {
        let mark = try prepared.mark.get()
        var kind = RunKind.commit
        switch prepared.source {
        case .resume(let run, _):
            try await journal.reopen(run, for: target, since: mark)
            return run
        case .rollback(let run): kind = .rollback(of: run)
        case .staging: break
        }
        let header = RunHeader(startedAt: clock.now(), target: target, script: prepared.options.script, kind: kind)
        let run = try await journal.begin(header, entries: prepared.journalEntries(), since: mark)
        begun.insert(run)
        return run
    }

    /// A run that has nothing open is finished; one that has is left to a resume. An abandoned one keeps its leases while
    /// its writes may still be under way: they end with the process, or with its resume.
    private func close(_ run: RunID, _ machine: CommitMachine) async {
        let isOver = (try? await journal.run(run).openCount == 0) ?? false
        if isOver {
            try? await journal.finish(run, at: clock.now())
        } else if machine.stop != .abandoned {
            try? await journal.release(run)
        }
    }

    private func report(
        _ prepared: PreparedCommit, _ machine: CommitMachine?, run: RunID?, stop: CommitMachine.Stop? = nil,
        isDryRun: Bool = false
    ) -> CommitReport {
        let entries = zip(prepared.plan.entries, prepared.positions).map { entry, position in
            let answer = machine?.answer(at: position)
            return CommitEntry(
                plan: entry, status: machine?.status(at: position) ?? entry.unsentStatus,
                id: entry.key.id ?? answer?.id, answer: answer)
        }
        return CommitReport(
            run: run, entries: entries, stop: machine?.stop ?? stop, isDryRun: isDryRun,
            reviewFailure: machine?.reviewFailure)
    }

    // MARK: Reading the server's copies

    /// What a list lacks of `expected` is asked for by itself, as what is written is.
    func snapshot(
        for keys: [WebhookKey], expecting expected: [WebhookID] = [], _ options: CommitOptions,
        _ observer: CommitObserver
    ) async throws(ServiceError) -> LiveSnapshot {
        let strategy = RefreshStrategy.choose(for: keys, known: state.listing.count, pageSize: options.pageSize)
        observer(.refreshing(strategy))
        let now = clock.now()
        switch strategy {
        case .nothing:
            return LiveSnapshot([], isComplete: false, readAt: now, requests: 0)
        case .list(let pages):
            let webhooks = try await service.list(expecting: keys.compactMap(\.id) + expected)
            state.refresh(webhooks, at: now)
            return LiveSnapshot(webhooks, isComplete: true, readAt: now, requests: pages)
        case .reads(let ids):
            var webhooks: [Webhook] = []
            for id in ids {
                if let webhook = try await readIfThere(id) { webhooks.append(webhook) }
            }
            return LiveSnapshot(webhooks, isComplete: false, readAt: now, requests: ids.count)
        }
    }

    func readIfThere(_ id: WebhookID) async throws(ServiceError) -> Webhook? {
        do throws(ServiceError) { return try await read(id) } catch {
            if error.kind == .notFound { return nil }
            throw error
        }
    }
}

extension JournalError {
    /// Whether it is gone after another reading.
    fileprivate var isPassing: Bool {
        switch self {
        case .overtaken, .unsettled: true
        default: false
        }
    }
}
