import WebhookModel

/// Times in UTC, `2026-03-02T09:00:00Z`.
enum TimeText {
    /// As people read them.
    static func seconds(_ time: Timestamp) -> String { Timestamp(seconds: time.seconds).description }

    /// As programs subtract them.
    static func milliseconds(_ time: Timestamp) -> String {
        Timestamp(seconds: time.seconds, nanoseconds: time.nanoseconds / 1_000_000 * 1_000_000).description
    }
}
