/// A token bucket: `capacity` tokens at most, refilled at a steady rate, one spent a request.
package struct TokenBucket: Hashable, Sendable {
    package private(set) var capacity: Double
    /// Tokens a second.
    package private(set) var rate: Double
    package private(set) var level: Double
    package private(set) var updated: Duration

    /// A full bucket.
    package init(capacity: Double, rate: Double, now: Duration) {
        self.capacity = max(1, capacity)
        self.rate = max(1e-6, rate)
        self.level = self.capacity
        self.updated = now
    }

    /// A bucket as it was left; figures that cannot be are brought to the nearest that can.
    package init(capacity: Double, rate: Double, level: Double, updated: Duration) {
        self.init(capacity: capacity, rate: rate, now: updated)
        self.level = min(self.capacity, max(0, level))
    }

    /// Adds what has flowed in since the last call. A clock that stands still or goes back adds nothing.
    package mutating func refill(now: Duration) {
        guard now > updated else { return }
        level = min(capacity, level + (now - updated).inSeconds * rate)
        updated = now
    }

    /// Whether a token is there.
    package var hasToken: Bool { level >= 1 - Self.tolerance }

    package mutating func spend() {
        level = max(0, level - 1)
    }

    /// A token that was spent and not used.
    package mutating func giveBack() {
        level = min(capacity, level + 1)
    }

    /// The server's own count: never more than that is left.
    package mutating func cap(at remaining: Double) {
        level = min(level, max(0, remaining))
    }

    func hasFigures(of other: TokenBucket) -> Bool { capacity == other.capacity && rate == other.rate }

    /// What will be there at a moment.
    func level(at now: Duration) -> Double {
        var later = self
        later.refill(now: now)
        return later.level
    }

    /// When the next token will be there.
    package var ready: Duration {
        hasToken ? updated : updated + .seconds((1 - level) / rate)
    }

    /// Sums of fractions fall short of 1 by less than this.
    private static let tolerance = 1e-6
}
