import Dispatch
import Glibc

/// Signals as values: what a handler may do is hardly anything, so none is used.
enum Signals {
    /// A closed pipe is an error of write(2), not the end of the process.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Calls `action` for every signal of this kind until the returned source is cancelled.
    static func on(
        _ number: Int32, queue: DispatchQueue = .global(), _ action: @escaping @Sendable () -> Void
    ) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler(handler: action)
        source.resume()
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
