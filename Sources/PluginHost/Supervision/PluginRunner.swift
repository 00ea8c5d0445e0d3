import LosslessJSON
import PluginProtocol
import Synchronization

/// One plugin of this session: the machine that supervises it, the processes it asked for, and the callers who wait.
///
/// Everything goes through one lock, held for the machine's step and for writes that never wait.
package final class PluginRunner: Sendable {
    /// Answers a request that the plugin makes in a call.
    package typealias RequestHandler = @Sendable (PluginRequest) async -> Result<JSON, RPCError>

    /// What a call has beside its message.
    private struct Caller {
        let continuation: CheckedContinuation<Result<[JSON], CallFailure>, Never>
        let answers: RequestHandler
        let progress: @Sendable (Progress) -> Void
        /// The requests of the call, one after the other.
        var requests: Task<Void, Never>?
    }

    private struct State {
        var machine: PluginMachine
        var callers: [CallID: Caller] = [:]
        /// All whose processes are not gone yet.
        var instances: [InstanceID: PluginInstance] = [:]
        /// Until when the current instance's thread waits; nil while it doesn't, or without an end.
        var sleep: (instance: InstanceID, until: Moment?)?
        var endWaiters: [CheckedContinuation<Void, Never>] = []
        var hurry: Duration?
        /// Whether no call starts it again.
        var isClosed = false
    }

    /// What is done without the lock.
    private enum Effect {
        case resolve(Caller, Result<[JSON], CallFailure>)
        case progress(@Sendable (Progress) -> Void, Progress)
        case note(PluginNote)
    }

    private let state: Mutex<State>
    private let stopStep: Duration
    private let lineLimit: Int
    private let now: @Sendable () -> Moment
    private let plan: @Sendable (InstanceID) throws(LaunchFailure) -> LaunchPlan
    private let notes: @Sendable (PluginNote) -> Void

    package init(
        settings: PluginMachine.Settings, lineLimit: Int = Limits.lineLength, now: @escaping @Sendable () -> Moment,
        plan: @escaping @Sendable (InstanceID) throws(LaunchFailure) -> LaunchPlan,
        notes: @escaping @Sendable (PluginNote) -> Void
    ) {
        state = Mutex(State(machine: PluginMachine(settings: settings)))
        stopStep = settings.deadlines.stopStep
        self.lineLimit = lineLimit
        self.now = now
        self.plan = plan
        self.notes = notes
    }

    package var activity: PluginActivity { state.withLock { $0.machine.activity } }
    package var isBusy: Bool { state.withLock { $0.machine.isBusy } }

    /// Makes a call and waits for its end. Cancelling the task cancels the call, and returns at once.
    package func call(
        _ call: PluginCall, answers: @escaping RequestHandler,
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async -> Result<[JSON], CallFailure> {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isTaken = state.withLock { state in
                    if state.isClosed { return false }
                    state.callers[call.id] = Caller(continuation: continuation, answers: answers, progress: progress)
                    return true
                }
                guard isTaken else { return continuation.resume(returning: .failure(.stopped(.asked))) }
                handle([.submit(call)])
                if Task.isCancelled { handle([.cancel(call.id)]) }
            }
        } onCancel: {
            handle([.cancel(call.id)])
        }
    }

    /// Stops the process, if there is one. Calls in flight fail.
    package func stop(_ reason: StopReason = .asked) { handle([.stop(reason)]) }

    /// Stops the process for good: a call that was on its way to it fails, and starts nothing.
    package func close() {
        state.withLock { $0.isClosed = true }
        stop()
    }

    /// Returns when no process of the plugin is left.
    ///
    /// - Parameter hurry: the time between the steps of a stop, where the standard one is too long.
    package func ended(hurry: Duration? = nil) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if let hurry {
                    state.hurry = hurry
                    for instance in state.instances.values { instance.hurry(step: hurry) }
                }
                if state.instances.isEmpty { return true }
                state.endWaiters.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    // MARK: The machine's steps

    private func perform(_ action: PluginMachine.Action, _ state: inout State) -> Effect? {
        switch action {
        case .launch(let id):
            launch(id, &state)
        case .send(let id, let bytes):
            state.instances[id]?.send(bytes)
        case .retire(let id, let shutdown):
            state.instances[id]?.retire(shutdown: shutdown, step: state.hurry ?? stopStep)
        case .resolve(let id, let result):
            return state.callers.removeValue(forKey: id).map { .resolve($0, result) }
        case .perform(let id, let request):
            answer(request, of: id, &state)
        case .progress(let id, let progress):
            return state.callers[id].map { .progress($0.progress, progress) }
        case .note(let note):
            return .note(note)
        }
        return nil
    }

    private func launch(_ id: InstanceID, _ state: inout State) {
        let plan = plan
        let instance = PluginInstance(id: id, lineLimit: lineLimit, now: now) { () throws(LaunchFailure) in try plan(id)
        }
        state.instances[id] = instance
        instance.start(receiver: self)
    }

    private func answer(_ request: PluginRequest, of instance: InstanceID, _ state: inout State) {
        guard let caller = state.callers[request.call] else { return }
        let previous = caller.requests
        let answers = caller.answers
        state.callers[request.call]?.requests = Task {
            await previous?.value
            let answer = Task.isCancelled ? .failure(RPCError(.cancelled, "cancelled")) : await answers(request)
            self.handle([.answered(instance, request: request.id, answer)])
        }
    }

    private func perform(_ effect: Effect) {
        switch effect {
        case .progress(let report, let progress): report(progress)
        case .note(let note): notes(note)
        case .resolve(let caller, let result): resolve(caller, result)
        }
    }

    /// A result comes behind what the call still had to print; a failure does not wait for a question to the user.
    private func resolve(_ caller: Caller, _ result: Result<[JSON], CallFailure>) {
        guard let requests = caller.requests else { return caller.continuation.resume(returning: result) }
        if case .failure = result {
            requests.cancel()
            return caller.continuation.resume(returning: result)
        }
        Task {
            await requests.value
            caller.continuation.resume(returning: result)
        }
    }
}

extension PluginRunner: InstanceReceiver {
    func handle(_ events: [PluginMachine.Event]) {
        let effects = state.withLock { state in
            var effects: [Effect] = []
            for event in events {
                for action in state.machine.handle(event, at: now()) {
                    if let effect = perform(action, &state) { effects.append(effect) }
                }
            }
            wakeIfDue(state)
            return effects
        }
        for effect in effects { perform(effect) }
    }

    /// An instance that sleeps beyond what is due now is woken; while calls come at a pace none is.
    private func wakeIfDue(_ state: State) {
        guard let sleep = state.sleep, let next = state.machine.nextDeadline else { return }
        if let until = sleep.until, until <= next { return }
        state.instances[sleep.instance]?.wake()
    }

    func sleep(_ instance: InstanceID) -> Moment? {
        state.withLock { state in
            guard state.machine.isCurrent(instance) else { return nil }
            let until = state.machine.nextDeadline
            state.sleep = (instance, until)
            return until
        }
    }

    func said(_ lines: [String]) {
        for line in lines { notes(.said(line)) }
    }

    func ended(_ instance: InstanceID) {
        let waiters = state.withLock { state in
            state.instances[instance] = nil
            if state.sleep?.instance == instance { state.sleep = nil }
            guard state.instances.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.endWaiters = [] }
            return state.endWaiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
