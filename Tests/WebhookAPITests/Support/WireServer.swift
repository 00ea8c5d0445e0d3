import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback or a Unix socket whose every byte the test decides, and that remembers what it was sent.
final class WireServer: Sendable {
    typealias Handler = @Sendable (WireRequest) -> WireReply

    private let channel: any Channel
    private let recorder: Recorder

    /// Runs `body` with a server, which is gone afterwards.
    static func run<Result>(
        socketPath: String? = nil, tls: NIOSSLContext? = nil, _ handler: @escaping Handler,
        _ body: (WireServer) async throws -> Result
    ) async throws -> Result {
        let server = try await WireServer(socketPath: socketPath, tls: tls, handler)
        do {
            let result = try await body(server)
            try await server.channel.close()
            return result
        } catch {
            try? await server.channel.close()
            throw error
        }
    }

    private init(socketPath: String?, tls: NIOSSLContext?, _ handler: @escaping Handler) async throws {
        let recorder = Recorder()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                recorder.accepted.withLock { $0 += 1 }
                recorder.open.withLock { $0 += 1 }
                channel.closeFuture.whenComplete { _ in recorder.open.withLock { $0 -= 1 } }
                return channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    }
                    try channel.pipeline.syncOperations.addHandler(Connection(recorder: recorder, handler: handler))
                }
            }
        channel =
            if let socketPath {
                try await bootstrap.bind(unixDomainSocketPath: socketPath).get()
            } else {
                try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
            }
        self.recorder = recorder
    }

    /// `http://127.0.0.1:PORT`
    var base: String { "http://127.0.0.1:\(port)" }
    var port: Int { channel.localAddress?.port ?? 0 }
    var requests: [WireRequest] { recorder.log.withLock { $0 } }
    /// Connections accepted so far.
    var connections: Int { recorder.accepted.withLock { $0 } }

    /// Connections that are open.
    var open: Int { recorder.open.withLock { $0 } }

    /// In how many pieces the requests came.
    var pieces: Int { recorder.pieces.withLock { $0 } }

    fileprivate final class Recorder: Sendable {
        let log = Mutex<[WireRequest]>([])
        let pieces = Mutex(0)
        let accepted = Mutex(0)
        let open = Mutex(0)
    }
}

private final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let recorder: WireServer.Recorder
    private let handler: WireServer.Handler
    private var received: [UInt8] = []

    init(recorder: WireServer.Recorder, handler: @escaping WireServer.Handler) {
        self.recorder = recorder
        self.handler = handler
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        recorder.pieces.withLock { $0 += 1 }
        received.append(contentsOf: unwrapInboundIn(data).readableBytesView)
        while let request = WireRequest.take(from: &received) {
            recorder.log.withLock { $0.append(request) }
            reply(handler(request), context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func reply(_ reply: WireReply, context: ChannelHandlerContext) {
        let channel = context.channel
        let written =
            reply.bytes.isEmpty
            ? channel.eventLoop.makeSucceededVoidFuture() : channel.writeAndFlush(ByteBuffer(bytes: reply.bytes))
        switch reply.ending {
        case .keepAlive, .silence: break
        case .close: written.whenComplete { _ in channel.close(promise: nil) }
        case .reset:
            written.whenComplete { _ in
                // Closing without lingering sends RST instead of FIN.
                let options = channel as? any SocketOptionProvider
                _ = options?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                channel.close(promise: nil)
            }
        }
    }
}
