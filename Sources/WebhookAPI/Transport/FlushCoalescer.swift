import NIOCore

/// Sends what is written in one turn of the event loop in one piece.
///
/// The HTTP library flushes a request's head and its body apart: two system calls, two packets, and a server that is woken
/// twice for one request. Stands next to the socket, so that what TLS makes of both goes together, too.
final class FlushCoalescer: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private var isDue = false

    func flush(context: ChannelHandlerContext) {
        guard !isDue else { return }
        isDue = true
        context.eventLoop.assumeIsolated().execute { self.flushWhatIsDue(context) }
    }

    /// A close would drop what was written and waits to be flushed.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        flushWhatIsDue(context)
        context.close(mode: mode, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        isDue = false
    }

    private func flushWhatIsDue(_ context: ChannelHandlerContext) {
        guard isDue else { return }
        isDue = false
        context.flush()
    }
}
