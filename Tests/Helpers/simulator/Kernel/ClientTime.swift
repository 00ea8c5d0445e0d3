import WebhookAPI

/// The kernel's time as the API client asks for it.
struct ClientTime: TimeSource {
    let kernel: Kernel

    var now: Duration { .nanoseconds(kernel.now) }

    var unixTime: Int { Int(kernel.now / 1_000_000_000) }

    func sleep(for duration: Duration) async throws(CancellationError) {
        if await !kernel.sleep(for: duration) { throw CancellationError() }
    }
}
