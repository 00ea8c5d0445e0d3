import Testing
import WebhookModel

@Suite("A timestamp")
struct TimestampTests {
    @Test(
        "reads what the API writes",
        arguments: [
            ("1970-01-01T00:00:00Z", 0, 0), ("2025-01-01T00:00:00Z", 1_735_689_600, 0),
            ("2025-01-01", 1_735_689_600, 0), ("2025-01-01T00:00:00", 1_735_689_600, 0),
            ("2025-01-01 00:00", 1_735_689_600, 0), ("2025-01-01T01:00:00+01:00", 1_735_689_600, 0),
            ("2024-12-31T19:00:00-0500", 1_735_689_600, 0), ("2025-01-01t01:00:00.5+01", 1_735_689_600, 500_000_000),
            ("2025-01-01T00:00:00.123456Z", 1_735_689_600, 123_456_000),
            ("2025-01-01T00:00:00.1234567899Z", 1_735_689_600, 123_456_789),
            ("2024-02-29T23:59:60Z", 1_709_251_200, 0), ("0001-01-01", -62_135_596_800, 0),
            ("9999-12-31T23:59:59Z", 253_402_300_799, 0), ("1969-12-31T23:59:59.25Z", -1, 250_000_000),
        ])
    func reads(_ text: String, _ seconds: Int64, _ nanoseconds: Int32) {
        #expect(Timestamp(parsing: text) == Timestamp(seconds: seconds, nanoseconds: nanoseconds))
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "2025", "2025-1-1", "2025-02-29", "2025-13-01", "2025-00-10", "2025-01-32", "0000-01-01",
            "2025-01-01T", "2025-01-01T24:00:00Z", "2025-01-01T00:60:00Z", "2025-01-01T00:00:61Z",
            "2025-01-01T00:00:00.Z", "2025-01-01T00:00:00+", "2025-01-01T00:00:00+1", "2025-01-01T00:00:00Zx",
            "2025-01-01X00:00:00Z", "２０２５-01-01", "-2025-01-01", "now",
        ])
    func refuses(_ text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test("describes itself so that it reads back, on every day of four centuries")
    func roundTrips() {
        var seconds: Int64 = -11_676_096_000
        while seconds < 13_000_000_000 {
            let timestamp = Timestamp(seconds: seconds, nanoseconds: 1_000)
            #expect(Timestamp(parsing: timestamp.description) == timestamp)
            seconds += 86_399 * 17
        }
    }

    @Test("moves by durations, and measures them")
    func arithmetic() {
        let start = Timestamp(seconds: 10, nanoseconds: 900_000_000)
        let later = start.advanced(by: .milliseconds(200))
        #expect(later == Timestamp(seconds: 11, nanoseconds: 100_000_000))
        #expect(later.advanced(by: .milliseconds(-200)) == start)
        #expect(later.since(start) == .milliseconds(200))
        #expect(start.since(later) == .milliseconds(-200))
        #expect(start < later)
    }
}
