import Synchronization
import WebhookModel

/// The time as a session needs it.
package protocol SessionClock: Sendable {
    func now() -> Timestamp
    /// Returns when the time is over, or at once when the task is cancelled.
    func sleep(for duration: Duration) async
}

/// What a commit says while it runs.
package enum CommitProgress: Sendable {
    case refreshing(RefreshStrategy)
    case planned(Plan)
    /// The run is journalled; sending begins.
    case started(RunID, total: Int)
    /// One webhook is through.
    case finished(WebhookKey, CommitStatus.Kind, done: Int, total: Int)
    /// A write's outcome is not known; it will be looked at after this time.
    case settling(WebhookKey, Duration)
    /// A run whose program ended may have sent a write that is still on its way; it gets this time to arrive.
    case awaiting(RunID, Duration)
    /// Everything is listed anew, because the last reading is too old to go by.
    case rereading
    /// Everything is listed once more, to see whether what was confirmed is so.
    case reviewing
}

/// Asks whether to go on after the first few, which are through and good. Its task is cancelled with the run.
package typealias CanaryQuestion = @Sendable () async -> Bool

/// Whether a plan that was made anew may be sent.
package typealias PlanReview = @Sendable (PreparedCommit) async -> Bool

package typealias CommitObserver = @Sendable (CommitProgress) -> Void

/// Performs what a `CommitMachine` asks for.
///
/// Every effect runs in a task of its own that the caller's cancellation doesn't reach: cancelling stops further sends,
/// and what is in flight comes to its end. What waits for its turn behind a limit comes back instead.
struct CommitDriver: Sendable {
    let service: any WebhookService
    let journal: any JournalStore
    let clock: any SessionClock
    let run: RunID
    /// By position in the run.
    let keys: [Int: WebhookKey]
    let observer: CommitObserver
    let canary: CanaryQuestion
    private let underWay = UnderWay()
    private let question = UnderWay()
    private let lists = UnderWay()
    private let hold = Hold()

    init(
        service: any WebhookService, journal: any JournalStore, clock: any SessionClock, run: RunID,
        keys: [Int: WebhookKey], observer: @escaping CommitObserver, canary: @escaping CanaryQuestion
    ) {
        self.service = service
        self.journal = journal
        self.clock = clock
        self.run = run
        self.keys = keys
        self.observer = observer
        self.canary = canary
    }

