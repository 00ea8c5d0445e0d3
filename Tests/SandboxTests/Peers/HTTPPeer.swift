import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A request as a peer received it.
struct ReceivedRequest: Sendable {
    var method = ""
    var target = ""
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// What a peer answers.
struct PeerAnswer: Sendable {
    var status = 200
    var headers: [(String, String)] = []
    var body = ""
    /// Close the connection instead of answering.
    var hangsUp = false
    /// Never answer.
    var isSilent = false
    /// Answer with a head, and never with the body it tells of.
    var stalls = false
}

/// An HTTP server on loopback that keeps what it receives and answers as it is told.
final class HTTPPeer: Sendable {
    private let received = Mutex<[ReceivedRequest]>([])
    private let answer: @Sendable (ReceivedRequest, _ number: Int) -> PeerAnswer

    /// The number of a request counts from 0.
    init(_ answer: @escaping @Sendable (ReceivedRequest, Int) -> PeerAnswer = { _, _ in PeerAnswer() }) {
        self.answer = answer
    }

    var requests: [ReceivedRequest] { received.withLock { $0 } }

    /// Serves for the length of the body, which is given the port.
    func serve(tls: Bool = false, _ body: (Int) async throws -> Void) async throws {
        let context = try tls ? PeerCertificate.serverContext() : nil
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(peer: self))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do { try await body(server.localAddress?.port ?? 0) } catch {
            try await server.close()
            throw error
        }
        try await server.close()
    }

    private func take(_ request: ReceivedRequest) -> PeerAnswer {
        let number = received.withLock { received in
            received.append(request)
            return received.count - 1
        }
        return answer(request, number)
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let peer: HTTPPeer
        private var request = ReceivedRequest()

        init(peer: HTTPPeer) {
            self.peer = peer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                request = ReceivedRequest(
                    method: head.method.rawValue, target: head.uri, headers: head.headers.map { ($0.name, $0.value) })
            case .body(let part): request.body += part.readableBytesView
            case .end: reply(peer.take(request), context)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        private func reply(_ answer: PeerAnswer, _ context: ChannelHandlerContext) {
            if answer.hangsUp { return context.close(promise: nil) }
            if answer.isSilent { return }
            var headers = HTTPHeaders(answer.headers)
            headers.add(name: "Content-Length", value: "\(answer.body.utf8.count + (answer.stalls ? 1 : 0))")
            let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            if answer.stalls { return context.flush() }
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
