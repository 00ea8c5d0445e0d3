/// ISO 8601 as RFC 3339 profiles it, a little wider: `2025-01-31`, `2025-01-31T10:30`, `2025-01-31T10:30:00.5+02:00`.
///
/// A date alone is its midnight, and a time without an offset is UTC. Digits past the microsecond are dropped.
extension Instant: CustomStringConvertible {
    /// The time as RFC 3339 in UTC, with a fraction only if there is one: `2025-01-31T10:30:00Z`.
    package var description: String {
        let perDay: Int64 = 86_400_000_000
        let remainder = microseconds % perDay
        let day = microseconds / perDay - (remainder < 0 ? 1 : 0)
        let rest = remainder < 0 ? remainder + perDay : remainder
        let (year, month, date) = Self.civil(day: day)
        let seconds = rest / 1_000_000
        let fraction = rest % 1_000_000
        var text = Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(date, 2) + "T"
        text += Self.padded(seconds / 3600, 2) + ":" + Self.padded(seconds / 60 % 60, 2) + ":"
        text += Self.padded(seconds % 60, 2)
        if fraction != 0 {
            var digits = Self.padded(fraction, 6)
            while digits.last == "0" { digits.removeLast() }
            text += "." + digits
        }
        return text + "Z"
    }

    package init?(iso8601 text: String) {
        var text = text
        let parsed = text.withUTF8 { Self.parse($0, requiresEnd: true) }
        guard let parsed else { return nil }
        self = parsed.instant
    }

    /// Reads a time at the start of some bytes, as far as it goes.
    static func prefix(of bytes: UnsafeBufferPointer<UInt8>) -> (instant: Instant, length: Int)? {
        parse(bytes, requiresEnd: false)
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>, requiresEnd: Bool) -> (
        instant: Instant, length: Int
    )? {
        var reader = DigitReader(bytes: bytes)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let date = reader.digits(2), (1...12).contains(month), date >= 1, date <= days(in: month, of: year)
        else { return nil }
        var micros = day(year: year, month: month, date: date) * 86_400_000_000
        let dateEnd = reader.index
        if reader.take("T") || reader.take("t") {
            if let clock = reader.clock() {
                micros += clock
            } else if requiresEnd {
                return nil
            } else {
                reader.index = dateEnd
            }
        }
        if requiresEnd, reader.index != bytes.count { return nil }
        return (Instant(microseconds: micros), reader.index)
    }

    /// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
    private static func day(year: Int64, month: Int64, date: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let ofEra = shifted - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    private static func civil(day: Int64) -> (year: Int64, month: Int64, date: Int64) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, ofYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(abs(number))
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Reads the fixed-width fields of a timestamp.
private struct DigitReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    mutating func digits(_ count: Int) -> Int64? {
        guard index + count <= bytes.count else { return nil }
        var number: Int64 = 0
        for byte in bytes[index..<index + count] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + Int64(byte - 0x30)
        }
        index += count
        return number
    }

    /// `10:30[:00[.123456]][Z|+02:00]` in microseconds after midnight, UTC.
    mutating func clock() -> Int64? {
        guard let hour = digits(2), take(":"), let minute = digits(2), hour < 24, minute < 60 else { return nil }
        var micros = (hour * 60 + minute) * 60_000_000
        if take(":") {
            guard let second = digits(2), second <= 60 else { return nil }
            micros += second * 1_000_000
            if take(".") {
                guard let fraction = fraction() else { return nil }
                micros += fraction
            }
        }
        if take("Z") || take("z") { return micros }
        let start = index
        let sign: Int64 = take("+") ? -1 : take("-") ? 1 : 0
        guard sign != 0 else { return micros }
        guard let hours = digits(2), hours < 24 else {
            index = start
            return micros
        }
        _ = take(":")
        guard let minutes = digits(2), minutes < 60 else { return nil }
        return micros + sign * (hours * 60 + minutes) * 60_000_000
    }

    private mutating func fraction() -> Int64? {
        var micros: Int64 = 0
        var unit: Int64 = 100_000
        let start = index
        while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
            micros += Int64(bytes[index] - 0x30) * unit
            unit /= 10
            index += 1
        }
        return index == start ? nil : micros
    }
}
