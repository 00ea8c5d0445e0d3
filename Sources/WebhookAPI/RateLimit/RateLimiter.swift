/// Holds requests back until they may be sent: a thin shell around `Admission`, which shares its budget with the other
/// processes that have the same store.
package actor RateLimiter {
    private var admission: Admission
    private let time: any TimeSource
    private let store: (any BudgetStore)?
    /// While nothing binds, others' news are looked for no sooner than this.
    private var nextLook = Duration.zero
    private var waiters: [Admission.Ticket: CheckedContinuation<Bool, Never>] = [:]
    private var lastTicket: Admission.Ticket = 0
    private var alarm: (moment: Duration, task: Task<Void, Never>)?

    package init(tier: RateTier, concurrent: Int, time: any TimeSource, store: (any BudgetStore)? = nil) {
        self.time = time
        self.store = tier.learnsFromHeaders ? store : nil
        admission = Admission(tier: tier, concurrent: concurrent, now: time.now)
    }

    deinit {
        alarm?.task.cancel()
    }

    /// Returns when a request may be sent; `leave` must follow. Throws, owing nothing, when the task is cancelled.
    package func enter() async throws(CancellationError) -> Admission.Ticket {
        lastTicket += 1
        let ticket = lastTicket
        let isAdmitted = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !Task.isCancelled else { return continuation.resume(returning: false) }
                waiters[ticket] = continuation
                perform { $0.arrive(ticket, now: $1) }
            }
        } onCancel: {
            Task { await self.withdraw(ticket) }
        }
        guard isAdmitted else { throw CancellationError() }
        return ticket
    }

    package func leave(_ ticket: Admission.Ticket, _ observation: Admission.Observation) {
        perform { $0.finish(ticket, observation, now: $1) }
    }

    /// Instead of `leave`, where nothing was sent after all: the next one may have the turn.
    package func forgo(_ ticket: Admission.Ticket) {
        perform { $0.forgo(ticket, now: $1) }
    }

    private func withdraw(_ ticket: Admission.Ticket) {
        guard let waiter = waiters.removeValue(forKey: ticket) else { return }
        waiter.resume(returning: false)
        perform { $0.withdraw(ticket, now: $1) }
    }

    private func perform(_ event: (inout Admission, _ now: Duration) -> Admission.Step) {
        let step = share(event)
        for ticket in step.admitted { waiters.removeValue(forKey: ticket)?.resume(returning: true) }
        setAlarm(step.wake)
    }

    /// An event with the budget as the others left it, and they with what it leaves.
    private func share(_ event: (inout Admission, _ now: Duration) -> Admission.Step) -> Admission.Step {
        guard let store else { return event(&admission, time.now) }
        if !admission.budget.binds, time.now < nextLook {
            // Tried on a copy: news that bind must not be written over what the others wrote meanwhile.
            var trial = admission
            let step = event(&trial, time.now)
            if !trial.budget.binds {
                admission = trial
                return step
            }
        }
        nextLook = time.now + Self.lookInterval
        return store.exchange { budget in
            // Asked for under the lock: no moment in the store is later.
            if let budget { admission.adopt(budget, now: time.now) }
            let step = event(&admission, time.now)
            keep(&budget)
            return step
        }
    }

    private func keep(_ budget: inout RateBudget?) {
        if admission.budget.binds || budget != nil { budget = admission.budget }
    }

    private static let lookInterval = Duration.milliseconds(20)

    private func setAlarm(_ moment: Duration?) {
        if let alarm, alarm.moment == moment { return }
        alarm?.task.cancel()
        alarm = nil
        guard let moment else { return }
        let wait = moment - time.now
        let task = Task { [weak self, time] in
            do throws(CancellationError) {
                try await time.sleep(for: max(.zero, wait))
            } catch {
                return
            }
            await self?.ring(moment)
        }
        alarm = (moment, task)
    }

    private func ring(_ moment: Duration) {
        guard alarm?.moment == moment else { return }
        alarm = nil
        perform { $0.tick(now: $1) }
    }
}
