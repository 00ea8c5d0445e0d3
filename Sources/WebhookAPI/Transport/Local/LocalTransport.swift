import NIOCore
import NIOPosix
import Synchronization

/// HTTP/1.1 to a server on this machine, over loopback or a Unix socket, in the clear and through no proxy.
///
/// The embedded server is such a one. Without what only other servers need, a request costs a good third less than by
/// `AsyncHTTPTransport` (docs/decisions/0016); the same promises are kept, and the same tests hold them.
package final class LocalTransport: Transport {
    private enum State {
        case idle
        case running(NIOLoopBoundBox<LocalPool>, MultiThreadedEventLoopGroup)
        case closed
    }

    private let endpoint: Endpoint
    private let configuration: TransportConfiguration
    private let state = Mutex(State.idle)
    private let last = Atomic<UInt64>(0)

    /// Nil where the endpoint isn't on this machine, or asks for TLS or a proxy.
    package init?(to endpoint: Endpoint, _ configuration: TransportConfiguration = TransportConfiguration()) {
        guard configuration.proxy == nil else { return nil }
        switch endpoint.scheme {
        case .https: return nil
        case .http: guard Loopback.contains(host: endpoint.host) else { return nil }
        case .unix: break
        }
        self.endpoint = endpoint
        self.configuration = configuration
    }

    deinit {
        guard case .running(_, let group) = state.withLock({ $0 }) else { return }
        group.shutdownGracefully { _ in }
    }

    package func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        guard request.endpoint.origin == endpoint.origin else {
            throw TransportFailure(.invalidRequest("it is for another server"), progress: .notSent)
        }
        let number = last.add(1, ordering: .relaxed).newValue
        let deadline = NIODeadline.now() + TimeAmount(request.timeout)
        let cancellation = Cancellation()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { done in
                let isRunning = onLoop { pool in
                    let exchange = LocalExchange(number, request, deadline: deadline, done)
                    if cancellation.isAsked.load(ordering: .acquiring) { return exchange.fail(.cancelled) }
                    pool.begin(exchange)
                }
                if !isRunning { done.resume(returning: .failure(TransportFailure(.closed, progress: .notSent))) }
            }
        } onCancel: {
            // Whichever comes first on the loop, this or the beginning, the other one finds it.
            cancellation.isAsked.store(true, ordering: .releasing)
            _ = onLoop { $0.cancel(number) }
        }
        return try outcome.get()
    }

    /// Returns when connections and thread are gone. One still being made is waited for no longer than half a second.
    package func shutdown() async {
        await withCheckedContinuation { done in
            let previous = state.withLock { state in
                defer { state = .closed }
                return state
            }
            guard case .running(let pool, let group) = previous else { return done.resume() }
            let closed = pool.eventLoop.makePromise(of: Void.self)
            closed.futureResult.whenComplete { _ in group.shutdownGracefully { _ in done.resume() } }
            // Behind all that was asked for before; nothing comes after it.
            pool.eventLoop.execute {
                pool.eventLoop.scheduleTask(in: .milliseconds(500)) { closed.succeed() }
                pool.value.close { closed.succeed() }
            }
        }
    }

    /// Does something with the pool, in the order in which it was asked for; false when the transport is closed.
    private func onLoop(_ body: @escaping @Sendable (LocalPool) -> Void) -> Bool {
        state.withLock { state in
            if case .idle = state { state = start() }
            guard case .running(let pool, _) = state else { return false }
            pool.eventLoop.execute { body(pool.value) }
            return true
        }
    }

    /// Nothing is started before the first request, then one thread carries all connections.
    private func start() -> State {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let pool = LocalPool(on: loop, to: endpoint, configuration)
        return .running(NIOLoopBoundBox.makeBoxSendingValue(pool, eventLoop: loop), group)
    }

    private final class Cancellation: Sendable {
        let isAsked = Atomic(false)
    }
}
