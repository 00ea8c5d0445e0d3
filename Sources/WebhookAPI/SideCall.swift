import LosslessJSON
import WebhookModel

/// An operation of the same server beside the organization webhooks API, such as those of a sandbox.
package struct SideCall: Sendable {
    package var method: TransportRequest.Method
    /// From the endpoint's prefix on: `/v1/…`.
    package var path: String
    /// Names and values, escaped when sent.
    package var query: [(name: String, value: String)]
    package var document: JSON?
    /// What repeating it can do.
    package var safety: RepeatSafety

    package init(
        _ method: TransportRequest.Method, _ path: String, query: [(name: String, value: String)] = [],
        document: JSON? = nil, safety: RepeatSafety
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.document = document
        self.safety = safety
    }
}

extension HTTPWebhookService {
    /// The longest answer in bytes.
    private static let sideBodyLimit = 64 << 20

    /// The JSON that the server answers with; null for an answer without a body.
    ///
    /// Keeps to the key's rate, follows redirects within the origin and repeats what is safe to repeat, like every other
    /// operation.
    package func perform(_ side: SideCall) async throws(ServiceError) -> JSON {
        let query = side.query.map { name, value in
            PercentEncoding.encodingAll(name) + "=" + PercentEncoding.encodingAll(value)
        }
        let call = Call(
            method: side.method, path: endpointPrefix + side.path, query: query.joined(separator: "&"),
            document: side.document, safety: side.safety, timeout: requestTimeout, bodyLimit: Self.sideBodyLimit)
        let (response, reader) = try await answer(call)
        return response.body.isEmpty ? .null : try reader.json(response)
    }
}
