/// Holds requests back until they may be sent: a thin shell around `Admission`.
package actor RateLimiter {
    private var admission: Admission
    private let time: any TimeSource
    private var waiters: [Admission.Ticket: CheckedContinuation<Bool, Never>] = [:]
    private var lastTicket: Admission.Ticket = 0
    private var alarm: (moment: Duration, task: Task<Void, Never>)?

    package init(tier: RateTier, concurrent: Int, time: any TimeSource) {
        self.time = time
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
                perform(admission.arrive(ticket, now: time.now))
            }
        } onCancel: {
            Task { await self.withdraw(ticket) }
        }
        guard isAdmitted else { throw CancellationError() }
        return ticket
    }

    package func leave(_ ticket: Admission.Ticket, _ observation: Admission.Observation) {
        perform(admission.finish(ticket, observation, now: time.now))
    }

    private func withdraw(_ ticket: Admission.Ticket) {
        guard let waiter = waiters.removeValue(forKey: ticket) else { return }
        waiter.resume(returning: false)
        perform(admission.withdraw(ticket, now: time.now))
    }

    private func perform(_ step: Admission.Step) {
        for ticket in step.admitted { waiters.removeValue(forKey: ticket)?.resume(returning: true) }
        setAlarm(step.wake)
    }

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
        perform(admission.tick(now: time.now))
    }
}
