import Glibc

/// The machine's clocks.
package struct SystemTime: TimeSource {
    package init() {}

    /// Since the machine was started, so that processes can compare theirs.
    package var now: Duration {
        var moment = timespec()
        clock_gettime(CLOCK_BOOTTIME, &moment)
        return .seconds(moment.tv_sec) + .nanoseconds(moment.tv_nsec)
    }

    package var unixTime: Int { time(nil) }

    package func sleep(for duration: Duration) async throws(CancellationError) {
        do {
            try await Task.sleep(for: duration)
        } catch {
            throw CancellationError()
        }
    }
}
