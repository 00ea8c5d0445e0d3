/// Who may send, and when: a queue in front of token buckets, a bound on requests under way, and pauses that the server
/// asked for. Events go in, a step comes out; no clock, no effect.
package struct Admission: Sendable {
    /// A request's place: each is used once, and they grow in the order of arrival.
    package typealias Ticket = UInt64

    /// What follows from an event.
    package struct Step: Hashable, Sendable {
        /// These may send now, in this order.
        package var admitted: [Ticket]
        /// When to call `tick`, if anybody waits for time to pass.
        package var wake: Duration?

        package init(admitted: [Ticket] = [], wake: Duration? = nil) {
            self.admitted = admitted
            self.wake = wake
        }
    }

    /// What an answer, or its absence, teaches.
    package struct Observation: Hashable, Sendable {
        package enum Outcome: Hashable, Sendable {
            case good
            /// 429, or a 503: how long to hold everybody back, if it said.
            case pushedBack(for: Duration?)
            /// No answer, or one that says nothing about load.
            case neutral
        }

        package var outcome: Outcome
        package var headers: RateLimitHeaders

        package init(_ outcome: Outcome, headers: RateLimitHeaders = RateLimitHeaders()) {
            self.outcome = outcome
            self.headers = headers
        }

        /// Whether it says anything of the budget.
        var tellsOfBudget: Bool {
            if case .pushedBack(for: .some) = outcome { return true }
            return headers != RateLimitHeaders()
        }
    }

    private let tier: RateTier
    /// What is left to all who share it.
    package private(set) var budget: RateBudget
    private var concurrency: AdaptiveConcurrency
    private var waiting: [Ticket] = []
    private var underWay: [Ticket: Duration] = [:]

    /// `concurrent` bounds requests under way; the tier's own bound counts when it is lower.
    package init(tier: RateTier, concurrent: Int, now: Duration) {
        self.tier = tier
        let limits = tier.limits
        concurrency = AdaptiveConcurrency(ceiling: min(concurrent, limits?.concurrent ?? concurrent))
        budget = RateBudget()
        guard let limits else { return }
        budget.steady = TokenBucket(capacity: Double(limits.burst), rate: Double(limits.perMinute) / 60, now: now)
        // A full bucket and what flows in within a second together stay at the peak rate.
        budget.peak = limits.perSecond.map { perSecond in
            let capacity = max(1, Double(perSecond) / 2)
            let rate = max(Double(perSecond) - capacity, Double(perSecond) / 2)
            return TokenBucket(capacity: capacity, rate: rate, now: now)
        }
    }

    /// What others who share the budget left of it; `tick` then says who may go.
    package mutating func adopt(_ shared: RateBudget, now: Duration) {
        budget.adopt(shared, now: now)
    }

    package mutating func arrive(_ ticket: Ticket, now: Duration) -> Step {
        waiting.append(ticket)
        return tick(now: now)
    }

    /// A request that no longer wants to be sent; nothing happens when it was admitted already.
    package mutating func withdraw(_ ticket: Ticket, now: Duration) -> Step {
        waiting.removeAll { $0 == ticket }
        return tick(now: now)
    }

    /// A request under way has ended.
    package mutating func finish(_ ticket: Ticket, _ observation: Observation, now: Duration) -> Step {
        guard let admitted = underWay.removeValue(forKey: ticket) else { return tick(now: now) }
        switch observation.outcome {
        case .good: concurrency.succeeded()
        case .neutral: break
        case .pushedBack(let wait):
            concurrency.pushedBack(admitted: admitted, now: now)
            if let wait { budget.pause(for: wait, now: now) }
        }
        if tier.learnsFromHeaders { learn(observation.headers, of: ticket, now: now) }
        return tick(now: now)
    }

    /// A request that was admitted and not sent: what it was let go with is there for the next.
    package mutating func forgo(_ ticket: Ticket, now: Duration) -> Step {
        if underWay.removeValue(forKey: ticket) != nil { budget.giveBack() }
        return tick(now: now)
    }

    /// Admits whoever may go now.
    package mutating func tick(now: Duration) -> Step {
        budget.refill(now: now)
        var step = Step()
        for ticket in waiting {
            guard underWay.count < concurrency.limit else { break }
            if let moment = budget.nextMoment {
                step.wake = moment
                break
            }
            budget.spend()
            underWay[ticket] = now
            step.admitted.append(ticket)
        }
        waiting.removeFirst(step.admitted.count)
        return step
    }

    private mutating func learn(_ headers: RateLimitHeaders, of ticket: Ticket, now: Duration) {
        if tier == .automatic, let told = bucket(told: headers, now: now), budget.steady?.hasFigures(of: told) != true {
            budget.steady = told
        }
        guard let remaining = headers.remaining else { return }
        budget.steady?.refill(now: now)
        // Requests admitted after the one that was answered may not have been counted yet.
        budget.steady?.cap(at: Double(remaining - underWay.keys.count { $0 > ticket }))
        if budget.steady == nil, remaining == 0, let reset = headers.reset { budget.pause(for: reset, now: now) }
    }

    /// The bucket that the headers tell of, unless a single token of it would take longer than any pause may.
    private func bucket(told headers: RateLimitHeaders, now: Duration) -> TokenBucket? {
        guard let limit = headers.limit, let window = headers.window, limit > 0, window > 0 else { return nil }
        guard Double(window) / Double(limit) <= RateBudget.longestPause.inSeconds else { return nil }
        return TokenBucket(capacity: Double(limit), rate: Double(limit) / Double(window), now: now)
    }
}
