import WebhookModel

/// Times as people read them: to the second, in UTC, `2026-03-02T09:00:00Z`.
enum TimeText {
    static func seconds(_ time: Timestamp) -> String { Timestamp(seconds: time.seconds).description }
}
