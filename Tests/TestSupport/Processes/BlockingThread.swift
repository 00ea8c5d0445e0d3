import Glibc

/// A thread of its own for calls that block, so that many of them at once starve no task.
package final class BlockingThread: Sendable {
    private let body: @Sendable () -> Void

    package init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    /// Starts it; it ends when the body returns.
    package func start() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let failure = pthread_create(
            &thread, nil,
            { context in
                Unmanaged<BlockingThread>.fromOpaque(context!).takeRetainedValue().body()
                return nil
            }, context)
        precondition(failure == 0, "no thread could be started")
        pthread_detach(thread)
    }
}
