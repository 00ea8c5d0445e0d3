import Synchronization

/// Holds requests back until they may be sent: a thin shell around `Admission`, which shares its budget with the other
/// processes that have the same store.
package final class RateLimiter: Sendable {
    private struct State {
        var admission: Admission
        /// While nothing binds, others' news are looked for no sooner than this.
        var nextLook = Duration.zero
        var waiters: [Admission.Ticket: Waiter] = [:]
        var lastTicket: Admission.Ticket = 0
        var alarm: (moment: Duration, task: Task<Void, Never>)?

        /// Decides on a request that was not decided on yet; answers whether it was one, and who waits for it.
        mutating func decide(
            _ ticket: Admission.Ticket, isAdmitted: Bool
        ) -> (isOpen: Bool, waiter: Continuation?) {
            switch waiters[ticket] {
            case nil, .decided: return (false, nil)
            case .expected:
                waiters[ticket] = .decided(isAdmitted: isAdmitted)
                return (true, nil)
            case .waiting(let continuation):
                waiters[ticket] = nil
                return (true, continuation)
            }
        }
    }

    /// A request that was not let go at once.
    private enum Waiter {
        /// It has not begun to wait yet.
        case expected
        case waiting(Continuation)
        /// It was let go, or not, before it had begun to wait.
        case decided(isAdmitted: Bool)
    }

    private typealias Continuation = CheckedContinuation<Bool, Never>
    private typealias Event = (inout Admission, _ now: Duration) -> Admission.Step

    private let time: any TimeSource
    private let store: (any BudgetStore)?
    private let state: Mutex<State>

    package init(tier: RateTier, concurrent: Int, time: any TimeSource, store: (any BudgetStore)? = nil) {
        self.time = time
        self.store = tier.learnsFromHeaders ? store : nil
        state = Mutex(State(admission: Admission(tier: tier, concurrent: concurrent, now: time.now)))
    }

    deinit {
        state.withLock { $0.alarm?.task.cancel() }
    }

    /// Returns when a request may be sent; `leave` or `forgo` must follow. Throws, owing nothing, when the task is
    /// cancelled.
    package func enter() async throws(CancellationError) -> Admission.Ticket {
        if Task.isCancelled { throw CancellationError() }
        let (ticket, isAdmitted) = arrive()
        if isAdmitted { return ticket }
        let isIn = await withTaskCancellationHandler {
            await withCheckedContinuation { wait(ticket, $0) }
        } onCancel: {
            withdraw(ticket)
        }
        guard isIn else { throw CancellationError() }
        return ticket
    }

    package func leave(_ ticket: Admission.Ticket, _ observation: Admission.Observation) {
        perform(mayBind: observation.tellsOfBudget) { $0.finish(ticket, observation, now: $1) }
    }

    /// Instead of `leave`, where nothing was sent after all: the next one may have the turn.
    package func forgo(_ ticket: Admission.Ticket) {
        perform(mayBind: false) { $0.forgo(ticket, now: $1) }
    }

    private func arrive() -> (Admission.Ticket, isAdmitted: Bool) {
        change { state in
            state.lastTicket += 1
            let ticket = state.lastTicket
            state.waiters[ticket] = .expected
            let admitted = take({ $0.arrive(ticket, now: $1) }, mayBind: false, &state)
            guard case .decided(isAdmitted: true) = state.waiters[ticket] else { return ((ticket, false), admitted) }
            state.waiters[ticket] = nil
            return ((ticket, true), admitted)
        }
    }

    private func wait(_ ticket: Admission.Ticket, _ continuation: Continuation) {
        let decision: Bool? = state.withLock { state in
            guard case .decided(let isAdmitted) = state.waiters[ticket] else {
                state.waiters[ticket] = .waiting(continuation)
                return nil
            }
            state.waiters[ticket] = nil
            return isAdmitted
        }
        if let decision { continuation.resume(returning: decision) }
    }

    /// In one with leaving the queue: nobody may be admitted who is told that it isn't.
    private func withdraw(_ ticket: Admission.Ticket) {
        let waiter = change { state in
            let (isOpen, waiter) = state.decide(ticket, isAdmitted: false)
            return (waiter, isOpen ? take({ $0.withdraw(ticket, now: $1) }, mayBind: false, &state) : [])
        }
        waiter?.resume(returning: false)
    }

    private func perform(mayBind: Bool, _ event: Event) {
        change { state in ((), take(event, mayBind: mayBind, &state)) }
    }

    /// Changes the state, and lets go whom that admits once the lock is free.
    private func change<Value: Sendable>(_ body: (inout State) -> (Value, [Continuation])) -> Value {
        let (value, admitted) = state.withLock { body(&$0) }
        for continuation in admitted { continuation.resume(returning: true) }
        return value
    }

    /// Answers who waits of those that an event admits. `mayBind` is whether it could make a budget bind that doesn't: only
    /// an answer that tells of one can.
    private func take(_ event: Event, mayBind: Bool, _ state: inout State) -> [Continuation] {
        let step = share(event, mayBind: mayBind, &state)
        setAlarm(step.wake, &state)
        return step.admitted.compactMap { state.decide($0, isAdmitted: true).waiter }
    }

    /// An event with the budget as the others left it, and they with what it leaves.
    private func share(_ event: Event, mayBind: Bool, _ state: inout State) -> Admission.Step {
        guard let store else { return event(&state.admission, time.now) }
        if !state.admission.budget.binds, time.now < state.nextLook {
            if !mayBind { return event(&state.admission, time.now) }
            // Tried on a copy: news that bind must not be written over what the others wrote meanwhile.
            var trial = state.admission
            let step = event(&trial, time.now)
            if !trial.budget.binds {
                state.admission = trial
                return step
            }
        }
        state.nextLook = time.now + Self.lookInterval
        return store.exchange { budget in
            // Asked for under the lock: no moment in the store is later.
            if let budget { state.admission.adopt(budget, now: time.now) }
            let step = event(&state.admission, time.now)
            if state.admission.budget.binds || budget != nil { budget = state.admission.budget }
            return step
        }
    }

    private static let lookInterval = Duration.milliseconds(20)

    private func setAlarm(_ moment: Duration?, _ state: inout State) {
        if state.alarm?.moment == moment { return }
        state.alarm?.task.cancel()
        state.alarm = nil
        guard let moment else { return }
        let wait = moment - time.now
        let task = Task { [weak self, time] in
            do throws(CancellationError) {
                try await time.sleep(for: max(.zero, wait))
            } catch {
                return
            }
            self?.ring(moment)
        }
        state.alarm = (moment, task)
    }

    private func ring(_ moment: Duration) {
        change { state in
            guard state.alarm?.moment == moment else { return ((), []) }
            state.alarm = nil
            return ((), take({ $0.tick(now: $1) }, mayBind: false, &state))
        }
    }
}
