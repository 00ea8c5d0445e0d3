import Glibc
import Hummingbird
import HummingbirdCore
import NIOCore

/// Takes connections at an address and has a responder answer what comes over them.
final class HTTPListener: Sendable {
    private typealias Outcome = Result<SocketAddress?, any Error>

    private let configuration: SandboxConfiguration
    private let server: Server<HTTP1Channel>
    /// Says once whether the server listens.
    private let outcomes: AsyncStream<Outcome>
    private let task: Task<Void, Never>

    /// Begins to listen at the configured address, or at a socket made ready for it.
    init(responder: SandboxResponder, configuration: SandboxConfiguration, socket: SocketFile?) {
        let (outcomes, outcome) = AsyncStream.makeStream(of: Outcome.self)
        let limits = configuration.limits
        // Where the server listens is told by who started it.
        var logger = configuration.logger
        logger.logLevel = max(logger.logLevel, .notice)
        let server = Server(
            childChannelSetup: HTTP1Channel(
                responder: HTTPConnection(responder: responder).answer,
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [RequestDeadline(head: limits.headTimeout, body: limits.bodyTimeout)],
                    idleTimeout: TimeAmount(limits.idleTimeout),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
                        maxHeaderFieldCount: limits.headerCount))),
            configuration: ServerConfiguration(
                address: configuration.listener.bindAddress(socket),
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            onServerRunning: { outcome.yield(.success($0.localAddress)) },
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: logger)
        self.configuration = configuration
        self.server = server
        self.outcomes = outcomes
        task = Task {
            do { try await server.run() } catch { outcome.yield(.failure(error)) }
            outcome.finish()
        }
    }

    /// Waits until connections are taken, and says where. Once only.
    func ready(at socket: SocketFile?) async throws(SandboxError) -> SandboxAddress {
        var iterator = outcomes.makeAsyncIterator()
        switch await iterator.next() {
        case .success(let bound): return configuration.listener.address(bound: bound, socket: socket)
        case .failure(let error): throw configuration.listener.failure(error)
        case nil: throw configuration.listener.failure(CancellationError())
        }
    }

    /// Takes no more connections, waits for requests in hand as long as the grace period, then closes what is left.
    func stop(within grace: Duration) async {
        let force = Task { [task] in
            try await Task.sleep(for: grace)
            task.cancel()
        }
        // Fails only where there is nothing left to stop.
        try? await server.shutdownGracefully()
        await task.value
        force.cancel()
    }
}

extension SandboxListener {
    fileprivate func bindAddress(_ socket: SocketFile?) -> BindAddress {
        switch self {
        case .privateSocket(let path), .socket(let path): .unixDomainSocket(path: socket?.path ?? path)
        case .tcp(let host, let port): .hostname(host, port: port)
        }
    }

    fileprivate func address(bound: SocketAddress?, socket: SocketFile?) -> SandboxAddress {
        switch self {
        case .privateSocket(let path), .socket(let path): .socket(path: socket?.path ?? path)
        case .tcp(let host, let port): .tcp(host: host, port: bound?.port ?? port)
        }
    }

    fileprivate func failure(_ error: any Error) -> SandboxError {
        let address =
            switch self {
            case .privateSocket(let path), .socket(let path): path
            case .tcp(let host, let port): "\(host):\(port)"
            }
        guard let error = error as? IOError else { return .cannotListen(address: address, reason: "\(error)") }
        if error.errnoCode == EADDRINUSE { return .addressInUse(address) }
        return .cannotListen(address: address, reason: PrivateFiles.reason(error.errnoCode))
    }
}
