import LosslessJSON

/// Why an operation of the API did not give its answer: a kind to decide by, and what is needed to name it.
package struct ServiceError: Error, Hashable, Sendable {
    package var kind: Kind
    /// Method and path as sent: `PUT /v1/organizations/webhooks/wh_abc123def4`.
    package var operation: String
    /// Host and, where not the scheme's own, port of the server.
    package var host: String
    /// The HTTP status, when an answer came.
    package var status: Int?
    /// `error.type` of the answer: `NotFoundError`, `QuotaExceededError`, …
    package var serverType: String?
    /// `error.message` of the answer.
    package var serverMessage: String?
    /// `error.code` of the answer.
    package var code: String?
    /// The request's identifier, from the answer's headers.
    package var requestID: String?

    package init(
        _ kind: Kind, operation: String, host: String, status: Int? = nil, serverType: String? = nil,
        serverMessage: String? = nil, code: String? = nil, requestID: String? = nil
    ) {
        self.kind = kind
        self.operation = operation
        self.host = host
        self.status = status
        self.serverType = serverType
        self.serverMessage = serverMessage
        self.code = code
        self.requestID = requestID
    }

    /// What went wrong. Detail strings are short and hold no secret.
    package enum Kind: Hashable, Sendable {
        /// 401: no key, or a key that the server doesn't take.
        case unauthorized
        /// 403: the key may not do this, or a quota or feature forbids it (`serverType` tells).
        case forbidden
        case notFound
        /// 409.
        case alreadyExists
        /// 400, and any other 4xx that has no kind of its own.
        case badRequest
        /// 422 with the problems it names, in either of the API's two shapes.
        case invalid([FieldProblem])
        /// 429, after the client's own repeats.
        case rateLimited(retryAfter: Duration?)
        /// 5xx, after the client's own repeats of what is safe to repeat.
        case serverError
        /// An answer of an unexpected kind, a proxy's page for example; the snippet is its beginning, unescaped.
        case unexpectedAnswer(contentType: String?, snippet: String)
        /// A body that is no JSON, or not of the expected shape; the offset in bytes where known.
        case malformedBody(reason: String, offset: Int?)
        /// A body longer than the limit in bytes.
        case bodyTooLarge(limit: Int)
        /// No connection; nothing was sent.
        case unreachable(reason: String)
        /// No answer in time to a read, or to a write that was not sent.
        case timedOut
        /// A write that may have happened: a time-out or reset after sending.
        case ambiguous(reason: String)
        /// A redirect to another origin: the key was not sent there.
        case redirectRefused(to: String)
        case tooManyRedirects
        /// Plain HTTP to a host that isn't loopback.
        case insecureTransport
        /// The server's certificate was not accepted.
        case certificate(reason: String)
        /// 405.
        case notAllowed
        /// The task was cancelled before anything was sent.
        case cancelled
        /// A write's turn came later than it was allowed to leave: nothing was sent, or only what was refused.
        case overdue
    }
}

/// One problem a 422 names.
package struct FieldProblem: Hashable, Sendable {
    /// Where in the document, when `location` leads there.
    package var path: JSONPath?
    /// The location as the server spelt it: `body`, `channels`, `0`, `configs`, …
    package var location: [String]
    package var message: String
    /// The server's name of the rule: `missing`, `string_too_short`, …
    package var type: String

    package init(path: JSONPath?, location: [String], message: String, type: String) {
        self.path = path
        self.location = location
        self.message = message
        self.type = type
    }
}
