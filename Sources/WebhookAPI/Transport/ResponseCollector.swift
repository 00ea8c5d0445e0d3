import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Collects one answer within its limits and remembers how far the exchange came.
///
/// Whether the request was handed to a connection is known for certain here, by the HTTP library's own report; error
/// values alone don't tell.
final class ResponseCollector: HTTPClientResponseDelegate {
    typealias Response = TransportResponse

    private struct State {
        var progress = TransportFailure.Progress.notSent
        var answer: AnswerBuffer
    }

    private let state: Mutex<State>

    init(bodyLimit: Int, errorBodyLimit: Int) {
        state = Mutex(State(answer: AnswerBuffer(bodyLimit: bodyLimit, errorBodyLimit: errorBodyLimit)))
    }

    var progress: TransportFailure.Progress { state.withLock { $0.progress } }

    /// The answer as far as it was read, when reading was ended for its length.
    var cutResponse: TransportResponse? {
        state.withLock { $0.answer.response.isCut ? $0.answer.response : nil }
    }

    func didSendRequestHead(task: HTTPClient.Task<Response>, _ head: HTTPRequestHead) {
        state.withLock { $0.progress = .sent }
    }

    func didReceiveHead(task: HTTPClient.Task<Response>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        take(task) { (state) throws(AnswerBuffer.Stop) in
            state.progress = .answered(status: Int(head.status.code))
            try state.answer.take(head)
        }
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        take(task) { (state) throws(AnswerBuffer.Stop) in try state.answer.take(buffer) }
    }

    func didFinishRequest(task: HTTPClient.Task<Response>) throws -> Response {
        state.withLock { $0.answer.takeResponse() }
    }

    private func take(
        _ task: HTTPClient.Task<Response>, _ body: (inout State) throws(AnswerBuffer.Stop) -> Void
    ) -> EventLoopFuture<Void> {
        do {
            try state.withLock { try body(&$0) }
            return task.eventLoop.makeSucceededVoidFuture()
        } catch {
            return task.eventLoop.makeFailedFuture(error)
        }
    }
}