    /// Runs the machine to its end; answers it.
    func perform(_ machine: CommitMachine, control: CommitControl) async -> CommitMachine {
        let events = Mailbox<CommitMachine.Event>()
        control.attach { events.post($0) }
        defer { control.detach() }
        let work = Task { await loop(machine, events, control) }
        return await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            events.post(.cancel)
        }
    }

    private func loop(
        _ machine: CommitMachine, _ events: Mailbox<CommitMachine.Event>, _ control: CommitControl
    ) async -> CommitMachine {
        var machine = machine
        var done = 0
        record(launch(machine.start(at: clock.now(), isPaused: control.isPaused), events), events)
        while !machine.isFinished {
            var updates: [JournalUpdate] = []
            for event in await events.take() where !machine.isFinished {
                updates += launch(handle(event, &machine, &done), events)
                hold.isOn = machine.isHeld
            }
            record(updates, events)
            if machine.isIdle { control.drained() }
        }
        // A write that still waits for its turn must not leave once nobody takes note of it any more.
        if machine.stop == .abandoned {
            underWay.cancel()
            question.cancel()
            lists.cancel()
        }
        return machine
    }

    private func handle(
        _ event: CommitMachine.Event, _ machine: inout CommitMachine, _ done: inout Int
    ) -> [CommitMachine.Step] {
        if case .cancel = event {
            question.cancel()
            lists.cancel()
        }
        let steps = machine.handle(event, at: clock.now())
        if let position = event.recordedPosition, let status = machine.finishedStatus(at: position),
            let key = keys[position]
        {
            done += 1
            observer(.finished(key, status.kind, done: done, total: machine.count))
        }
        return steps
    }

    /// Begins all but what is to be journalled, which it answers.
    private func launch(
        _ steps: [CommitMachine.Step], _ events: Mailbox<CommitMachine.Event>
    ) -> [JournalUpdate] {
        var updates: [JournalUpdate] = []
        for step in steps {
            announce(step)
            switch step {
            case .record(let update): updates.append(update)
            case .wait(let position, let duration):
                underWay.begin {
                    await clock.sleep(for: duration)
                    events.post(.waited(position: position))
                }
            case .send(let position, let write, let until):
                underWay.begin {
                    events.post(.answered(position: position, await send(write, until: until)))
                }
            case .read(let position, let id):
                underWay.begin { events.post(.read(position: position, await read(id))) }
            case .list(let position): underWay.begin { events.post(.listed(position: position, await list())) }
            // Nothing is decided by a list of all once nothing more is sent.
            case .refresh(let ids): lists.begin { events.post(await refresh(expecting: ids)) }
            case .review(let ids): lists.begin { events.post(.reviewed(await list(expecting: ids))) }
            case .confirmCanary: question.begin { events.post(.canaryAnswered(goOn: await canary())) }
            }
        }
        return updates
    }

    /// What became known together is one change of the journal.
    private func record(_ updates: [JournalUpdate], _ events: Mailbox<CommitMachine.Event>) {
        if updates.isEmpty { return }
        Task {
            let results = await journal.record(updates, of: run)
            events.post(
                zip(updates, results).map { update, result in
                    switch result {
                    case .success: .recorded(position: update.position)
                    case .failure(let error): .recordFailed(position: update.position, error)
                    }
                })
        }
    }

    private func announce(_ step: CommitMachine.Step) {
        switch step {
        case .wait(let position, let duration):
            if let key = keys[position] { observer(.settling(key, duration)) }
        case .refresh: observer(.rereading)
        case .review: observer(.reviewing)
        case .record, .send, .read, .list, .confirmCanary: break
        }
    }

    /// The list grows old while what it lacks is asked for.
    private func refresh(expecting ids: [WebhookID]) async -> CommitMachine.Event {
        var age = Duration.zero
        let result = await outcome { () throws(ServiceError) in
            let webhooks = try await service.list()
            let missing = webhooks.missing(from: ids)
            if missing.isEmpty { return webhooks }
            let listed = clock.now()
            let found = try await service.read(missing)
            age = max(.zero, clock.now().since(listed))
            return webhooks + found
        }
        return .refreshed(result, age: age)
    }

    private func read(_ id: WebhookID) async -> Result<Webhook, ServiceError> {
        await outcome { () throws(ServiceError) in try await service.get(id) }
    }

    private func list(expecting ids: [WebhookID] = []) async -> Result<[Webhook], ServiceError> {
        await outcome { () throws(ServiceError) in try await service.list(expecting: ids) }
    }

    /// The time until a moment. What was begun in time may leave, whatever moments that takes.
    private func remaining(_ moment: Timestamp) -> Duration {
        let now = clock.now()
        return max(.seconds(1), now < moment ? moment.since(now) : .zero)
    }

    private func send(
        _ write: CommitMachine.Write, until moment: Timestamp?
    ) async -> Result<Webhook?, ServiceError> {
        let departure = Departure(within: moment.map(remaining)) { [hold] in !hold.isOn }
        return await outcome { () throws(ServiceError) in
            switch write {
            case .create(let document): return try await service.create(document, leaving: departure)
            case .update(let id, let document): return try await service.update(id, to: document, leaving: departure)
            case .delete(let id):
                try await service.delete(id, leaving: departure)
                return nil
            }
        }
    }

    private func outcome<Value: Sendable>(
        _ body: () async throws(ServiceError) -> Value
    ) async -> Result<Value, ServiceError> {
        do throws(ServiceError) { return .success(try await body()) } catch { return .failure(error) }
    }
}

/// Whether nothing more may leave, as those see it who have their turn.
private final class Hold: Sendable {
    private let state = Atomic(false)

    var isOn: Bool {
        get { state.load(ordering: .acquiring) }
        set { state.store(newValue, ordering: .releasing) }
    }
}

extension CommitMachine.Event {
    fileprivate var recordedPosition: Int? {
        switch self {
        case .recorded(let position), .recordFailed(let position, _): position
        default: nil
        }
    }
}
