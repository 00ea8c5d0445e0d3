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

    /// Ends an exchange of which enough is known.
    enum Stop: Error {
        case bodyTooLarge(limit: Int)
        /// The body of an answer that is no 2xx was longer than is read.
        case enough
    }

    private struct State {
        var progress = TransportFailure.Progress.notSent
        var response = TransportResponse(status: 0)
    }

    private let bodyLimit: Int
    private let errorBodyLimit: Int
    private let state = Mutex(State())

    init(bodyLimit: Int, errorBodyLimit: Int) {
        self.bodyLimit = bodyLimit
        self.errorBodyLimit = errorBodyLimit
    }

    var progress: TransportFailure.Progress { state.withLock { $0.progress } }

    /// The answer as far as it was read, when reading was ended for its length.
    var cutResponse: TransportResponse? {
        state.withLock { $0.response.isCut ? $0.response : nil }
    }

    func didSendRequestHead(task: HTTPClient.Task<Response>, _ head: HTTPRequestHead) {
        state.withLock { $0.progress = .sent }
    }

    func didReceiveHead(task: HTTPClient.Task<Response>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let status = Int(head.status.code)
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        let isTooLarge = Self.isSuccess(status) && length > bodyLimit
        state.withLock {
            $0.progress = .answered(status: status)
            $0.response.status = status
            $0.response.headers = HeaderFields(head.headers.map { HeaderFields.Field($0.name, $0.value) })
            // A stranger's word: no more than a part of what would be taken is reserved for it. That takes no memory until
            // it is written to, and a body that outgrows it is copied each time it does.
            $0.response.body.reserveCapacity(min(max(length, 0), bodyLimit / 4))
        }
        guard !isTooLarge else { return task.eventLoop.makeFailedFuture(Stop.bodyTooLarge(limit: bodyLimit)) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let stop: Stop? = state.withLock { state in
            let isSuccess = Self.isSuccess(state.response.status)
            let limit = isSuccess ? bodyLimit : errorBodyLimit
            let room = limit - state.response.body.count
            state.response.body.append(contentsOf: buffer.readableBytesView.prefix(room))
            guard buffer.readableBytes > room else { return nil }
            if isSuccess { return .bodyTooLarge(limit: limit) }
            state.response.isCut = true
            return .enough
        }
        guard let stop else { return task.eventLoop.makeSucceededVoidFuture() }
        return task.eventLoop.makeFailedFuture(stop)
    }

    func didFinishRequest(task: HTTPClient.Task<Response>) throws -> Response {
        // Taken rather than copied: the body may be large.
        state.withLock { state in
            let response = state.response
            state.response = TransportResponse(status: response.status)
            return response
        }
    }

    private static func isSuccess(_ status: Int) -> Bool { (200..<300).contains(status) }
}
