import HTTPTypes
import Hummingbird
import LosslessJSON
import NIOCore
import WebhookModel

extension HTTPField.Name {
    static let sandboxFault = Self("X-Sandbox-Fault")!
    static let requestID = Self("X-Request-ID")!
    static let rateLimitLimit = Self("X-RateLimit-Limit")!
    static let rateLimitRemaining = Self("X-RateLimit-Remaining")!
    static let rateLimitReset = Self("X-RateLimit-Reset")!
    static let rateLimitWindow = Self("X-RateLimit-Window")!
}

extension Response {
    /// A JSON text.
    init(status: HTTPResponse.Status, json: String) {
        self.init(status: status, json: ByteBuffer(string: json))
    }

    /// A JSON text in UTF-8.
    init(status: HTTPResponse.Status, json: ByteBuffer) {
        self.init(
            status: status, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: json))
    }

    init(_ problem: APIProblem) {
        self.init(status: HTTPResponse.Status(code: problem.status), json: problem.body.text(.compact))
        for (name, value) in problem.headers {
            guard let name = HTTPField.Name(name) else { continue }
            headers[name] = value
        }
        if problem.closesConnection { headers[.connection] = "close" }
    }

    /// The headers that tell of a rate limit; the reset as Unix time.
    mutating func add(_ budget: RateLimiter.Budget, now: Timestamp) {
        headers[.rateLimitLimit] = "\(budget.limit)"
        headers[.rateLimitRemaining] = "\(budget.remaining)"
        headers[.rateLimitReset] = "\(now.seconds + budget.untilReset.wholeSeconds)"
        headers[.rateLimitWindow] = "\(RateLimiter.Budget.window)"
    }
}

extension APIProblem {
    static func tooManyRequests(retryAfter: Duration) -> APIProblem {
        APIProblem(
            status: 429, type: "TooManyRequestsError", message: "Rate limit exceeded",
            headers: ["Retry-After": "\(max(1, retryAfter.wholeSeconds))"])
    }
}

extension Duration {
    /// Rounded down.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }

    /// Rounded up, so that who waits that long has waited long enough.
    var wholeSeconds: Int64 {
        let (seconds, attoseconds) = components
        return attoseconds > 0 ? seconds + 1 : seconds
    }
}
