/// `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
package enum RetryAfter {
    /// The wait a header asks for; nil when there is none or it is neither form.
    ///
    /// A date is compared with the answer's own `Date` when it has one, so that the two clocks need not agree, else
    /// with `unixTime`. A date in the past means no wait.
    package static func wait(in headers: HeaderFields, unixTime: Int) -> Duration? {
        guard let text = headers["Retry-After"] else { return nil }
        if let seconds = seconds(text) { return seconds }
        guard let date = HTTPDate.unixTime(text) else { return nil }
        let reference = headers["Date"].flatMap(HTTPDate.unixTime) ?? unixTime
        return .seconds(max(0, date - reference))
    }

    /// Digits, and the fraction that some servers add; a number beyond reason counts as ten years.
    private static func seconds(_ text: String) -> Duration? {
        guard (1...20).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "."),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }), let value = Double(text)
        else { return nil }
        return .milliseconds(Int((min(value, 315_360_000) * 1000).rounded(.up)))
    }
}
