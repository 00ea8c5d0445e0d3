import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Shell

/// Takes requests on loopback with Hummingbird: what `listen` shows.
struct LocalReceiver: DeliveryReceiver {
    func open(port: Int, status: Int) async throws(ReceiverFailure) -> any OpenReceiver {
        try await RunningReceiver.start(port: port, status: status)
    }
}

private final class RunningReceiver: OpenReceiver {
    private typealias Outcome = Result<SocketAddress?, any Error>

    /// Requests that wait to be shown; more are answered 503, so that whoever sends them comes again.
    private static let waiting = 64
    private static let bodyLimit = 1 << 20
    private static let headerLimit = 16 << 10
    private static let connections = 64
    private static let idleTimeout = TimeAmount.seconds(60)

    let port: Int
    let requests: AsyncStream<ReceivedRequest>
    private let continuation: AsyncStream<ReceivedRequest>.Continuation
    private let server: Server<HTTP1Channel>
    private let task: Task<Void, Never>

    private init(
        port: Int, requests: AsyncStream<ReceivedRequest>, continuation: AsyncStream<ReceivedRequest>.Continuation,
        server: Server<HTTP1Channel>, task: Task<Void, Never>
    ) {
        self.port = port
        self.requests = requests
        self.continuation = continuation
        self.server = server
        self.task = task
    }

    static func start(port: Int, status: Int) async throws(ReceiverFailure) -> RunningReceiver {
        let (requests, continuation) = AsyncStream.makeStream(
            of: ReceivedRequest.self, bufferingPolicy: .bufferingOldest(waiting))
        let (outcomes, outcome) = AsyncStream.makeStream(of: Outcome.self)
        let answer = HTTPResponse.Status(code: status)
        let logger = Logs.logger("receiver", isVerbose: false)
        let server = Server(
            childChannelSetup: HTTP1Channel(
                responder: { request, writer, _ in
                    let response = await respond(to: request, answer, continuation)
                    try await writer.write(response: response.head, body: response.body)
                },
                configuration: HTTP1Channel.Configuration(
                    idleTimeout: idleTimeout,
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: headerLimit, maxHeaderListSize: headerLimit, maxHeaderFieldCount: 100))),
            configuration: ServerConfiguration(
                address: .hostname("127.0.0.1", port: port),
                availableConnectionsDelegate: .maximum(connections, logger: logger)),
            onServerRunning: { outcome.yield(.success($0.localAddress)) },
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup, logger: logger)
        let task = Task {
            do { try await server.run() } catch { outcome.yield(.failure(error)) }
            outcome.finish()
        }
        var iterator = outcomes.makeAsyncIterator()
        switch await iterator.next() {
        case .success(let bound):
            return RunningReceiver(
                port: bound?.port ?? port, requests: requests, continuation: continuation, server: server, task: task)
        case .failure(let error): throw ReceiverFailure(port: port, reason: reason(error))
        case nil: throw ReceiverFailure(port: port, reason: "it was interrupted")
        }
    }

    func close() async {
        continuation.finish()
        try? await server.shutdownGracefully()
        task.cancel()
        await task.value
    }

    /// Hands the request on, and answers. A body that is too long, or that breaks off, is handed on by nobody.
    private static func respond(
        to request: Request, _ answer: HTTPResponse.Status,
        _ continuation: AsyncStream<ReceivedRequest>.Continuation
    ) async -> Response {
        var body: [UInt8] = []
        do {
            for try await part in request.body {
                body += part.readableBytesView
                if body.count > bodyLimit { return Response(status: .contentTooLarge, headers: [.connection: "close"]) }
            }
        } catch {
            return Response(status: .badRequest, headers: [.connection: "close"])
        }
        let headers = request.headers.map { ReceivedRequest.Header($0.name.rawName, $0.value) }
        let received = ReceivedRequest(
            method: request.method.rawValue, target: request.head.path ?? "/", headers: headers, body: body)
        guard case .enqueued = continuation.yield(received) else { return Response(status: .serviceUnavailable) }
        return Response(status: answer)
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return error.errnoCode == EADDRINUSE ? "the port is in use" : String(cString: strerror(error.errnoCode))
    }
}
