import LosslessJSON
import WebhookModel

extension Session {
    /// Reads the server's copies of what is staged, with the fewest requests, and plans.
    package func prepare(
        _ options: CommitOptions, observer: CommitObserver = { _ in }
    ) async throws(ServiceError) -> PreparedCommit {
        let keys = state.staged.map(\.key).filter { options.only?.contains($0) ?? true }
        let snapshot = try await snapshot(for: keys, options, observer)
        let plan = options.planner.plan(keys.compactMap { state.staged($0) }, against: snapshot)
        observer(.planned(plan))
        return PreparedCommit(plan: plan, options: options, snapshot: snapshot)
    }

    /// Reads, plans and sends.
    package func commit(
        _ options: CommitOptions, control: CommitControl = CommitControl(),
        observer: @escaping CommitObserver = { _ in }
    ) async throws(ServiceError) -> CommitReport {
        await send(try await prepare(options, observer: observer), control, observer)
    }

    /// Sends what was planned. A plan is made anew first when its reading has grown too old, or its edits have changed.
    ///
    /// What the server confirmed leaves the staging and becomes the base; everything else stays staged. A run that was
    /// stopped, cancelled or refused is a report, not an error; an error means that the server could not be read and
    /// nothing was sent.
    package func commit(
        _ prepared: PreparedCommit, control: CommitControl = CommitControl(),
        observer: @escaping CommitObserver = { _ in }
    ) async throws(ServiceError) -> CommitReport {
        let isCurrent = prepared.staged.allSatisfy { state.staged($0.key) == $0 }
        if isCurrent, !prepared.isStale(at: clock.now()) { return await send(prepared, control, observer) }
        var options = prepared.options
        options.only = Set(prepared.staged.map(\.key))
        return await send(try await prepare(options, observer: observer), control, observer)
    }

    private func send(
        _ prepared: PreparedCommit, _ control: CommitControl, _ observer: @escaping CommitObserver
    ) async -> CommitReport {
        let plan = prepared.plan
        if prepared.options.isDryRun { return report(plan, nil, run: nil, isDryRun: true) }
        if plan.isEmpty { return close(report(plan, nil, run: nil)) }
        if Task.isCancelled { return report(plan, nil, run: nil, stop: .cancelled) }
        let header = RunHeader(
            startedAt: clock.now(), profile: target.profile, host: target.host, script: prepared.options.script)
        let run: RunID
        do throws(JournalError) {
            run = try await journal.begin(header, entries: prepared.journalEntries())
        } catch {
            return report(plan, nil, run: nil, stop: .journal(error))
        }
        var machine = CommitMachine(
            entries: plan.entries, knownIDs: Set(prepared.snapshot.ids), options: prepared.options.send)
        observer(.started(run, total: machine.progress.total))
        let driver = CommitDriver(
            service: service, journal: journal, clock: clock, run: run, keys: plan.entries.map(\.key),
            observer: observer)
        machine = await driver.perform(machine, control: control)
        // A run that isn't marked as finished is only looked at once more than needed.
        if machine.stop != .abandoned { try? await journal.finish(run, at: clock.now()) }
        return close(report(plan, machine, run: run))
    }

    private func report(
        _ plan: Plan, _ machine: CommitMachine?, run: RunID?, stop: CommitMachine.Stop? = nil, isDryRun: Bool = false
    ) -> CommitReport {
        let entries = plan.entries.enumerated().map { position, entry in
            let answer = machine?.answer(at: position)
            return CommitEntry(
                plan: entry, status: machine?.status(at: position) ?? entry.unsentStatus,
                id: entry.key.id ?? answer?.id, answer: answer)
        }
        return CommitReport(run: run, entries: entries, stop: machine?.stop ?? stop, isDryRun: isDryRun)
    }

    /// Takes what the server confirmed into the state.
    private func close(_ report: CommitReport) -> CommitReport {
        state.absorb(report)
        return report
    }

    // MARK: Reading the server's copies

    private func snapshot(
        for keys: [WebhookKey], _ options: CommitOptions, _ observer: CommitObserver
    ) async throws(ServiceError) -> LiveSnapshot {
        let strategy = RefreshStrategy.choose(for: keys, known: state.listing.count, pageSize: options.pageSize)
        observer(.refreshing(strategy))
        let now = clock.now()
        switch strategy {
        case .nothing:
            return LiveSnapshot([], isComplete: false, readAt: now, requests: 0)
        case .list(let pages):
            let webhooks = try await service.list()
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

    private func readIfThere(_ id: WebhookID) async throws(ServiceError) -> Webhook? {
        do throws(ServiceError) { return try await read(id) } catch {
            if error.kind == .notFound { return nil }
            throw error
        }
    }
}
