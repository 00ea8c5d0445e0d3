import Testing
import WebhookAPI

@Suite("Rate-limit headers")
struct RateLimitHeadersTests {
    private func read(_ headers: (String, String)...) -> RateLimitHeaders {
        RateLimitHeaders(HeaderFields(headers.map { .init($0.0, $0.1) }), unixTime: 784_111_770)
    }

    @Test("are read with the reset as a time from now")
    func reads() {
        let headers = read(
            ("x-ratelimit-limit", "60"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "784111800"),
            ("X-RateLimit-Window", "60"))
        #expect(headers == RateLimitHeaders(limit: 60, remaining: 0, reset: .seconds(30), window: 60))
    }

    @Test("go by the server's own clock where it is told, and never into the past")
    func clock() {
        #expect(
            read(("X-RateLimit-Reset", "784111787"), ("Date", "Sun, 06 Nov 1994 08:49:37 GMT")).reset == .seconds(10))
        #expect(read(("X-RateLimit-Reset", "5")).reset == .zero)
    }

    @Test("that are nonsense count as absent", arguments: ["", "-1", "1.5", "many", "99999999999999999999"])
    func nonsense(_ text: String) {
        #expect(
            read(("X-RateLimit-Limit", text), ("X-RateLimit-Remaining", text), ("X-RateLimit-Reset", text))
                == RateLimitHeaders())
    }
}
