import LosslessJSON

/// What a channel's destination is sent.
enum OutgoingMessage: Hashable, Sendable {
    case http(HTTPMessage)
    case slack(SlackMessage)
    case email(MailMessage)
    case sms(SMSMessage)
    /// A kind of channel that is unknown today: the event is all that can be told.
    case unknown(kind: String, event: JSON)
}

struct HTTPMessage: Hashable, Sendable {
    let url: String
    let method: String
    /// As configured, `Content-Type` added where it is missing.
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    let timeout: Duration
    let signingSecret: String?

    static func == (left: Self, right: Self) -> Bool {
        left.url == right.url && left.method == right.method && left.body == right.body
            && left.timeout == right.timeout && left.signingSecret == right.signingSecret
            && left.headers.elementsEqual(right.headers) { $0 == $1 }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(url)
        hasher.combine(body)
    }
}

struct SlackMessage: Hashable, Sendable {
    enum Destination: Hashable, Sendable {
        case bot(token: String)
        case hook(url: String)
    }

    let destination: Destination
    /// The JSON that is posted: `{channel?, text, blocks?, username?, icon_emoji?, icon_url?}`.
    let payload: JSON
}

struct MailMessage: Hashable, Sendable {
    struct Part: Hashable, Sendable {
        /// `text/plain`, `text/html`, …; always in UTF-8.
        let type: String
        let text: String
    }

    let to: [String]
    let cc: [String]
    let bcc: [String]
    let subject: String
    /// The same in each, the plainest first.
    let parts: [Part]
    /// What `Message-ID` is made of: the event's identifier and the delivery's number.
    let identifier: String

    var recipients: [String] { to + cc + bcc }
}

struct SMSMessage: Hashable, Sendable {
    /// Those that were not reached before.
    let numbers: [String]
    /// Whether the channel names any number: all of them may have been reached before.
    let isAddressed: Bool
    let text: String
}
