import Dispatch
import Glibc
import Synchronization

/// Signals as values: what a handler may do is hardly anything, so none is used.
enum Signals {
    /// A closed pipe is an error of write(2), not the end of the process.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// A queue of its own always finds a thread; those that all share may be busy with whoever waits here.
    private static let queue = DispatchQueue(label: "signals")
    /// What libdispatch has installed for each signal that it ever watched. It does so once: whoever gave the signal its
    /// usual effect since, as at the end of a commit, has to put this back.
    private static let handlers = Mutex<[Int32: sigaction]>([:])

    /// Calls `action` for every signal of this kind, from when this returns until the returned source is cancelled.
    static func on(
        _ number: Int32, queue: DispatchQueue = queue, _ action: @escaping @Sendable () -> Void
    ) -> any DispatchSourceSignal {
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        let isRegistered = DispatchSemaphore(value: 0)
        source.setEventHandler(handler: action)
        source.setRegistrationHandler { isRegistered.signal() }
        source.resume()
        // A signal that came before would be lost, or have its usual effect.
        isRegistered.wait()
        handlers.withLock { handlers in
            if var handler = handlers[number] {
                sigaction(number, &handler, nil)
            } else {
                var handler = sigaction()
                if sigaction(number, nil, &handler) == 0 { handlers[number] = handler }
            }
        }
        return source
    }

    /// Signals that are waited for, from when this is made.
    struct Awaited {
        private let stream: AsyncStream<Void>
        private let sources: [any DispatchSourceSignal]

        init(_ numbers: [Int32]) {
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
            self.stream = stream
            sources = numbers.map { number in Signals.on(number) { continuation.yield() } }
        }

        /// Waits for the first of them.
        func first() async {
            for await _ in stream { break }
            for source in sources { source.cancel() }
        }
    }
}
