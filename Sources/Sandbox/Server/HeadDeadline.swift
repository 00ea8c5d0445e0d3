import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request's head does not arrive in time, however steadily it trickles.
///
/// Stands behind the decoder, where a head comes whole; a second handler before it sees the first byte of one.
final class HeadDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart

    private let limit: TimeAmount
    private var deadline: Scheduled<Void>?
    /// Between a head and the end of its request.
    private var isWithinRequest = false

    init(_ limit: Duration) {
        self.limit = TimeAmount(limit)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let watcher = FirstByte(deadline: self)
        // Fails only for a channel that is closed already.
        try? context.pipeline.syncOperations.addHandler(watcher, position: .first)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            deadline?.cancel()
            deadline = nil
            isWithinRequest = true
        case .end: isWithinRequest = false
        case .body: break
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    private func received(_ context: ChannelHandlerContext) {
        guard !isWithinRequest, deadline == nil else { return }
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
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
