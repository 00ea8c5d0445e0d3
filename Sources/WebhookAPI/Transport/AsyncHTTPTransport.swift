import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// The network: HTTP/1.1 over TCP, TLS or a Unix socket.
///
/// Nothing is started before the first request, then one thread carries all connections. No logger is handed down: the
/// HTTP library logs bodies and headers at trace level.
package final class AsyncHTTPTransport: Transport {
    private enum State {
        case idle
        case running(HTTPClient, MultiThreadedEventLoopGroup)
        case closed
    }

    private let configuration: TransportConfiguration
    private let state = Mutex(State.idle)

    package init(_ configuration: TransportConfiguration = TransportConfiguration()) {
        self.configuration = configuration
    }

    deinit {
        guard case .running(let client, let group) = state.withLock({ $0 }) else { return }
        client.shutdown { _ in group.shutdownGracefully { _ in } }
    }

    package func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        if Task.isCancelled { throw TransportFailure(.cancelled, progress: .notSent) }
        guard let client = runningClient() else { throw TransportFailure(.closed, progress: .notSent) }
        let outgoing: HTTPClient.Request
        do {
            outgoing = try Self.outgoing(request)
        } catch {
            throw TransportFailure(.invalidRequest("\(error)"), progress: .notSent)
        }
        let collector = ResponseCollector(bodyLimit: request.bodyLimit, errorBodyLimit: request.errorBodyLimit)
        let exchange = client.execute(
            request: outgoing, delegate: collector, deadline: .now() + TimeAmount(request.timeout))
        do {
            return try await withTaskCancellationHandler {
                try await exchange.futureResult.get()
            } onCancel: {
                exchange.fail(reason: CancellationError())
            }
        } catch {
            if let response = collector.cutResponse { return response }
            throw TransportFailure(await explained(kind(of: error), request.endpoint), progress: collector.progress)
        }
    }

    /// Returns when connections and thread are gone. One still being made can't be ended, and is waited for no longer than
    /// half a second; it goes by itself with its time-out.
    package func shutdown() async {
        let previous = state.withLock { state in
            defer { state = .closed }
            return state
        }
        guard case .running(let client, let group) = previous else { return }
        await withCheckedContinuation { continuation in
            let waiter = Waiter(continuation)
            group.next().scheduleTask(in: .milliseconds(500)) { waiter.resume() }
            client.shutdown { _ in group.shutdownGracefully { _ in waiter.resume() } }
        }
    }

    private func kind(of error: any Error) -> TransportFailure.Kind {
        if case .closed = state.withLock({ $0 }) { return .closed }
        return TransportFailure.Kind(of: error)
    }

    /// The same failure with what the HTTP library doesn't tell: what ails a certificate, and that it was the proxy that
    /// was not reached.
    private func explained(_ kind: TransportFailure.Kind, _ endpoint: Endpoint) async -> TransportFailure.Kind {
        switch kind {
        case .certificate(TransportFailure.unverified):
            guard configuration.proxy == nil, case .running(_, let group) = state.withLock({ $0 }),
                let fault = await CertificateProbe.fault(host: endpoint.host, port: endpoint.port, on: group)
            else { return kind }
            return .certificate("\(fault) (\(TransportFailure.unverified))")
        case .unreachable(let reason):
            guard let proxy = configuration.proxy, !reason.contains("proxy") else { return kind }
            return .unreachable("\(reason), by way of the proxy \(proxy.host):\(proxy.port)")
        default: return kind
        }
    }

    private func runningClient() -> HTTPClient? {
        state.withLock { state in
            switch state {
            case .running(let client, _): return client
            case .closed: return nil
            case .idle:
                let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
                let client = HTTPClient(eventLoopGroup: group, configuration: clientConfiguration)
                state = .running(client, group)
                return client
            }
        }
    }

    private var clientConfiguration: HTTPClient.Configuration {
        var pool = HTTPClient.Configuration.ConnectionPool(idleTimeout: TimeAmount(configuration.idleTimeout))
        // A request that waits for a connection longer than the connect time-out fails: leave none waiting.
        pool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, configuration.connections)
        // Repeating is the retry policy's business.
        pool.retryConnectionEstablishment = false
        var tls = TLSConfiguration.makeClientConfiguration()
        if let file = configuration.caFile { tls.additionalTrustRoots = [.file(file)] }
        var result = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(configuration.connectTimeout)), connectionPool: pool,
            proxy: configuration.proxy.map(HTTPClient.Configuration.Proxy.init), decompression: .disabled)
        // One request a connection at a time: what a failure says about a write stays certain.
        result.httpVersion = .http1Only
        // Nothing is traced here; unless that is said, each request looks for a tracer.
        result.tracing.tracer = nil
        result.http1_1ConnectionDebugInitializer = { channel in
            // One that is closed already takes no handler; whoever sends on it learns that.
            try? channel.pipeline.syncOperations.addHandler(FlushCoalescer(), position: .first)
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        return result
    }

    private static func outgoing(_ request: TransportRequest) throws -> HTTPClient.Request {
        var headers = HTTPHeaders()
        // A Unix socket has no host of its own, and HTTP/1.1 wants one (RFC 9112, section 3.2).
        if request.endpoint.scheme == .unix { headers.add(name: "Host", value: request.endpoint.authority) }
        for field in request.headers.fields { headers.add(name: field.name, value: field.value) }
        headers.add(name: "Authorization", value: request.key.authorizationHeader)
        return try HTTPClient.Request(
            url: request.endpoint.origin + request.target, method: HTTPMethod(rawValue: request.method.rawValue),
            headers: headers, body: request.body.map { .byteBuffer(ByteBuffer(bytes: $0)) })
    }
}

/// Resumes a continuation for whoever comes first.
private final class Waiter: Sendable {
    private let continuation: Mutex<CheckedContinuation<Void, Never>?>

    init(_ continuation: CheckedContinuation<Void, Never>) {
        self.continuation = Mutex(continuation)
    }

    func resume() {
        continuation.withLock { continuation in
            continuation?.resume()
            continuation = nil
        }
    }
}

extension HTTPClient.Configuration.Proxy {
    fileprivate init(_ settings: ProxySettings) {
        let authorization = settings.basicCredentials.map {
            HTTPClient.Authorization.basic(username: $0.user, password: $0.password)
        }
        self = .server(host: settings.host, port: settings.port, authorization: authorization)
    }
}
