/// An instant with nanosecond resolution, read from the ISO 8601 text the API writes.
///
/// Takes `YYYY-MM-DD`, and `YYYY-MM-DDThh:mm[:ss[.fraction]]` (a blank or `t` for `T` too) with `Z`, `±hh:mm`, `±hhmm`,
/// `±hh` or nothing behind it; no zone means UTC, as the API's times do. Years 0001…9999. A leap second reads as the
/// first instant of the next minute. Equal instants are equal however they are spelt.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    package let seconds: Int64
    /// 0…999,999,999, on top of `seconds`.
    package let nanoseconds: Int32

    package init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Nil when the text is no time.
    package init?(parsing text: String) {
        var reader = TimestampReader(text)
        guard let parsed = reader.read() else { return nil }
        self = parsed
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// This instant moved by a duration; a result past what `seconds` holds saturates.
    package func advanced(by duration: Duration) -> Timestamp {
        let (whole, attoseconds) = duration.components
        let sum = Int64(nanoseconds) + attoseconds / 1_000_000_000
        let carry = sum >= 1_000_000_000 ? 1 : (sum < 0 ? -1 : 0) as Int64
        let (first, firstOverflow) = seconds.addingReportingOverflow(whole)
        let (second, secondOverflow) = first.addingReportingOverflow(carry)
        let saturated: Int64 = whole < 0 ? .min : .max
        return Timestamp(
            seconds: firstOverflow || secondOverflow ? saturated : second,
            nanoseconds: Int32(sum - carry * 1_000_000_000))
    }

    /// The time from an earlier instant to this one.
    package func since(_ earlier: Timestamp) -> Duration {
        .seconds(seconds - earlier.seconds) + .nanoseconds(Int64(nanoseconds) - Int64(earlier.nanoseconds))
    }

    /// `2025-01-01T00:00:00Z`, with as many decimals as are needed.
    package var description: String {
        let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
        let date = CivilDate(daysSinceEpoch: days)
        let time = [secondOfDay / 3_600, secondOfDay / 60 % 60, secondOfDay % 60].map { padded($0, to: 2) }
        var text = "\(padded(date.year, to: 4))-\(padded(date.month, to: 2))-\(padded(date.day, to: 2))"
        text += "T\(time[0]):\(time[1]):\(time[2])"
        if nanoseconds > 0 {
            var fraction = padded(Int64(nanoseconds), to: 9)
            while fraction.hasSuffix("0") { fraction.removeLast() }
            text += ".\(fraction)"
        }
        return text + "Z"
    }
}

private func padded(_ number: Int64, to width: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (number < 0 ? "-" : "") + zeros + digits
}

extension Int64 {
    /// Quotient and remainder with the remainder in 0..<divisor.
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
