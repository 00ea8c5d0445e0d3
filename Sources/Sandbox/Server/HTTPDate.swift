import Synchronization
import WebhookModel

extension Timestamp {
    /// The form of RFC 9110 §5.6.7 for a `Date` header: `Wed, 01 Jan 2025 00:00:00 GMT`.
    var httpDate: String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        // 1970-01-01 was a Thursday.
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let parts = description.split { "-T:.Z".contains($0) }
        let month = Int(parts[1]).map { months[$0 - 1] } ?? ""
        let weekday = weekdays[Int(((days % 7) + 7) % 7)]
        return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }
}

/// The last `Date` that was written: all answers of a second have the same.
final class HTTPDateCache: Sendable {
    private let last = Mutex<(seconds: Int64, text: String)?>(nil)

    func text(at time: Timestamp) -> String {
        last.withLock { last in
            if let last, last.seconds == time.seconds { return last.text }
            let text = time.httpDate
            last = (time.seconds, text)
            return text
        }
    }
}
