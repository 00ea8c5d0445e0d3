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
    }

    private let tier: RateTier
    /// The steady rate; for `automatic` known once the headers told it.
    private var steady: TokenBucket?
    private var peak: TokenBucket?
    private var concurrency: AdaptiveConcurrency
    private var pausedUntil: Duration?
    private var waiting: [Ticket] = []
    private var underWay: [Ticket: Duration] = [:]

    /// `concurrent` bounds requests under way; the tier's own bound counts when it is lower.
    package init(tier: RateTier, concurrent: Int, now: Duration) {
        self.tier = tier
        let limits = tier.limits
        concurrency = AdaptiveConcurrency(ceiling: min(concurrent, limits?.concurrent ?? concurrent))
        guard let limits else { return }
        steady = TokenBucket(capacity: Double(limits.burst), rate: Double(limits.perMinute) / 60, now: now)
        // A full bucket and what flows in within a second together stay at the peak rate.
        peak = limits.perSecond.map { perSecond in
            let capacity = max(1, Double(perSecond) / 2)
            let rate = max(Double(perSecond) - capacity, Double(perSecond) / 2)
            return TokenBucket(capacity: capacity, rate: rate, now: now)
        }
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
            if let wait { pausedUntil = max(pausedUntil ?? .zero, now + min(wait, Self.longestPause)) }
        }
        if tier.learnsFromHeaders { learn(observation.headers, of: ticket, now: now) }
        return tick(now: now)
    }

    /// Admits whoever may go now.
    package mutating func tick(now: Duration) -> Step {
        steady?.refill(now: now)
        peak?.refill(now: now)
        if let until = pausedUntil, until <= now { pausedUntil = nil }
        var step = Step()
        for ticket in waiting {
            guard underWay.count < concurrency.limit else { break }
            if let moment = nextMoment {
                step.wake = moment
                break
            }
            steady?.spend()
            peak?.spend()
            underWay[ticket] = now
            step.admitted.append(ticket)
        }
        waiting.removeFirst(step.admitted.count)
        return step
    }

    /// When time alone will let the next one go; nil when it may go now.
    private var nextMoment: Duration? {
        var moment = pausedUntil
        for case .some(let bucket) in [steady, peak] where !bucket.hasToken {
            moment = max(moment ?? bucket.ready, bucket.ready)
        }
        return moment
    }

    private mutating func learn(_ headers: RateLimitHeaders, of ticket: Ticket, now: Duration) {
        if steady == nil, let limit = headers.limit, let window = headers.window, limit > 0, window > 0 {
            steady = TokenBucket(capacity: Double(limit), rate: Double(limit) / Double(window), now: now)
        }
        guard let remaining = headers.remaining else { return }
        steady?.refill(now: now)
        // Requests admitted after the one that was answered may not have been counted yet.
        steady?.cap(at: Double(remaining - underWay.keys.count { $0 > ticket }))
        if steady == nil, remaining == 0, let reset = headers.reset {
            pausedUntil = max(pausedUntil ?? .zero, now + min(reset, Self.longestPause))
        }
    }

    /// Nobody is held back for longer than this on a server's word; the next refusal renews it.
    private static let longestPause = Duration.seconds(600)
}
