/// What a sandbox does with events: which channels are served live, and how patiently.
///
/// A channel without its route goes to the outbox: what would have been sent is kept, and nothing leaves.
package struct SandboxDelivery: Sendable {
    /// Sends to the URLs of `webhook` channels, and to Slack's incoming hooks where `slack` is set, too.
    package var http: HTTPRoute?
    package var slack: SlackRoute?
    package var mail: MailRoute?
    package var sms: SMSRoute?
    package var retry: RetryPolicy
    /// After so many failed attempts in a row a webhook is paused; nil for never.
    package var pauseAfter: Int?
    /// How many channels are served at once.
    package var concurrency: Int
    /// How often work that others left is looked for.
    package var pollInterval: Duration
    /// How many events are kept; the oldest go first, with their deliveries, once none of them is pending.
    package var keptEvents: Int
    /// Whether URLs may lead to private, link-local and loopback addresses.
    package var allowsPrivateAddresses: Bool
    /// PEM files of certificates that are trusted beside the system's.
    package var trustedCertificates: [String]
    /// Looks addresses up; the system's resolver unless a test replaces it.
    package var resolver: any HostResolver

    package init(
        http: HTTPRoute? = nil, slack: SlackRoute? = nil, mail: MailRoute? = nil, sms: SMSRoute? = nil,
        retry: RetryPolicy = RetryPolicy(), pauseAfter: Int? = 25, concurrency: Int = 16,
        pollInterval: Duration = .seconds(1), keptEvents: Int = 250_000, allowsPrivateAddresses: Bool = false,
        trustedCertificates: [String] = [], resolver: any HostResolver = SystemResolver()
    ) {
        self.http = http
        self.slack = slack
        self.mail = mail
        self.sms = sms
        self.retry = retry
        self.pauseAfter = pauseAfter
        self.concurrency = concurrency
        self.pollInterval = pollInterval
        self.keptEvents = keptEvents
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.trustedCertificates = trustedCertificates
        self.resolver = resolver
    }
}

/// Makes `webhook` channels live.
package struct HTTPRoute: Hashable, Sendable {
    package init() {}
}

/// Makes `slack` channels live: with a bot token through the API at `base`, else to the incoming hook's own URL.
package struct SlackRoute: Hashable, Sendable {
    package var base: String

    package init(base: String = "https://slack.com/api") {
        self.base = base
    }
}

/// Makes `sms` channels live, through a gateway that speaks as Twilio does.
package struct SMSRoute: Hashable, Sendable {
    package var base: String
    package var account: String
    package var token: SandboxSecret
    /// The sender's number.
    package var from: String

    package init(base: String = "https://api.twilio.com", account: String, token: SandboxSecret, from: String) {
        self.base = base
        self.account = account
        self.token = token
        self.from = from
    }
}

/// Makes `email` channels live.
package enum MailRoute: Hashable, Sendable {
    /// A relay that takes submissions (RFC 6409).
    case smtp(SMTPRelay)
    /// A program that takes a message on standard input and finds the recipients in its arguments, as sendmail does.
    case sendmail(path: String, from: String)

    var from: String {
        switch self {
        case .smtp(let relay): relay.from
        case .sendmail(_, let from): from
        }
    }
}

/// A mail server and how to speak to it.
package struct SMTPRelay: Hashable, Sendable {
    package enum Security: Hashable, Sendable {
        /// STARTTLS before anything else; a server without it is not used.
        case startTLS
        /// TLS from the first byte (port 465).
        case implicit
        /// None. A password is not sent so.
        case none
    }

    package var host: String
    package var port: Int
    package var security: Security
    package var user: String?
    package var password: SandboxSecret?
    /// The address that messages come from.
    package var from: String

    package init(
        host: String, port: Int = 587, security: Security = .startTLS, user: String? = nil,
        password: SandboxSecret? = nil, from: String
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.password = password
        self.from = from
    }
}

/// A text that opens something elsewhere. It prints as `[redacted]`, whichever way it is printed.
package struct SandboxSecret: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }
}

extension SandboxSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "[redacted]" }
    package var debugDescription: String { "[redacted]" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
