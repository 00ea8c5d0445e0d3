/// One operation's attempts: an event goes in, what to do comes out. No clock, no randomness, no effect.
package struct RetryRun: Hashable, Sendable {
    /// What an attempt ended in.
    package enum Event: Hashable, Sendable {
        case answered(status: Int, retryAfter: Duration?)
        case failed(TransportFailure)
    }

    package enum Action: Hashable, Sendable {
        /// Take the event as the operation's result.
        case conclude
        /// Wait this long, then send the same request again.
        case again(after: Duration)
    }

    private enum Wait {
        case told(Duration)
        case backoff
    }

    package let policy: RetryPolicy
    package let safety: RepeatSafety
    /// When the first attempt started, by the clock that `next` is asked with.
    package let started: Duration
    /// Attempts made or under way.
    package private(set) var attempt = 1
    /// Waits that don't count in the budget: those that the server asked for, and those for the rate.
    private var excused = Duration.zero

    package init(policy: RetryPolicy, safety: RepeatSafety, started: Duration) {
        self.policy = policy
        self.safety = safety
        self.started = started
    }

    /// A request waited this long for its turn: that is no fault of the server's.
    package mutating func excuse(_ wait: Duration) {
        excused += wait
    }

    /// Decides after an attempt; `draw` in 0..<1, asked for where it is needed, picks the back-off between nothing and its
    /// upper end (full jitter).
    package mutating func next(after event: Event, now: Duration, draw: @autoclosure () -> Double) -> Action {
        guard attempt < policy.attempts, let wait = wait(after: event) else { return .conclude }
        switch wait {
        case .told(let duration):
            guard duration <= policy.longestToldWait else { return .conclude }
            excused += duration
            attempt += 1
            return .again(after: duration)
        case .backoff:
            let duration = backoff * draw()
            guard now + duration - started - excused <= policy.budget else { return .conclude }
            attempt += 1
            return .again(after: duration)
        }
    }

    /// The upper end of the next back-off.
    private var backoff: Duration {
        var result = policy.firstBackoff
        for _ in 1..<attempt where result < policy.longestBackoff { result = result * 2 }
        return min(result, policy.longestBackoff)
    }

    private func wait(after event: Event) -> Wait? {
        switch event {
        case .answered(let status, let retryAfter): wait(afterStatus: status, told: retryAfter)
        case .failed(let failure): mayRepeat(after: failure) ? .backoff : nil
        }
    }

    private func wait(afterStatus status: Int, told: Duration?) -> Wait? {
        switch status {
        // Refused before anything was done, whatever it was.
        case 429: told.map(Wait.told) ?? .backoff
        case 503:
            switch safety {
            case .read: told.map(Wait.told) ?? .backoff
            // A server that says when to come back has not done it; one that doesn't may have broken down half-way.
            case .write: told.map(Wait.told)
            case .create: nil
            }
        case 408, 500, 502, 504: safety == .read ? .backoff : nil
        default: nil
        }
    }

    private func mayRepeat(after failure: TransportFailure) -> Bool {
        switch failure.kind {
        case .unreachable, .lost, .notHTTP, .timedOut: safety == .read || failure.progress == .notSent
        case .certificate, .bodyTooLarge, .cancelled, .closed, .invalidRequest: false
        }
    }
}
