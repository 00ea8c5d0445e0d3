/// Time as the client needs it: injected, so that waits are simulated rather than waited for.
package protocol TimeSource: Sendable {
    /// A clock that never goes back, from an arbitrary origin, which is the same for all who share a `BudgetStore`.
    var now: Duration { get }
    /// Seconds since 1970 in UTC, to compare with what a server says in its headers.
    var unixTime: Int { get }
    /// Returns after the duration; at once with an error when the task is cancelled.
    func sleep(for duration: Duration) async throws(CancellationError)
}
