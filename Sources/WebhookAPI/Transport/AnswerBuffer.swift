import NIOCore
import NIOHTTP1

/// An answer as it comes in, within its limits.
struct AnswerBuffer {
    /// Ends an exchange of which enough is known.
    enum Stop: Error {
        case bodyTooLarge(limit: Int)
        /// The body of an answer that is no 2xx was longer than is read.
        case enough
    }

    private(set) var response = TransportResponse(status: 0)
    private let bodyLimit: Int
    private let errorBodyLimit: Int

    init(bodyLimit: Int, errorBodyLimit: Int) {
        self.bodyLimit = bodyLimit
        self.errorBodyLimit = errorBodyLimit
    }

    /// Whether the answer is one that was asked for, so that all of its body is wanted.
    private var isSuccess: Bool { (200..<300).contains(response.status) }

    mutating func take(_ head: HTTPResponseHead) throws(Stop) {
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        response.status = Int(head.status.code)
        response.headers = HeaderFields(head.headers.map { HeaderFields.Field($0.name, $0.value) })
        if isSuccess, length > bodyLimit { throw .bodyTooLarge(limit: bodyLimit) }
        // A stranger's word: no more than a part of what would be taken is reserved for it. That takes no memory until it is
        // written to, and a body that outgrows it is copied each time it does.
        response.body.reserveCapacity(min(max(length, 0), bodyLimit / 4))
    }

    mutating func take(_ part: ByteBuffer) throws(Stop) {
        let limit = isSuccess ? bodyLimit : errorBodyLimit
        let room = limit - response.body.count
        response.body.append(contentsOf: part.readableBytesView.prefix(room))
        guard part.readableBytes > room else { return }
        if isSuccess { throw .bodyTooLarge(limit: limit) }
        response.isCut = true
        throw .enough
    }

    /// Taken rather than copied: the body may be large.
    mutating func takeResponse() -> TransportResponse {
        defer { response = TransportResponse(status: response.status) }
        return response
    }
}
