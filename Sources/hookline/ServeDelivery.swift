import ArgumentParser
import Sandbox
import Shell

/// What `sandbox serve` does with deliveries: which leave, by which way, and what goes wrong on purpose.
///
/// Passwords are no flags, since everybody sees a process's arguments: they are read from the environment.
struct ServeDelivery: ParsableArguments {
    static let mailPasswordVariable = "HOOKLINE_SMTP_PASSWORD"
    static let smsTokenVariable = "HOOKLINE_SMS_TOKEN"

    @Option(
        help: ArgumentHelp(
            "Send these for real, with commas between: http, slack, smtp, sms. The rest goes to the outbox.",
            valueName: "kinds"))
    var deliver: String?

    @Flag(help: "Let deliveries go to private, link-local and loopback addresses.")
    var allowPrivate = false

    @Option(
        name: .customLong("trust"),
        help: ArgumentHelp("Trust the certificates of this PEM file, too.", valueName: "file"))
    var trusted: [String] = []

    @Option(help: ArgumentHelp("Pause a webhook after so many failures in a row; 0 for never.", valueName: "n"))
    var pauseAfter: Int?

    @Option(help: ArgumentHelp("Where Slack's API is; https://slack.com/api.", valueName: "url"))
    var slackBase: String?

    @Option(help: ArgumentHelp("The mail server; port 587 if none is given.", valueName: "host[:port]"))
    var smtp: String?

    @Option(help: ArgumentHelp("How mail is secured: starttls, tls, none.", valueName: "how"))
    var smtpSecurity: ServeSMTPSecurity?

    @Option(
        help: ArgumentHelp(
            "Log in to the mail server; the password is in \(ServeDelivery.mailPasswordVariable).", valueName: "name"))
    var smtpUser: String?

    @Option(help: ArgumentHelp("Send mail by this program instead.", valueName: "path"))
    var sendmail: String?

    @Option(help: ArgumentHelp("Who mail comes from.", valueName: "address"))
    var mailFrom: String?

    @Option(help: ArgumentHelp("Where the SMS gateway is; https://api.twilio.com.", valueName: "url"))
    var smsBase: String?

    @Option(
        help: ArgumentHelp(
            "The account there; its token is in \(ServeDelivery.smsTokenVariable).", valueName: "account"))
    var smsAccount: String?

    @Option(help: ArgumentHelp("Who SMS come from.", valueName: "number"))
    var smsFrom: String?

    @Option(
        name: .customLong("faults"),
        help: ArgumentHelp(
            "Go wrong on purpose: KIND[,NAME=VALUE]…, as in server_error,rate=0.2. May be given again.",
            valueName: "spec"))
    var faults: [String] = []

    @Option(help: ArgumentHelp("The same faults for the same requests.", valueName: "n"))
    var faultSeed: UInt64 = 0

    /// - Parameter variables: the process's environment.
    func configuration(_ variables: [String: String]) throws(ValidationError) -> SandboxDelivery {
        var delivery = SandboxDelivery()
        let kinds = try kinds()
        if kinds.contains(.http) { delivery.http = HTTPRoute() }
        if kinds.contains(.slack) { delivery.slack = slackBase.map { SlackRoute(base: $0) } ?? SlackRoute() }
        if kinds.contains(.smtp) { delivery.mail = try mail(variables) }
        if kinds.contains(.sms) { delivery.sms = try sms(variables) }
        delivery.allowsPrivateAddresses = allowPrivate
        delivery.trustedCertificates = trusted
        if let pauseAfter {
            guard pauseAfter >= 0 else { throw ValidationError("--pause-after is a number from 0") }
            delivery.pauseAfter = pauseAfter == 0 ? nil : pauseAfter
        }
        return delivery
    }

    private enum Kind: String, CaseIterable { case http, slack, smtp, sms }

