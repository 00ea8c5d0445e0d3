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
    private let lock: DispatchLock?
    private let logger: Logger

    private var state: DispatchState
    private var alarm: Task<Void, Never>?
    private var poller: Task<Void, Never>?
    private var stopped: [CheckedContinuation<Void, Never>] = []
    private var idlers: [CheckedContinuation<Void, Never>] = []
    private var isStopped = false

    init(
        deliveries: DeliveryStore, worker: LaneWorker, configuration: SandboxConfiguration, lock: DispatchLock?
    ) {
        self.deliveries = deliveries
        self.worker = worker
        self.lock = lock
        environment = configuration.environment
        pollInterval = configuration.delivery.pollInterval
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
        let timer = Task { [weak self] in
            try await Task.sleep(for: limit)
            await self?.resumeIdlers()
        }
        await withCheckedContinuation { idlers.append($0) }
        timer.cancel()
    }

    /// Begins nothing more and waits for what is in hand.
    func stop() async {
        poller?.cancel()
        alarm?.cancel()
        perform(state.stop())
        guard !isStopped else { return }
        await withCheckedContinuation { stopped.append($0) }
        lock?.release()
    }

    private func perform(_ actions: [DispatchState.Action]) {
        for action in actions {
            switch action {
            case .look(let busy, let limit): Task { await look(excluding: busy, limit: limit) }
            case .work(let lane): Task { await work(on: lane) }
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
        } catch {
            // The store failed: the lane stays due, and is not tried again at once.
            logger.error("a delivery was not recorded", metadata: ["reason": "\(StoreFailure(error).reason)"])
            try? await Task.sleep(for: pollInterval)
        }
        perform(state.finished(lane.id))
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

    private func resumeIdlers() {
        idlers.forEach { $0.resume() }
        idlers = []
    }
}
