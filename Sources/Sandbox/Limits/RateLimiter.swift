import Synchronization

/// The rate limits of a tier: a token bucket for each key, and a count of requests in hand.
final class RateLimiter: Sendable {
    /// What to tell a client of its budget: `X-RateLimit-*`.
    struct Budget: Hashable, Sendable {
        let limit: Int
        let remaining: Int
        /// Until the bucket is full again.
        let untilReset: Duration
        /// The seconds that `limit` is counted over.
        static let window = 60
    }

    enum Decision: Hashable, Sendable {
        /// `finished` must be called when the request is answered.
        case allowed(Budget)
        case refused(Budget, retryAfter: Duration)
    }

    private struct Account {
        var bucket: TokenBucket
        var second: TokenBucket
        var inHand = 0
    }

    private let tier: SandboxTier
    private let accounts = Mutex<[OrganizationID: Account]>([:])

    init(tier: SandboxTier) {
        self.tier = tier
    }

    func begin(_ organization: OrganizationID, at now: Duration) -> Decision {
        accounts.withLock { accounts in
            var account = accounts[organization] ?? newAccount(at: now)
            defer { accounts[organization] = account }
            account.bucket.refill(at: now)
            account.second.refill(at: now)
            let wait = max(account.bucket.wait, account.second.wait)
            guard account.inHand < tier.concurrent, wait == .zero else {
                return .refused(
                    budget(account), retryAfter: max(wait, .seconds(account.inHand < tier.concurrent ? 0 : 1)))
            }
            account.bucket.take()
            account.second.take()
            account.inHand += 1
            return .allowed(budget(account))
        }
    }

    func finished(_ organization: OrganizationID) {
        accounts.withLock { $0[organization]?.inHand -= 1 }
    }

    private func newAccount(at now: Duration) -> Account {
        Account(
            bucket: TokenBucket(capacity: tier.burst, perSecond: Double(tier.perMinute) / 60, at: now),
            second: TokenBucket(capacity: tier.perSecond, perSecond: Double(tier.perSecond), at: now))
    }

    private func budget(_ account: Account) -> Budget {
        Budget(
            limit: tier.perMinute, remaining: account.bucket.whole, untilReset: account.bucket.untilFull)
    }
}

/// A bucket that fills steadily up to its capacity; each request takes one token.
struct TokenBucket: Hashable, Sendable {
    private let capacity: Double
    private let perSecond: Double
    private var tokens: Double
    private var filledAt: Duration

    /// A full bucket. `perSecond` is above 0.
    init(capacity: Int, perSecond: Double, at now: Duration) {
        self.capacity = Double(capacity)
        self.perSecond = perSecond
        tokens = Double(capacity)
        filledAt = now
    }

    /// Tokens that can be taken now.
    var whole: Int { Int(tokens) }

    /// Until a token can be taken; zero if one can be.
    var wait: Duration { tokens >= 1 ? .zero : .seconds((1 - tokens) / perSecond) }

    var untilFull: Duration { .seconds((capacity - tokens) / perSecond) }

    /// Adds what has come in since the last call; a time before it counts as the same.
    mutating func refill(at now: Duration) {
        guard now > filledAt else { return }
        tokens = min(capacity, tokens + (now - filledAt) / .seconds(1) * perSecond)
        filledAt = now
    }

    mutating func take() {
        tokens -= 1
    }
}
