import Synchronization

@testable import Shell

/// A receiver to which a test sends what it likes.
final class ScriptedReceiver: DeliveryReceiver, OpenReceiver {
    let port = 8080
    let requests: AsyncStream<ReceivedRequest>
    private let continuation: AsyncStream<ReceivedRequest>.Continuation
    private let state = Mutex((status: Int?.none, isClosed: false))

    /// The requests are there before anybody listens; with `ends` nothing comes after them.
    init(_ requests: [ReceivedRequest] = [], ends: Bool = false) {
        (self.requests, continuation) = AsyncStream.makeStream()
        for request in requests { continuation.yield(request) }
        if ends { continuation.finish() }
    }

    var status: Int? { state.withLock { $0.status } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    func open(port: Int, status: Int) async throws(ReceiverFailure) -> any OpenReceiver {
        if port == 1 { throw ReceiverFailure(port: 1, reason: "the port is in use") }
        state.withLock { $0.status = status }
        return self
    }

    func close() async {
        continuation.finish()
        state.withLock { $0.isClosed = true }
    }
}
