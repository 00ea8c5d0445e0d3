import LosslessJSON
import WebhookModel

/// One operation of the API as a request, before it is known where redirects lead it and how often it is sent.
struct Call: Sendable {
    let method: TransportRequest.Method
    /// Path with the endpoint's prefix, without a query.
    let path: String
    /// Escaped, without `?`; empty for none.
    var query = ""
    /// Sent as compact JSON.
    var document: JSON?
    let safety: RepeatSafety
    let timeout: Duration
    /// Until when it may still leave, once it has its turn.
    var departure = Departure.free
    /// The longest answer in bytes.
    let bodyLimit: Int

    var target: String { query.isEmpty ? path : path + "?" + query }

    /// What to call it in errors and logs: method and path. The query stays out, since cursors are no one's business.
    var name: String { "\(method.rawValue) \(path)" }
}
