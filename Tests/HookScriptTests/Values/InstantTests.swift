import Testing

@testable import HookScript

@Suite("Times and durations")
struct InstantTests {
    @Test(
        "ISO 8601 is read and written",
        arguments: [
            ("1970-01-01", "1970-01-01T00:00:00Z"), ("2025-01-31", "2025-01-31T00:00:00Z"),
            ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"), ("2025-01-31T10:30", "2025-01-31T10:30:00Z"),
            ("2025-01-31T10:30:00.5Z", "2025-01-31T10:30:00.5Z"),
            ("2025-01-31T10:30:00.123456789Z", "2025-01-31T10:30:00.123456Z"),
            ("2025-01-31T00:30:00+02:00", "2025-01-30T22:30:00Z"), ("2025-01-31T00:30:00-0530", "2025-01-31T06:00:00Z"),
            ("2025-12-31T23:59:60Z", "2026-01-01T00:00:00Z"), ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.9Z"),
            ("0001-01-01", "0001-01-01T00:00:00Z"), ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
            ("2025-01-31t10:30:00z", "2025-01-31T10:30:00Z"),
        ])
    func reads(_ text: String, _ written: String) {
        #expect(Instant(iso8601: text)?.description == written)
    }

    @Test(
        "what is no time is refused",
        arguments: [
            "", "2025", "2025-1-1", "2025-13-01", "2025-00-01", "2025-02-30", "2023-02-29", "2025-01-31T",
            "2025-01-31T25:00",
            "2025-01-31T10:60", "2025-01-31T10:30:61", "2025-01-31T10:30:00.", "2025-01-31T10:30Z ", "x2025-01-31",
            "2025-01-31T10:30+2", "1900-02-29", "２０２５-01-31",
        ])
    func refuses(_ text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test("every day is written as it is read", arguments: 0..<UInt64(200))
    func days(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let micros = Int64.random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &random)
        let instant = Instant(microseconds: micros)
        #expect(Instant(iso8601: instant.description) == instant)
    }

    @Test(
        "durations are read and written in their shortest form",
        arguments: [
            ("0s", "0s"), ("90s", "1m30s"), ("1h30m", "1h30m"), ("36h", "1d12h"), ("7d", "1w"), ("500ms", "500ms"),
            ("1500ms", "1s500ms"), ("-5m", "-5m"), ("1w1d1h1m1s1ms1us", "1w1d1h1m1s1ms1us"),
        ])
    func durations(_ text: String, _ written: String) {
        #expect(DurationText.parse(text).map(DurationText.text) == written)
    }

    @Test(
        "what is no duration is refused",
        arguments: ["", "5", "s", "5x", "5s5", "1m1h", "1h1h", "5 s", "9999999999999999w", "1.5h", "-", "--5m", "5S"])
    func refusesDurations(_ text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test("arithmetic beyond 64 bits is nil, not a crash")
    func overflow() {
        let last = Instant(microseconds: .max)
        #expect(last.advanced(by: .seconds(1)) == nil)
        #expect(Instant(microseconds: .min).advanced(by: .seconds(-1)) == nil)
        #expect(!last.description.isEmpty && !Instant(microseconds: .min).description.isEmpty)
    }
}
