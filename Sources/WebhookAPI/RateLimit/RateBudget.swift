/// What the requests of one key have left, whichever of its processes sends them.
///
/// Its moments are by a clock that all of them share (`TimeSource.now`).
package struct RateBudget: Hashable, Sendable {
    /// The steady rate; for a tier of none known once the headers told it.
    package var steady: TokenBucket?
    /// The peak rate within a burst.
    package var peak: TokenBucket?
    /// Nobody sends before, on a server's word.
    package var pausedUntil: Duration?

    package init(steady: TokenBucket? = nil, peak: TokenBucket? = nil, pausedUntil: Duration? = nil) {
        self.steady = steady
        self.peak = peak
        self.pausedUntil = pausedUntil
    }

    /// Nobody is held back for longer than this on a server's word; the next refusal renews it.
    static let longestPause = Duration.seconds(600)

    /// Whether anything may hold a request back.
    package var binds: Bool { steady != nil || peak != nil || pausedUntil != nil }

    /// When time alone will let the next request go; nil when it may go now.
    var nextMoment: Duration? {
        var moment = pausedUntil
        for case .some(let bucket) in [steady, peak] where !bucket.hasToken {
            moment = max(moment ?? bucket.ready, bucket.ready)
        }
        return moment
    }

    mutating func refill(now: Duration) {
        steady?.refill(now: now)
        peak?.refill(now: now)
        if let until = pausedUntil, until <= now { pausedUntil = nil }
    }

    mutating func spend() {
        steady?.spend()
        peak?.spend()
    }

    mutating func giveBack() {
        steady?.giveBack()
        peak?.giveBack()
    }

    mutating func pause(for wait: Duration, now: Duration) {
        pausedUntil = max(pausedUntil ?? .zero, now + min(wait, Self.longestPause))
    }

    /// Takes over what others left of the same budget. A moment that is still to come counts for nothing: it is of before
    /// the machine's last start. Nor do figures that we have none of, once they are old: the server may have others now.
    mutating func adopt(_ shared: RateBudget, now: Duration) {
        if let bucket = shared.steady, steady != nil || now - bucket.updated <= Self.longestPause {
            Self.adopt(bucket, over: &steady, now: now)
        }
        if let bucket = shared.peak, peak != nil { Self.adopt(bucket, over: &peak, now: now) }
        if let until = shared.pausedUntil, until > now, until <= now + Self.longestPause {
            pausedUntil = max(pausedUntil ?? .zero, until)
        }
    }

    private static func adopt(_ shared: TokenBucket, over own: inout TokenBucket?, now: Duration) {
        guard shared.updated <= now else { return }
        if own == nil || own?.hasFigures(of: shared) == true {
            own = shared
        } else {
            // Another profile's figures for the same key: what is left is left, whatever the size of the bucket.
            own?.cap(at: shared.level(at: now))
        }
    }
}
