/// Reads one ISO 8601 date or time from text, byte by byte.
struct TimestampReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The instant, or nil when the text is anything else or goes on behind it.
    mutating func read() -> Timestamp? {
        guard let days = date() else { return nil }
        let midnight = days * 86_400
        if atEnd { return Timestamp(seconds: midnight) }
        guard take(anyOf: "Tt "), let (second, nanoseconds) = timeOfDay() else { return nil }
        guard let offset = zone(), atEnd else { return nil }
        return Timestamp(seconds: midnight + second - offset, nanoseconds: nanoseconds)
    }

    private var atEnd: Bool { position == bytes.count }

    private mutating func date() -> Int64? {
        guard let year = number(4), take(anyOf: "-"), let month = number(2), take(anyOf: "-"), let day = number(2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)?.daysSinceEpoch
    }

    private mutating func timeOfDay() -> (second: Int64, nanoseconds: Int32)? {
        guard let hour = number(2), hour < 24, take(anyOf: ":"), let minute = number(2), minute < 60 else { return nil }
        guard take(anyOf: ":") else { return (hour * 3_600 + minute * 60, 0) }
        guard let second = number(2), second <= 60 else { return nil }
        guard let nanoseconds = fraction() else { return nil }
        return (hour * 3_600 + minute * 60 + second, nanoseconds)
    }

    /// The decimals behind a point, cut after nine; 0 without a point, nil for a point without decimals.
    private mutating func fraction() -> Int32? {
        guard take(anyOf: ".,") else { return 0 }
        var value: Int32 = 0
        var count = 0
        while let digit = nextDigit() {
            if count < 9 { value = value * 10 + Int32(digit) }
            count += 1
        }
        guard count > 0 else { return nil }
        while count < 9 {
            value *= 10
            count += 1
        }
        return value
    }

    /// Seconds east of UTC; 0 when no zone is written.
    private mutating func zone() -> Int64? {
        if atEnd || take(anyOf: "Zz") { return 0 }
        let sign: Int64
        if take(anyOf: "+") { sign = 1 } else if take(anyOf: "-") { sign = -1 } else { return nil }
        guard let hour = number(2), hour < 24 else { return nil }
        if atEnd { return sign * hour * 3_600 }
        _ = take(anyOf: ":")
        guard let minute = number(2), minute < 60 else { return nil }
        return sign * (hour * 3_600 + minute * 60)
    }

    private mutating func number(_ digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = nextDigit() else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    private mutating func nextDigit() -> UInt8? {
        guard position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) else {
            return nil
        }
        defer { position += 1 }
        return bytes[position] - UInt8(ascii: "0")
    }

    private mutating func take(anyOf characters: StaticString) -> Bool {
        guard position < bytes.count else { return false }
        let byte = bytes[position]
        let found = characters.withUTF8Buffer { $0.contains(byte) }
        if found { position += 1 }
        return found
    }
}