    private func kinds() throws(ValidationError) -> Set<Kind> {
        var kinds: Set<Kind> = []
        for word in (deliver ?? "").split(separator: ",") {
            guard let kind = Kind(rawValue: String(word)) else {
                throw ValidationError("--deliver knows no \(word); it takes http, slack, smtp, sms")
            }
            kinds.insert(kind)
        }
        if deliver != nil, kinds.isEmpty {
            throw ValidationError("--deliver names nothing; it takes http, slack, smtp, sms")
        }
        return kinds
    }

    private func mail(_ variables: [String: String]) throws(ValidationError) -> MailRoute {
        guard let mailFrom else { throw ValidationError("--deliver smtp needs --mail-from") }
        if let sendmail {
            guard smtp == nil else { throw ValidationError("give either --smtp or --sendmail") }
            return .sendmail(path: sendmail, from: mailFrom)
        }
        guard let smtp else { throw ValidationError("--deliver smtp needs --smtp or --sendmail") }
        let parts = smtp.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let port = parts.count == 2 ? Int(parts[1]) ?? 0 : 587
        guard !parts[0].isEmpty, (1...65535).contains(port) else {
            throw ValidationError("--smtp is a host, or host:port")
        }
        var relay = SMTPRelay(host: String(parts[0]), port: port, from: mailFrom)
        relay.security = (smtpSecurity ?? .starttls).security
        relay.user = smtpUser
        if smtpUser != nil {
            guard let password = variables[Self.mailPasswordVariable], !password.isEmpty else {
                throw ValidationError("--smtp-user needs the password in \(Self.mailPasswordVariable)")
            }
            relay.password = SandboxSecret(password)
        }
        return .smtp(relay)
    }

    private func sms(_ variables: [String: String]) throws(ValidationError) -> SMSRoute {
        guard let smsAccount, let smsFrom else {
            throw ValidationError("--deliver sms needs --sms-account and --sms-from")
        }
        guard let token = variables[Self.smsTokenVariable], !token.isEmpty else {
            throw ValidationError("--deliver sms needs the account's token in \(Self.smsTokenVariable)")
        }
        var route = SMSRoute(account: smsAccount, token: SandboxSecret(token), from: smsFrom)
        if let smsBase { route.base = smsBase }
        return route
    }

    /// What goes wrong for every organization until it says otherwise.
    func faultPlan() throws(ValidationError) -> FaultPlan {
        var rules: [FaultRule] = []
        for text in faults {
            let spec: FaultSpec
            do throws(FaultSpec.Failure) { spec = try FaultSpec(parsing: text) } catch {
                throw ValidationError("--faults \(text): \(Self.words(error))")
            }
            guard let rule = FaultRule(spec) else {
                let kinds = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--faults knows no \(spec.kind); it takes \(kinds)")
            }
            rules.append(rule)
        }
        return FaultPlan(seed: faultSeed, rules: rules)
    }

    private static func words(_ failure: FaultSpec.Failure) -> String {
        switch failure {
        case .noKind: "no kind is named"
        case .unknownName(let name, let nearest):
            "there is no \(name)" + (nearest.map { "; did you mean \($0)?" } ?? "")
        case .repeated(let name): "\(name) is there twice"
        case .badValue(let name, let value): "\(value) is no \(name)"
        }
    }
}

extension FaultRule {
    /// Nil for a kind that the server does not know.
    fileprivate init?(_ spec: FaultSpec) {
        guard let kind = FaultKind(rawValue: spec.kind) else { return nil }
        self.init(
            kind, rate: spec.rate ?? 1, count: spec.count, operations: Set(spec.operations), status: spec.status ?? 500,
            retryAfter: spec.retryAfter ?? 1, milliseconds: spec.milliseconds ?? 1_000, fields: spec.fields)
    }
}

enum ServeSMTPSecurity: String, ExpressibleByArgument, CaseIterable {
    case starttls, tls, none

    var security: SMTPRelay.Security {
        switch self {
        case .starttls: .startTLS
        case .tls: .implicit
        case .none: .none
        }
    }
}
