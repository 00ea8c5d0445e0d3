/// Durations as they are written: `500ms`, `90s`, `5m`, `2h`, `30d`, `1w`, and sums of them from large to small: `1h30m`.
package enum DurationText {
    private static let units: [(suffix: String, microseconds: Int64)] = [
        ("w", 604_800_000_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000),
        ("ms", 1000), ("us", 1),
    ]

    /// Reads a whole text as a duration, nil if it is none or beyond 64 bits of microseconds.
    package static func parse(_ text: String) -> Duration? {
        var bytes = Array(text.utf8)[...]
        let negative = bytes.first == UInt8(ascii: "-")
        if negative { bytes = bytes.dropFirst() }
        guard !bytes.isEmpty else { return nil }
        var total: Int64 = 0
        var lastUnit = Int64.max
        while !bytes.isEmpty {
            guard let part = component(&bytes), part.unit < lastUnit else { return nil }
            let (product, overflow) = part.count.multipliedReportingOverflow(by: part.unit)
            let (sum, carry) = total.addingReportingOverflow(product)
            if overflow || carry { return nil }
            (total, lastUnit) = (sum, part.unit)
        }
        return .microseconds(negative ? -total : total)
    }

    private static func component(_ bytes: inout ArraySlice<UInt8>) -> (count: Int64, unit: Int64)? {
        var count: Int64 = 0
        let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        for digit in digits { count = count * 10 + Int64(digit - 0x30) }
        bytes = bytes.dropFirst(digits.count)
        let letters = bytes.prefix { $0 >= 0x61 && $0 <= 0x7A }
        guard let unit = units.first(where: { letters.elementsEqual($0.suffix.utf8) }) else { return nil }
        bytes = bytes.dropFirst(letters.count)
        return (count, unit.microseconds)
    }

    /// The shortest text that reads back as the duration, to the microsecond: `1h30m`, `0s`.
    package static func text(of duration: Duration) -> String {
        guard let total = duration.microseconds, total != .min else { return "\(duration)" }
        if total == 0 { return "0s" }
        var rest = abs(total)
        var text = total < 0 ? "-" : ""
        for unit in units where rest >= unit.microseconds {
            text += String(rest / unit.microseconds) + unit.suffix
            rest %= unit.microseconds
        }
        return text
    }
}
