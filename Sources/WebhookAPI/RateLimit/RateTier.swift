/// What a key may ask of the API.
package enum RateTier: Hashable, Sendable {
    /// 60 a minute, 10 a second, bursts of 20, 5 at once.
    case free
    /// 600 a minute, 100 a second, bursts of 200, 50 at once.
    case pro
    case custom(RateLimits)
    /// Nothing is known: begins unbounded and learns from `X-RateLimit-*`.
    case automatic
    /// No bound of our own, whatever the headers say; a 429 still stops everybody for as long as it asks.
    case unlimited

    var limits: RateLimits? {
        switch self {
        case .free: RateLimits(perMinute: 60, perSecond: 10, burst: 20, concurrent: 5)
        case .pro: RateLimits(perMinute: 600, perSecond: 100, burst: 200, concurrent: 50)
        case .custom(let limits): limits
        case .automatic, .unlimited: nil
        }
    }

    var learnsFromHeaders: Bool { self != .unlimited }
}

/// A token bucket's figures, and how many requests may be under way at once.
package struct RateLimits: Hashable, Sendable {
    /// The steady rate; at least 1.
    package var perMinute: Int
    /// The peak rate within a burst; nil for none.
    package var perSecond: Int?
    /// How many may go at once after a rest; at least 1.
    package var burst: Int
    /// Requests under way at once; at least 1.
    package var concurrent: Int

    package init(perMinute: Int, perSecond: Int? = nil, burst: Int, concurrent: Int) {
        self.perMinute = max(1, perMinute)
        self.perSecond = perSecond.map { max(1, $0) }
        self.burst = max(1, burst)
        self.concurrent = max(1, concurrent)
    }
}
