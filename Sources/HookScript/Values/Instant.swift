/// A point in time, in microseconds since 1970-01-01T00:00:00Z: what a `time` value holds.
package struct Instant: Hashable, Comparable, Sendable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The instant a duration later, nil beyond what 64 bits hold.
    package func advanced(by duration: Duration) -> Instant? {
        guard let step = duration.microseconds else { return nil }
        let (sum, overflow) = microseconds.addingReportingOverflow(step)
        return overflow ? nil : Instant(microseconds: sum)
    }

    /// The duration since another instant.
    package func duration(since other: Instant) -> Duration {
        Duration.microseconds(microseconds) - Duration.microseconds(other.microseconds)
    }
}

extension Duration {
    /// Whole microseconds, rounded towards zero; nil beyond 64 bits.
    package var microseconds: Int64? {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        if overflow { return nil }
        let (sum, carry) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return carry ? nil : sum
    }
}
