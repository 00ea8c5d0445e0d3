import Session
import WebhookModel

/// The kernel's time as a session asks for it.
struct SessionTime: SessionClock {
    let kernel: Kernel
    /// How much of a wait is really waited for: a mutation makes it nothing.
    var share = 1

    func now() -> Timestamp { kernel.timestamp }

    func sleep(for duration: Duration) async {
        _ = await kernel.sleep(for: duration * share)
    }
}
