/// What an answer says about the key's budget.
package struct RateLimitHeaders: Hashable, Sendable {
    /// `X-RateLimit-Limit`: requests a window.
    package var limit: Int?
    /// `X-RateLimit-Remaining`: requests left.
    package var remaining: Int?
    /// Time until `X-RateLimit-Reset` (Unix time), by the answer's own `Date` where it has one.
    package var reset: Duration?
    /// `X-RateLimit-Window` in seconds.
    package var window: Int?

    package init(limit: Int? = nil, remaining: Int? = nil, reset: Duration? = nil, window: Int? = nil) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
        self.window = window
    }

    /// Reads the four headers; one that is absent, negative or no number is nil.
    package init(_ headers: HeaderFields, unixTime: Int) {
        limit = Self.count(headers["X-RateLimit-Limit"])
        remaining = Self.count(headers["X-RateLimit-Remaining"])
        window = Self.count(headers["X-RateLimit-Window"])
        reset = Self.count(headers["X-RateLimit-Reset"]).map { moment in
            let reference = headers["Date"].flatMap(HTTPDate.unixTime) ?? unixTime
            return .seconds(max(0, moment - reference))
        }
    }

    private static func count(_ text: String?) -> Int? {
        guard let text, (1...15).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
