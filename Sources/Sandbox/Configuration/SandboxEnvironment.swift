import WebhookModel

/// The clock and the randomness that a sandbox uses; it reads none of its own.
package struct SandboxEnvironment: Sendable {
    /// The time of day, for `created_at` and `updated_at`.
    package var now: @Sendable () -> Timestamp
    /// A time that never goes back, from any origin, for rate limits.
    package var uptime: @Sendable () -> Duration
    /// That many bytes; unpredictable ones, outside tests.
    package var randomBytes: @Sendable (Int) -> [UInt8]

    package init(
        now: @escaping @Sendable () -> Timestamp,
        uptime: @escaping @Sendable () -> Duration,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.now = now
        self.uptime = uptime
        self.randomBytes = randomBytes
    }
}
