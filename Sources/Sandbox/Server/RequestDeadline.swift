import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request's head does not arrive in time, however steadily it trickles, or whose body does not
/// come to its end in time. Once a request is answered, what is left of its body gets as much time again.
///
/// Stands behind the decoder, where a head comes whole; a second handler before it sees the first byte of one. The time
/// begins where more is asked of the client: a request that came in one piece sets no timer, and none runs out while the
/// server itself leaves a body where it is, or has another request to answer first.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    /// What of a request is still to come.
    private enum Awaited {
        case nothing, head, body
    }

    private let headLimit: TimeAmount
    private let bodyLimit: TimeAmount
    private var awaited = Awaited.nothing
    private var isAsked = false
    /// Requests whose heads came, and whose answers have not ended.
    private var unanswered = 0
    private var deadline: Scheduled<Void>?

    init(head: Duration, body: Duration) {
        headLimit = TimeAmount(head)
        bodyLimit = TimeAmount(body)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let watcher = FirstByte(deadline: self)
        // Fails only for a channel that is closed already.
        try? context.pipeline.syncOperations.addHandler(watcher, position: .first)
    }

    func read(context: ChannelHandlerContext) {
        isAsked = true
        schedule(context)
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            expect(.body)
        case .end: expect(.nothing)
        case .body: break
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isAsked = false
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            if awaited == .body {
                expect(.body)
                schedule(context)
            }
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        expect(.nothing)
        context.fireChannelInactive()
    }

    /// Whether what is awaited at the end of its time would have been taken. Nobody takes back a head, or what is left of
    /// a body behind its answer.
    private var isOver: Bool { awaited == .head || unanswered <= 0 || isAsked }

    private func expect(_ next: Awaited) {
        awaited = next
        deadline?.cancel()
        deadline = nil
    }

    private func schedule(_ context: ChannelHandlerContext) {
        guard deadline == nil, awaited != .nothing, awaited == .head || unanswered <= 1 else { return }
        let loopBound = NIOLoopBound((self, context.channel), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: awaited == .head ? headLimit : bodyLimit) {
            let (handler, channel) = loopBound.value
            handler.deadline = nil
            if handler.isOver { channel.close(promise: nil) }
        }
    }

    private final class FirstByte: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let deadline: RequestDeadline

        init(deadline: RequestDeadline) {
            self.deadline = deadline
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if deadline.awaited == .nothing { deadline.awaited = .head }
            context.fireChannelRead(data)
        }
    }
}
