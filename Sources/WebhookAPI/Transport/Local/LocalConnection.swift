import NIOCore
import NIOHTTP1

/// A connection to a server on this machine, behind the HTTP library's encoder and decoder: one exchange at a time.
final class LocalConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let pool: LocalPool
    private var context: ChannelHandlerContext?
    private var exchange: LocalExchange?
    /// Whether the request has left; a server may answer before it has read all of it.
    private var isWritten = false
    /// Whether the answer lets the connection be used again.
    private var isKeptAlive = false
    /// Since when it has had nothing to do.
    private(set) var idleSince = NIODeadline.distantPast

    init(_ pool: LocalPool) {
        self.pool = pool
    }

    /// Sends a request, head and body in one piece.
    func begin(_ exchange: LocalExchange) {
        guard let context else { return pool.failed(exchange, .lost("the server closed the connection")) }
        self.exchange = exchange
        isWritten = false
        context.write(wrapOutboundOut(.head(exchange.takeHead())), promise: nil)
        if let body = exchange.request.body, !body.isEmpty {
            let buffer = context.channel.allocator.buffer(bytes: body)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenSuccess { self.isWritten = true }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }

    /// Breaks off whatever is under way. Nobody hears of it.
    func close() {
        exchange = nil
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Nobody has asked.
        guard let exchange else { return leave(context) }
        do throws(AnswerBuffer.Stop) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                // What follows a change of protocols is no HTTP any more.
                isKeptAlive = head.isKeepAlive && head.status != .switchingProtocols
                try exchange.take(head)
            case .body(let part): try exchange.take(part)
            case .end: finish(exchange, context)
            }
        } catch {
            fail(error, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(error, context) }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.lost("the server closed the connection"))
        pool.closed(self)
        context.fireChannelInactive()
    }

    private func finish(_ exchange: LocalExchange, _ context: ChannelHandlerContext) {
        self.exchange = nil
        let isReusable = isKeptAlive && isWritten
        idleSince = .now()
        pool.succeeded(exchange, isReusable ? self : nil)
        if !isReusable { leave(context) }
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        fail(TransportFailure.Kind(of: error))
        leave(context)
    }

    private func fail(_ kind: TransportFailure.Kind) {
        guard let exchange else { return }
        self.exchange = nil
        pool.failed(exchange, kind)
    }

    private func leave(_ context: ChannelHandlerContext) {
        pool.closed(self)
        context.close(promise: nil)
    }
}
