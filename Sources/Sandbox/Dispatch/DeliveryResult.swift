import WebhookModel

/// How an attempt at a delivery ended.
enum DeliveryResult: Hashable, Sendable {
    /// Its destination took it.
    case delivered
    /// It went to the outbox: JSON of what would have been sent, without secrets.
    case captured(String)
    /// It is attempted again at that time. `reached` are the recipients that need no other attempt.
    case retried(DeliveryFailure, at: Timestamp, reached: Set<String>)
    /// The last attempt failed, too.
    case dead(DeliveryFailure)
    /// There is nothing left to deliver to.
    case cancelled(String)

    var status: DeliveryStatus {
        switch self {
        case .delivered: .delivered
        case .captured: .captured
        case .retried: .pending
        case .dead: .dead
        case .cancelled: .cancelled
        }
    }

    var failure: DeliveryFailure? {
        switch self {
        case .retried(let failure, _, _), .dead(let failure): failure
        default: nil
        }
    }
}

/// Why an attempt failed.
struct DeliveryFailure: Error, Hashable, Sendable {
    /// A few words without secrets: `HTTP 503`, `connection refused`.
    let cause: String
    /// How long the destination wants to be left alone.
    var retryAfter: Duration?
    /// Recipients that were reached before.
    var reached: Set<String> = []

    init(_ cause: String, retryAfter: Duration? = nil, reached: Set<String> = []) {
        // What a destination says may be long, and is shown on one line.
        self.cause = String(
            String.UnicodeScalarView(
                cause.unicodeScalars.prefix(200).map { $0.properties.generalCategory == .control ? " " : $0 }))
        self.retryAfter = retryAfter
        self.reached = reached
    }
}
