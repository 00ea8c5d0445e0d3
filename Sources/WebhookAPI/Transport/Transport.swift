/// Carries one request to the server and its answer back: the port between the client and the network.
///
/// Implementations keep time themselves, follow no redirect and repeat nothing, so that all of that is decided in one
/// place and can be simulated.
package protocol Transport: Sendable {
    /// Sends the request and collects the whole answer.
    ///
    /// A cancelled task ends the exchange promptly with `TransportFailure.Kind.cancelled`.
    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse
    /// Lets go of connections and threads; requests afterwards fail with `TransportFailure.Kind.closed`.
    func shutdown() async
}

/// One request, complete: what is not in it is not sent.
package struct TransportRequest: Sendable {
    package enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    package var method: Method
    /// The server; the key in `key` belongs to its origin.
    package var endpoint: Endpoint
    /// Path and query, the endpoint's prefix included.
    package var target: String
    package var headers: HeaderFields
    /// Sent as the `Authorization` header.
    package var key: APIKey
    package var body: [UInt8]?
    /// From the start of the exchange to the last byte of the answer.
    package var timeout: Duration
    /// The longest body in bytes of a 2xx answer; more is a failure.
    package var bodyLimit: Int
    /// How much of any other answer's body is read, in bytes; the rest is left.
    package var errorBodyLimit: Int

    package init(
        method: Method, endpoint: Endpoint, target: String, headers: HeaderFields, key: APIKey, body: [UInt8]?,
        timeout: Duration, bodyLimit: Int, errorBodyLimit: Int
    ) {
        self.method = method
        self.endpoint = endpoint
        self.target = target
        self.headers = headers
        self.key = key
        self.body = body
        self.timeout = timeout
        self.bodyLimit = bodyLimit
        self.errorBodyLimit = errorBodyLimit
    }
}

/// An answer, whatever its status.
package struct TransportResponse: Hashable, Sendable {
    package var status: Int
    package var headers: HeaderFields
    package var body: [UInt8]
    /// Whether the body was longer than `errorBodyLimit` and its rest was left unread.
    package var isCut: Bool

    package init(status: Int, headers: HeaderFields = HeaderFields(), body: [UInt8] = [], isCut: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isCut = isCut
    }
}

/// Why no whole answer came.
package struct TransportFailure: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// No connection, a failed handshake or a proxy that refused.
        case unreachable(String)
        /// A certificate that was not accepted, or trust roots that can't be read.
        case certificate(String)
        case timedOut
        /// The connection ended before the answer did.
        case lost(String)
        /// What came back is no HTTP.
        case notHTTP(String)
        /// A 2xx answer's body longer than this many bytes.
        case bodyTooLarge(limit: Int)
        case cancelled
        /// The transport was shut down.
        case closed
        /// A request that can't be sent as it is.
        case invalidRequest(String)
    }

    /// How far the exchange had come: what decides whether a write may have happened.
    package enum Progress: Hashable, Sendable {
        /// Not one byte of the request reached a connection.
        case notSent
        /// The request, or a part of it, was handed to a connection.
        case sent
        /// The head of the answer had come.
        case answered(status: Int)
    }

    package var kind: Kind
    package var progress: Progress

    package init(_ kind: Kind, progress: Progress) {
        self.kind = kind
        self.progress = progress
    }
}
