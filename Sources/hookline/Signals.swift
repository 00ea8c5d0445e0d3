import Dispatch
import Glibc

/// Signals as values: what a handler may do is hardly anything, so none is used.
enum Signals {
    /// A closed pipe is an error of write(2), not the end of the process.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Calls `action` for every signal of this kind until the returned source is cancelled.
    static func on(_ number: Int32, _ action: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: action)
        source.resume()
        return source
    }

    /// Waits for the first of these.
    static func firstOf(_ numbers: [Int32]) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = numbers.map { on($0) { continuation.yield() } }
        for await _ in stream { break }
        for source in sources { source.cancel() }
    }
}
