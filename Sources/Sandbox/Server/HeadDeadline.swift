import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request's head does not arrive in time, however steadily it trickles, or whose request does
/// not come to its end in time once it is answered: of a body that nobody reads, the rest is taken all the same.
///
/// Stands behind the decoder, where a head comes whole; a second handler before it sees the first byte of one.
final class HeadDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    private let limit: TimeAmount
    private let bodyLimit: TimeAmount
    private var deadline: Scheduled<Void>?
    /// Between a head and the end of its request.
    private var isWithinRequest = false

    init(_ limit: Duration, body: Duration) {
        self.limit = TimeAmount(limit)
        bodyLimit = TimeAmount(body)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let watcher = FirstByte(deadline: self)
        // Fails only for a channel that is closed already.
        try? context.pipeline.syncOperations.addHandler(watcher, position: .first)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            cancel()
            isWithinRequest = true
        case .end:
            cancel()
            isWithinRequest = false
        case .body: break
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data), isWithinRequest { schedule(in: bodyLimit, context) }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    private func received(_ context: ChannelHandlerContext) {
        if !isWithinRequest { schedule(in: limit, context) }
    }

    private func schedule(in limit: TimeAmount, _ context: ChannelHandlerContext) {
        guard deadline == nil else { return }
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
    }

    private func cancel() {
        deadline?.cancel()
        deadline = nil
    }

    private final class FirstByte: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let deadline: HeadDeadline

        init(deadline: HeadDeadline) {
            self.deadline = deadline
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            deadline.received(context)
            context.fireChannelRead(data)
        }
    }
}
