import NIOCore
import NIOHTTP1

/// One request on its way to a server on this machine, and its answer as far as it has come. Belongs to the event loop.
final class LocalExchange {
    typealias Outcome = Result<TransportResponse, TransportFailure>

    let number: UInt64
    let request: TransportRequest
    let deadline: NIODeadline
    private(set) var progress = TransportFailure.Progress.notSent
    private var answer: AnswerBuffer
    private let done: CheckedContinuation<Outcome, Never>

    init(
        _ number: UInt64, _ request: TransportRequest, deadline: NIODeadline,
        _ done: CheckedContinuation<Outcome, Never>
    ) {
        self.number = number
        self.request = request
        self.deadline = deadline
        self.done = done
        answer = AnswerBuffer(bodyLimit: request.bodyLimit, errorBodyLimit: request.errorBodyLimit)
    }

    /// The request's head; from now on the server may have seen something of it.
    func takeHead() -> HTTPRequestHead {
        progress = .sent
        var headers = HTTPHeaders()
        headers.reserveCapacity(request.headers.fields.count + 3)
        headers.add(name: "Host", value: request.endpoint.authority)
        for field in request.headers.fields { headers.add(name: field.name, value: field.value) }
        headers.add(name: "Authorization", value: request.key.authorizationHeader)
        // A method that may have a body says how long it is, even if there is none (RFC 9110, section 8.6).
        if request.body != nil || request.method == .post || request.method == .put {
            headers.add(name: "Content-Length", value: String(request.body?.count ?? 0))
        }
        return HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method.rawValue), uri: request.target,
            headers: headers)
    }

    func take(_ head: HTTPResponseHead) throws(AnswerBuffer.Stop) {
        progress = .answered(status: Int(head.status.code))
        try answer.take(head)
    }

    func take(_ part: ByteBuffer) throws(AnswerBuffer.Stop) { try answer.take(part) }

    // One of these ends it.

    func succeed() { done.resume(returning: .success(answer.takeResponse())) }

    func fail(_ kind: TransportFailure.Kind) {
        if answer.response.isCut { return succeed() }
        done.resume(returning: .failure(TransportFailure(kind, progress: progress)))
    }
}
