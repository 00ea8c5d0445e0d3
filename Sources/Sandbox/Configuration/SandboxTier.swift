/// The rate limits of an API tier, per key.
package struct SandboxTier: Hashable, Sendable {
    /// Requests a minute in the long run.
    package var perMinute: Int
    /// Requests within one second.
    package var perSecond: Int
    /// Requests in hand at once.
    package var concurrent: Int
    /// Requests that may come at once after a pause.
    package var burst: Int

    package static let free = SandboxTier(perMinute: 60, perSecond: 10, concurrent: 5, burst: 20)
    package static let pro = SandboxTier(perMinute: 600, perSecond: 100, concurrent: 50, burst: 200)

    /// Each at least 1.
    package init(perMinute: Int, perSecond: Int, concurrent: Int, burst: Int) {
        self.perMinute = max(1, perMinute)
        self.perSecond = max(1, perSecond)
        self.concurrent = max(1, concurrent)
        self.burst = max(1, burst)
    }
}
