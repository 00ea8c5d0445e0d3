/// How often and how long an operation is repeated.
package struct RetryPolicy: Hashable, Sendable {
    /// Attempts in all, the first included; 1 repeats nothing.
    package var attempts: Int
    /// The first back-off's upper end; it doubles with each attempt.
    package var firstBackoff: Duration
    /// The upper end that back-off grows to.
    package var longestBackoff: Duration
    /// A server's `Retry-After` beyond this is handed to the caller instead of waited for.
    package var longestToldWait: Duration
    /// No back-off ends later than this after the operation began, waits for the rate or told by the server not counted;
    /// a wait that the server told is taken regardless.
    package var budget: Duration

    package init(
        attempts: Int = 4, firstBackoff: Duration = .milliseconds(250), longestBackoff: Duration = .seconds(8),
        longestToldWait: Duration = .seconds(120), budget: Duration = .seconds(60)
    ) {
        self.attempts = attempts
        self.firstBackoff = firstBackoff
        self.longestBackoff = longestBackoff
        self.longestToldWait = longestToldWait
        self.budget = budget
    }

    /// Repeats nothing.
    package static let never = RetryPolicy(attempts: 1)
}
