import Testing
import WebhookAPI

@Suite("HTTP dates and Retry-After")
struct HTTPDateTests {
    @Test(
        "reads the three forms of RFC 9110",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        ])
    func forms(_ text: String) {
        #expect(HTTPDate.unixTime(text) == 784_111_777)
    }

    @Test(
        "knows the calendar",
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Tue, 29 Feb 2000 23:59:60 GMT", 951_868_800),
            ("Wed, 31 Dec 1969 23:59:59 GMT", -1), ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
            ("Tue, 19 Jan 2038 03:14:08 GMT", 2_147_483_648), ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ])
    func calendar(_ text: String, _ expected: Int) {
        #expect(HTTPDate.unixTime(text) == expected)
    }

    @Test(
        "refuses what is no date",
        arguments: [
            "", "soon", "Sun, 31 Feb 2021 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT", "Sun, 29 Feb 2100 00:00:00 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "2024-01-01T00:00:00Z",
        ])
    func refuses(_ text: String) {
        #expect(HTTPDate.unixTime(text) == nil)
    }

    private func wait(_ headers: (String, String)...) -> Duration? {
        RetryAfter.wait(in: HeaderFields(headers.map { .init($0.0, $0.1) }), unixTime: 784_111_700)
    }

    @Test("waits for seconds, or until a date by the server's clock or ours")
    func retryAfter() {
        #expect(wait(("Retry-After", "120")) == .seconds(120))
        #expect(wait(("retry-after", "0")) == .zero)
        #expect(wait(("Retry-After", "1.5")) == .milliseconds(1500))
        #expect(wait(("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")) == .seconds(77))
        #expect(
            wait(("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Date", "Sun, 06 Nov 1994 08:49:30 GMT"))
                == .seconds(7))
        #expect(
            wait(("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Date", "Sun, 06 Nov 1995 08:49:30 GMT")) == .zero)
        #expect(wait(("Retry-After", "99999999999999999999")) == .seconds(315_360_000))
    }

    @Test("takes nonsense for none", arguments: ["", "-1", "1e9", "soon", "1.2.3", ".", "+5", "NaN", "0x10"])
    func nonsense(_ text: String) {
        #expect(wait(("Retry-After", text)) == nil)
    }
}
