import Session
import WebhookModel

/// How a commit is asked for, disturbed and looked at.
extension Sitting {
    mutating func options(force: Bool) -> CommitOptions {
        var options = CommitOptions(secrets: secretsCapability)
        options.force = force
        options.pageSize = world.scenario.style == .array ? nil : world.scenario.pageSize
        options.send.requestTime = Process.requestTimeout
        options.send.settleTime = Process.requestTimeout
        options.send.concurrency = dice.within(1...6)
        options.send.onError = dice.oneIn(2) ? .stop : .continue
        options.send.isCareful = dice.oneIn(4)
        options.send.maximumAge = .seconds(dice.pick([2, 10, 60]))
        options.send.canary = dice.oneIn(5) ? dice.within(1...2) : nil
        return options
    }

    private var secretsCapability: SecretsCapability {
        switch world.scenario.secrets {
        case .plain: .plain
        case .keep: .keep
        case .lossy: world.scenario.seed % 2 == 0 ? .lossy : .unknown
        }
    }

    /// Tells the ledger what the next run is to do.
    func announce(_ options: CommitOptions, _ intents: [WebhookKey: Intent], resuming run: RunID? = nil) {
        world.ledger.plans[process.number] = Ledger.Plan(
            intents: intents.mapValues { intent in
                var intent = intent
                intent.force = options.force
                return intent
            },
            asked: world.kernel.now,
            conduct: Ledger.Conduct(isCareful: options.send.isCareful, maximumAge: options.send.maximumAge),
            resumes: run)
    }

    /// Commits all that is staged; nil when the server could not be read.
    mutating func commitStaged(force: Bool) async -> CommitReport? {
        await discardOpenCreates()
        var options = options(force: force)
        announce(options, process.intents)
        if world.mutation == .takeConflictsForUpdates { options.force = true }
        guard let prepared = try? await session.prepare(options) else { return nil }
        if dice.oneIn(3) { _ = await world.kernel.sleep(for: .seconds(dice.pick([1, 8, 70]))) }
        guard let report = await commit(prepared) else { return nil }
        await checkReport(report)
        return report
    }

    /// A create that an earlier run left open is left to a resume: committed anew as well, it would be done by both.
    private func discardOpenCreates() async {
        let open = world.ledger.runs.values.filter { !$0.isFinished && $0.owner == process.number }
            .flatMap(\.entries).filter { $0.operation == .create && !$0.state.isFinal }
        let keys = Set(open.map(\.key))
        if keys.isEmpty { return }
        await session.update { _ = $0.discard(keys.sorted()) }
        for key in keys { process.intents[key] = nil }
    }

    /// Sends what was prepared, with whatever disturbs it meanwhile.
    mutating func commit(_ prepared: PreparedCommit) async -> CommitReport? {
        let control = CommitControl()
        let session = session
        let goesOn = !dice.oneIn(4) || world.isCalm
        let task = Task { try await session.commit(prepared, control: control, canary: { goesOn }) }
        let alarms = disturb(task, control)
        let report = try? await task.value
        for alarm in alarms { world.kernel.cancel(alarm) }
        control.proceed(by: .suspension)
        if report?.stop == .abandoned, dice.oneIn(2) {
            process.die("is left after an abandoned commit")
            await process.gate()
        }
        return report
    }

    private mutating func disturb(_ task: Task<CommitReport, any Error>, _ control: CommitControl) -> [Timeline.ID] {
        guard !world.isCalm, world.interruptionsLeft > 0, dice.oneIn(3) else { return [] }
        world.interruptionsLeft -= 1
        world.figures.interruptions += 1
        let (kernel, process) = (world.kernel, process)
        let moment = Duration.milliseconds(dice.pick([dice.within(0...200), dice.within(0...20_000)]))
        let rest = Duration.milliseconds(dice.within(100...90_000))
        switch dice.below(3) {
        case 0:
            return [
                kernel.after(moment) {
                    process.world.note("\(process) is told to stop")
                    task.cancel()
                }
            ]
        case 1:
            return [
                kernel.after(moment) {
                    process.world.note("\(process) is told not to wait")
                    control.abandon()
                }
            ]
        default:
            return [
                kernel.after(moment) { control.pause(by: .suspension) },
                kernel.after(moment + rest) { control.proceed(by: .suspension) },
            ]
        }
    }

    /// The report says what the journal says, and what is not done stays staged.
    private mutating func checkReport(_ report: CommitReport) async {
        let state = await session.state
        for (position, entry) in report.entries.enumerated() {
            let kind = entry.status.kind
            // Where no run could begin, what is so already stays staged with the rest.
            if kind.isDone, state.staged(entry.key) == nil { process.intents[entry.key] = nil }
            if kind.isDone, report.run != nil, state.staged(entry.key) != nil {
                world.violate(.reportIsTrue, "\(entry.key) is \(kind), and still staged")
            }
            if !kind.isDone, state.staged(entry.key) == nil {
                world.violate(.reportIsTrue, "\(entry.key) is \(kind), and no longer staged")
            }
            guard let run = report.run, report.stop != .abandoned,
                let noted = world.ledger.runs[run]?.entries[position].state
            else { continue }
            // What could not be journalled is open there, whatever came of it.
            if !noted.isFinal, world.figures.journalFaults > 0 { continue }
            if case .journal = report.stop { continue }
            if !agree(kind, noted) {
                world.violate(.reportIsTrue, "run \(run), entry \(position) is \(noted), reported as \(kind)")
            }
        }
    }

    private func agree(_ kind: CommitStatus.Kind, _ state: JournalState) -> Bool {
        switch kind {
        case .planned: state == .planned
        case .confirmed: state == .confirmed
        case .already: state == .already
        case .conflict: state == .conflict
        case .invalid, .masked, .refused: state == .refused
        case .failed: state == .failed
        case .unknown: state == .unknown
        }
    }
}
