import LosslessJSON
import WebhookModel

/// Turns answers and failures of one call into the port's values and errors.
struct AnswerReader {
    let call: Call
    let endpoint: Endpoint
    let key: APIKey

    /// The JSON of a 2xx answer.
    func json(_ response: TransportResponse) throws(ServiceError) -> JSON {
        do {
            return try JSON(parsing: response.body, limits: JSONLimits(maximumSize: max(1, call.bodyLimit)))
        } catch {
            if response.body.isEmpty || (!isHTML(response) && isJSON(response)) {
                throw unreadable(.malformedBody(reason: error.inWords, offset: error.offset), response)
            }
            throw unreadable(unexpected(response), response)
        }
    }

    /// A 2xx answer of which nothing is wanted: but a page of something in between says nothing of what the API did.
    func acknowledgement(_ response: TransportResponse) throws(ServiceError) {
        if response.body.isEmpty || (!isHTML(response) && isJSON(response)) { return }
        _ = try json(response)
    }

    /// The webhook of a 2xx answer; `id` is the one that was asked for.
    func webhook(_ response: TransportResponse, id: WebhookID?) throws(ServiceError) -> Webhook {
        let document = try json(response)
        guard document.kind == .object else {
            let reason = "\(document.kind.rawValue) instead of a webhook"
            throw unreadable(.malformedBody(reason: reason, offset: nil), response)
        }
        let webhook = Webhook(document: document)
        if let id, let answered = webhook.id, answered != id {
            throw unreadable(.malformedBody(reason: "the webhook \(answered) instead", offset: nil), response)
        }
        return webhook
    }

    /// An answer without a 2xx status.
    func error(_ response: TransportResponse) -> ServiceError {
        let body = errorBody(response)
        var result = make(kind(response, body: body), response)
        result.serverType = body?.type
        result.serverMessage = body?.message
        result.code = body?.code
        return result
    }

    /// The body of an answer that is no 2xx, if it is JSON.
    func errorBody(_ response: TransportResponse) -> ErrorBody? {
        guard !response.isCut, let json = try? JSON(parsing: response.body) else { return nil }
        return ErrorBody(json, document: call.document, key: key)
    }

    /// An exchange that gave no whole answer.
    func error(_ failure: TransportFailure) -> ServiceError {
        var result = make(kind(failure), nil)
        if case .answered(let status) = failure.progress { result.status = status }
        return result
    }

    /// A 2xx answer of the wrong kind: a read has failed, a write has happened or not, unseen.
    func unreadable(_ kind: ServiceError.Kind, _ response: TransportResponse) -> ServiceError {
        guard call.safety != .read else { return make(kind, response) }
        let reason =
            switch kind {
            case .malformedBody(let reason, _): reason
            case .unexpectedAnswer(let type, _): "an answer of the type \(type ?? "none")"
            default: "an answer that can't be read"
            }
        return make(.ambiguous(reason: "answered \(response.status), then \(reason)"), response)
    }

    /// An error of this call; the answer gives status and request identifier.
    func make(_ kind: ServiceError.Kind, _ response: TransportResponse?) -> ServiceError {
        ServiceError(
            kind, operation: call.name, host: endpoint.displayHost, status: response?.status,
            requestID: response.flatMap { requestID($0.headers) })
    }

    /// The same for the log, which shows no secret of what was sent, whoever repeats it.
    func loggedRequestID(_ headers: HeaderFields) -> String? {
        requestID(headers).map { id in call.document.map { Masking.masked(id, hidingSecretsOf: $0) } ?? id }
    }

    func requestID(_ headers: HeaderFields) -> String? {
        for name in Self.requestIDHeaders {
            if let value = headers[name], !value.isEmpty { return Printable.line(value, limit: 128, without: key) }
        }
        return nil
    }

    private func kind(_ response: TransportResponse, body: ErrorBody?) -> ServiceError.Kind {
        switch response.status {
        case 401: return .unauthorized
        case 405: return .notAllowed
        case 429: return .rateLimited(retryAfter: nil)
        case _ where body == nil && !response.body.isEmpty: return unexpected(response)
        case 403: return .forbidden
        case 404, 410: return .notFound
        case 409: return .alreadyExists
        case 422: return .invalid(body?.problems ?? [])
        case 400: return body.map { $0.problems.isEmpty ? .badRequest : .invalid($0.problems) } ?? .badRequest
        case 402, 406...499: return .badRequest
        case 500...: return .serverError
        default: return unexpected(response)
        }
    }

    private func kind(_ failure: TransportFailure) -> ServiceError.Kind {
        if call.safety != .read, failure.progress != .notSent { return .ambiguous(reason: reason(failure)) }
        switch failure.kind {
        case .unreachable(let reason), .invalidRequest(let reason): return .unreachable(reason: reason)
        case .certificate(let reason): return .certificate(reason: reason)
        case .timedOut: return .timedOut
        case .bodyTooLarge(let limit): return .bodyTooLarge(limit: limit)
        case .notHTTP(let reason): return .unexpectedAnswer(contentType: nil, snippet: "no HTTP: \(reason)")
        case .cancelled, .closed: return .cancelled
        case .lost(let reason):
            if case .answered = failure.progress { return .malformedBody(reason: reason, offset: nil) }
            return .unreachable(reason: reason)
        }
    }

    private func reason(_ failure: TransportFailure) -> String {
        let reason =
            switch failure.kind {
            case .unreachable(let reason), .lost(let reason), .certificate(let reason), .invalidRequest(let reason):
                reason
            case .notHTTP(let reason): "what came back is no HTTP: \(reason)"
            case .timedOut: "no answer in time"
            case .bodyTooLarge(let limit): "the answer is longer than \(limit) bytes"
            case .cancelled: "cancelled while waiting for the answer"
            case .closed: "the client was shut down while waiting for the answer"
            }
        guard case .answered(let status) = failure.progress else { return reason }
        return "answered \(status), then \(reason)"
    }

    private func unexpected(_ response: TransportResponse) -> ServiceError.Kind {
        let type = response.headers["Content-Type"].map { Printable.line($0, limit: 100, without: key) }
        return .unexpectedAnswer(
            contentType: type, snippet: Printable.snippet(response.body, isHTML: isHTML(response), without: key))
    }

    private func isHTML(_ response: TransportResponse) -> Bool {
        if response.headers["Content-Type"]?.lowercased().contains("html") == true { return true }
        return response.body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "<")
    }

    private func isJSON(_ response: TransportResponse) -> Bool {
        response.headers["Content-Type"]?.lowercased().contains("json") ?? true
    }

    /// The pages say that the identifier "comes in a response header" and name none: the customary ones.
    private static let requestIDHeaders = ["X-Request-ID", "Request-ID", "X-Mixpeek-Request-ID", "X-Correlation-ID"]
}
