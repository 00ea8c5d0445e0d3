/// A flag of `hookline sandbox serve`: its help, the reference and `help sandbox serve` come from here.
package enum ServeFlag: String, CaseIterable, Sendable {
    case port, host, socket, db, key, seed, dialect
    case idFormat = "id-format"
    case tier
    case strictSchema = "strict-schema"
    case deliver
    case allowPrivate = "allow-private"
    case trust
    case pauseAfter = "pause-after"
    case slackBase = "slack-base"
    case smtp
    case smtpSecurity = "smtp-security"
    case smtpUser = "smtp-user"
    case sendmail
    case mailFrom = "mail-from"
    case smsBase = "sms-base"
    case smsAccount = "sms-account"
    case smsFrom = "sms-from"
    case faults
    case faultSeed = "fault-seed"
    case verbose

    package static let mailPasswordVariable = "HOOKLINE_SMTP_PASSWORD"
    package static let smsTokenVariable = "HOOKLINE_SMS_TOKEN"

    /// What its value is called; nil for a flag without one.
    package var value: String? { entry.value }
    package var summary: String { entry.summary }
    /// What counts where it is not given.
    package var fallback: String { entry.fallback }

    /// `-v, --verbose`, `--port N`.
    package var spelling: String {
        (self == .verbose ? "-v, " : "") + "--" + rawValue + (value.map { " " + $0.uppercased() } ?? "")
    }

    private var entry: (value: String?, fallback: String, summary: String) {
        switch self {
        case .port: ("n", "0", "listen on this port, 0 to 65535; 0 takes any free one")
        case .host: ("address", "127.0.0.1", "listen on this address; wider than loopback needs --key")
        case .socket: ("path", "none", "listen on a Unix socket instead")
        case .db: ("file", "none", "keep webhooks in this SQLite file; without it they are gone at the end")
        case .key: ("key", "sk_sandbox", "accept this API key; each is an organization of its own; may be given again")
        case .seed: ("seed", "samples", "what a new organization holds: samples, samples:N, none, or a JSON file")
        case .dialect: ("dialect", "both", "which list operations exist: both, get-list, post-list")
        case .idFormat:
            ("format", "alphanumeric", "identifiers of new webhooks: alphanumeric (wh_ + 10), hex (wh_ + 16)")
        case .tier: ("tier", "no limits", "keep to the rate limits of a tier: free, pro")
        case .strictSchema: (nil, "off", "take the API's schema at its word")
        case .deliver:
            (
                "kinds", "none",
                "send these for real, with commas between: http, slack, smtp, sms; the rest goes to the outbox"
            )
        case .allowPrivate: (nil, "off", "let deliveries go to private, link-local and loopback addresses")
        case .trust: ("file", "the system's", "trust the certificates of this PEM file, too; may be given again")
        case .pauseAfter: ("n", "25", "pause a webhook after so many failures in a row; 0 for never")
        case .slackBase: ("url", "https://slack.com/api", "where Slack's API is")
        case .smtp: ("host[:port]", "none", "the mail server; port 587 if none is given")
        case .smtpSecurity: ("how", "starttls", "how mail is secured: starttls, tls, none")
        case .smtpUser: ("name", "none", "log in to the mail server; the password is in \(Self.mailPasswordVariable)")
        case .sendmail: ("path", "none", "send mail by this program instead")
        case .mailFrom: ("address", "none", "who mail comes from")
        case .smsBase: ("url", "https://api.twilio.com", "where the SMS gateway is")
        case .smsAccount: ("account", "none", "the account there; its token is in \(Self.smsTokenVariable)")
        case .smsFrom: ("number", "none", "who SMS come from")
        case .faults:
            (
                "spec", "none",
                "go wrong on purpose: KIND[,NAME=VALUE]…, as in server_error,rate=0.2; may be given again"
            )
        case .faultSeed: ("n", "0", "the same faults for the same requests")
        case .verbose: (nil, "off", "log requests to standard error")
        }
    }
}
