import Logging
import WebhookModel

/// Makes the deliveries that are due, for as long as it runs: does what `DispatchState` decides.
///
/// What is to be done stands in the database alone: a dispatcher that dies leaves nothing undone that the next doesn't
/// find. Of servers that share a file, the one that holds its dispatch lock does the work.
actor Dispatcher {
    private let deliveries: DeliveryStore
    private let worker: LaneWorker
    private let environment: SandboxEnvironment
    private let pollInterval: Duration
    private let keptEvents: Int
    private let lock: DispatchLock?
    private let logger: Logger

    private var state: DispatchState
    private var alarm: Task<Void, Never>?
    private var poller: Task<Void, Never>?
    private var workers: [Int64: Task<Void, Never>] = [:]
    private var stopped: [CheckedContinuation<Void, Never>] = []
    /// Those who wait until nothing is due, by a number each.
    private var idlers: [Int: CheckedContinuation<Void, Never>] = [:]
    private var lastIdler = 0
    private var isStopped = false

    init(
        deliveries: DeliveryStore, worker: LaneWorker, configuration: SandboxConfiguration, lock: DispatchLock?
    ) {
        self.deliveries = deliveries
        self.worker = worker
        self.lock = lock
        environment = configuration.environment
        pollInterval = configuration.delivery.pollInterval
        keptEvents = configuration.delivery.keptEvents
        logger = configuration.logger
        state = DispatchState(concurrency: configuration.delivery.concurrency)
    }

    /// Begins to work. What other processes store, and what falls due by a clock that jumps, is found by looking anew
    /// every `pollInterval`.
    func start() {
        guard poller == nil else { return }
        poller = Task { [pollInterval, weak self] in
            while !Task.isCancelled {
                await self?.signal()
                await self?.prune()
                try? await Task.sleep(for: pollInterval)
            }
        }
    }

    /// Something may be due.
    func signal() {
        guard lock?.take() ?? true else { return }
        perform(state.signalled())
    }

    /// Waits until nothing is due any more, or the time is over.
    func settle(within limit: Duration) async {
        signal()
        guard !state.isIdle else { return }
        lastIdler += 1
        let idler = lastIdler
        let timer = Task { [weak self] in
            try await Task.sleep(for: limit)
            await self?.giveUp(idler)
        }
        await withCheckedContinuation { idlers[idler] = $0 }
        timer.cancel()
    }

    /// Begins nothing more and waits for what is in hand, as long as the grace period; what is broken off then stays
    /// pending.
    func stop(within grace: Duration) async {
        poller?.cancel()
        alarm?.cancel()
        await poller?.value
        perform(state.stop())
        if !isStopped {
            let force = Task { [weak self] in
                try await Task.sleep(for: grace)
                await self?.breakOff()
            }
            await withCheckedContinuation { stopped.append($0) }
            force.cancel()
        }
        lock?.release()
    }

    private func perform(_ actions: [DispatchState.Action]) {
        for action in actions {
            switch action {
            case .look(let busy, let limit): Task { await look(excluding: busy, limit: limit) }
            case .work(let lane): workers[lane.id] = Task { await work(on: lane) }
            case .sleep(let time): sleep(until: time)
            case .stopped:
                isStopped = true
                stopped.forEach { $0.resume() }
                stopped = []
            }
        }
        if state.isIdle { resumeIdlers() }
    }

    private func look(excluding busy: Set<Int64>, limit: Int) async {
        do {
            let (lanes, next) = try await deliveries.dueLanes(at: environment.now(), excluding: busy, limit: limit)
            perform(state.found(lanes, next: next))
        } catch {
            logger.error("deliveries not found", metadata: ["reason": "\(StoreFailure(error).reason)"])
            perform(state.found([], next: environment.now().advanced(by: pollInterval)))
        }
    }

    private func work(on lane: DueLane) async {
        do {
            try await worker.work(on: lane)
        } catch is CancellationError {
            // The attempt was broken off, and counts as none.
        } catch {
            // The store failed: the lane stays due, and is not tried again at once.
            logger.error("a delivery was not recorded", metadata: ["reason": "\(StoreFailure(error).reason)"])
            try? await Task.sleep(for: pollInterval)
        }
        workers[lane.id] = nil
        perform(state.finished(lane.id))
    }

    private func breakOff() {
        workers.values.forEach { $0.cancel() }
    }

    /// Removes what is kept no longer, a little at a time: other writes have their turn in between.
    private func prune() async {
        guard lock?.take() ?? true else { return }
        do {
            for _ in 0..<16 {
                guard try await deliveries.prune(keeping: keptEvents) > 0 else { return }
            }
        } catch {
            logger.error("old events not removed", metadata: ["reason": "\(StoreFailure(error).reason)"])
        }
    }

    private func sleep(until time: Timestamp) {
        alarm?.cancel()
        let wait = max(.milliseconds(1), time.since(environment.now()))
        // A longer sleep is left to the poller.
        guard wait < pollInterval else { return }
        alarm = Task { [weak self] in
            guard (try? await Task.sleep(for: wait)) != nil else { return }
            await self?.signal()
        }
    }

    /// Ends the wait of one, whose time is over, and of no other.
    private func giveUp(_ idler: Int) {
        idlers.removeValue(forKey: idler)?.resume()
    }

    private func resumeIdlers() {
        idlers.values.forEach { $0.resume() }
        idlers = [:]
    }
}
