import NIOCore
import NIOHTTP1
import NIOPosix

/// The connections to a server on this machine, and what is under way on them. Belongs to its event loop.
///
/// How many there are at most is the rate limiter's business: each request that comes here gets a connection at once.
final class LocalPool {
    private let loop: any EventLoop
    private let endpoint: Endpoint
    private let configuration: TransportConfiguration
    /// Nil where the host is a name, or a socket's path.
    private let address: SocketAddress?
    private var idle: [LocalConnection] = []
    private var underWay: [UInt64: (exchange: LocalExchange, connection: LocalConnection?)] = [:]
    /// One for all: it rings for what is due first, or before, and looks what is due then.
    private var alarm: (moment: NIODeadline, task: Scheduled<Void>)?
    private var connecting = 0
    /// Called once nothing is being connected any more; set when the pool is closed.
    private var onClosed: (() -> Void)?

    init(on loop: any EventLoop, to endpoint: Endpoint, _ configuration: TransportConfiguration) {
        self.loop = loop
        self.endpoint = endpoint
        self.configuration = configuration
        address = try? SocketAddress(ipAddress: Endpoint.address(ofHost: endpoint.host), port: endpoint.port)
    }

    /// Sends on the connection that was used last, or on a new one.
    func begin(_ exchange: LocalExchange) {
        if onClosed != nil { return exchange.fail(.closed) }
        let connection = idle.popLast()
        underWay[exchange.number] = (exchange, connection)
        wake(at: exchange.deadline)
        if let connection { return connection.begin(exchange) }
        connect(exchange.number)
    }

    func cancel(_ number: UInt64) { end(number, .cancelled) }

    /// Ends all that is under way. A connection that is being made can't be ended, only waited for.
    func close(_ action: @escaping () -> Void) {
        onClosed = action
        for number in underWay.keys { end(number, .closed) }
        for connection in idle { connection.close() }
        idle = []
        alarm?.task.cancel()
        alarm = nil
        if connecting == 0 { action() }
    }

    // MARK: What the connections tell

    /// The connection, if it can be used again.
    func succeeded(_ exchange: LocalExchange, _ connection: LocalConnection?) {
        underWay[exchange.number] = nil
        if let connection { keep(connection) }
        exchange.succeed()
    }

    func failed(_ exchange: LocalExchange, _ kind: TransportFailure.Kind) {
        guard underWay.removeValue(forKey: exchange.number) != nil else { return }
        exchange.fail(kind)
    }

    func closed(_ connection: LocalConnection) { idle.removeAll { $0 === connection } }

    // MARK: Connecting

    private func connect(_ number: UInt64) {
        let pool = NIOLoopBound(self, eventLoop: loop)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(configuration.connectTimeout))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(LocalConnection(pool.value))
                }
            }
        connecting += 1
        dial(bootstrap).assumeIsolated().whenComplete { self.connected($0, for: number) }
    }

    private func dial(_ bootstrap: ClientBootstrap) -> EventLoopFuture<any Channel> {
        if endpoint.scheme == .unix { return bootstrap.connect(unixDomainSocketPath: endpoint.host) }
        // An address is not looked up like a name, for each connection on another thread.
        if let address { return bootstrap.connect(to: address) }
        return bootstrap.connect(host: Endpoint.address(ofHost: endpoint.host), port: endpoint.port)
    }

    private func connected(_ result: Result<any Channel, any Error>, for number: UInt64) {
        connecting -= 1
        if connecting == 0 { onClosed?() }
        do {
            let channel = try result.get()
            let connection = try channel.pipeline.syncOperations.handler(type: LocalConnection.self)
            // Its request may be over by now.
            guard let exchange = underWay[number]?.exchange else { return connection.close() }
            underWay[number]?.connection = connection
            connection.begin(exchange)
        } catch {
            end(number, TransportFailure.Kind(of: error))
        }
    }

    /// Breaks an exchange off, with its connection.
    private func end(_ number: UInt64, _ kind: TransportFailure.Kind) {
        guard let (exchange, connection) = underWay.removeValue(forKey: number) else { return }
        connection?.close()
        exchange.fail(kind)
    }

    // MARK: Time

    private func keep(_ connection: LocalConnection) {
        idle.append(connection)
        wake(at: connection.idleSince + TimeAmount(configuration.idleTimeout))
    }

    private func wake(at moment: NIODeadline) {
        if let alarm, alarm.moment <= moment { return }
        alarm?.task.cancel()
        alarm = (moment, loop.assumeIsolated().scheduleTask(deadline: moment) { self.look() })
    }

    private func look() {
        alarm = nil
        let now = NIODeadline.now()
        for (number, (exchange, _)) in underWay where exchange.deadline <= now { end(number, .timedOut) }
        let patience = TimeAmount(configuration.idleTimeout)
        for connection in idle where connection.idleSince + patience <= now { connection.close() }
        idle.removeAll { $0.idleSince + patience <= now }
        let moments = underWay.values.map(\.exchange.deadline) + idle.map { $0.idleSince + patience }
        if let next = moments.min() { wake(at: next) }
    }
}
