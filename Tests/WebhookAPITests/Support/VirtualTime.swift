import Synchronization
import WebhookAPI

/// A clock that moves only when somebody sleeps, and then at once: hours of waiting take no time.
final class VirtualTime: TimeSource {
    private struct State {
        var now = Duration.seconds(1000)
        var unixTime = 1_800_000_000
        var sleeps: [Duration] = []
    }

    private let state = Mutex(State())

    var now: Duration { state.withLock { $0.now } }
    var unixTime: Int { state.withLock { $0.unixTime } }
    /// What was slept for, in order.
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func advance(by duration: Duration) {
        state.withLock {
            $0.now += duration
            $0.unixTime += Int(duration.components.seconds)
        }
    }

    func sleep(for duration: Duration) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        state.withLock { $0.sleeps.append(duration) }
        advance(by: duration)
    }
}
