/// The dates of HTTP headers (RFC 9110, section 5.6.7): the fixed form, the obsolete RFC 850 and asctime forms.
package enum HTTPDate {
    /// Seconds since 1970 of a date in any of the three forms; nil for anything else.
    package static func unixTime(_ text: String) -> Int? {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
        return fixed(words) ?? rfc850(words) ?? asctime(words)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    private static func fixed(_ words: [String]) -> Int? {
        guard words.count == 6, words[5] == "GMT", words[1].utf8.count == 2, words[3].utf8.count == 4 else {
            return nil
        }
        return seconds(day: words[1], month: words[2], year: number(words[3]), time: words[4])
    }

    /// `Sunday, 06-Nov-94 08:49:37 GMT`; a year of two digits is the one nearest to now that RFC 9110 allows: 1970…2069.
    private static func rfc850(_ words: [String]) -> Int? {
        guard words.count == 4, words[3] == "GMT" else { return nil }
        let date = words[1].split(separator: "-").map(String.init)
        guard date.count == 3, date[2].utf8.count == 2, let short = number(date[2]) else { return nil }
        return seconds(day: date[0], month: date[1], year: short < 70 ? 2000 + short : 1900 + short, time: words[2])
    }

    /// `Sun Nov  6 08:49:37 1994`
    private static func asctime(_ words: [String]) -> Int? {
        guard words.count == 5, words[4].utf8.count == 4 else { return nil }
        return seconds(day: words[2], month: words[1], year: number(words[4]), time: words[3])
    }

    private static func seconds(day: String, month: String, year: Int?, time: String) -> Int? {
        guard let year, let day = number(day), let month = months.firstIndex(of: month) else { return nil }
        let clock = time.split(separator: ":").map(String.init)
        guard clock.count == 3, clock.allSatisfy({ $0.utf8.count == 2 }), let hour = number(clock[0]),
            let minute = number(clock[1]), let second = number(clock[2]), hour < 24, minute < 60, second <= 60,
            (1...daysIn(month: month, year: year)).contains(day)
        else { return nil }
        return daysSince1970(year: year, month: month, day: day) * 86400 + hour * 3600 + minute * 60 + second
    }

    private static func number(_ text: String) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    private static func daysIn(month: Int, year: Int) -> Int {
        [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month]
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Days of the proleptic Gregorian calendar; months from 0.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        func leapDays(before year: Int) -> Int {
            let last = year - 1
            return last / 4 - last / 100 + last / 400
        }
        var days = (year - 1970) * 365 + leapDays(before: year) - leapDays(before: 1970)
        for earlier in 0..<month { days += daysIn(month: earlier, year: year) }
        return days + day - 1
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
