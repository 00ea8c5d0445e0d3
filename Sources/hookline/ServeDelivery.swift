import ArgumentParser
import Sandbox
import Shell

/// What `sandbox serve` does with deliveries: which leave, by which way, and what goes wrong on purpose.
///
/// Passwords are no flags, since everybody sees a process's arguments: they are read from the environment.
struct ServeDelivery: ParsableArguments {
    @Option(help: .serve(.deliver))
    var deliver: String?

    @Flag(help: .serve(.allowPrivate))
    var allowPrivate = false

    @Option(name: .customLong("trust"), help: .serve(.trust))
    var trusted: [String] = []

    @Option(help: .serve(.pauseAfter))
    var pauseAfter: Int?

    @Option(help: .serve(.slackBase))
    var slackBase: String?

    @Option(help: .serve(.smtp))
    var smtp: String?

    @Option(help: .serve(.smtpSecurity))
    var smtpSecurity: ServeSMTPSecurity?

    @Option(help: .serve(.smtpUser))
    var smtpUser: String?

    @Option(help: .serve(.sendmail))
    var sendmail: String?

    @Option(help: .serve(.mailFrom))
    var mailFrom: String?

    @Option(help: .serve(.smsBase))
    var smsBase: String?

    @Option(help: .serve(.smsAccount))
    var smsAccount: String?

    @Option(help: .serve(.smsFrom))
    var smsFrom: String?

    @Option(name: .customLong("faults"), help: .serve(.faults))
    var faults: [String] = []

    @Option(help: .serve(.faultSeed))
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
            guard let password = variables[ServeFlag.mailPasswordVariable], !password.isEmpty else {
                throw ValidationError("--smtp-user needs the password in \(ServeFlag.mailPasswordVariable)")
            }
            relay.password = SandboxSecret(password)
        }
        return .smtp(relay)
    }

    private func sms(_ variables: [String: String]) throws(ValidationError) -> SMSRoute {
        guard let smsAccount, let smsFrom else {
            throw ValidationError("--deliver sms needs --sms-account and --sms-from")
        }
        guard let token = variables[ServeFlag.smsTokenVariable], !token.isEmpty else {
            throw ValidationError("--deliver sms needs the account's token in \(ServeFlag.smsTokenVariable)")
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
            guard let rule = FaultRule(spec) else { throw ValidationError("--faults knows no \(spec.kind)") }
            rules.append(rule)
        }
        return FaultPlan(seed: faultSeed, rules: rules)
    }

    private static func words(_ failure: FaultSpec.Failure) -> String {
        switch failure {
        case .noKind: "no kind is named"
        case .unknownKind(let kind, let nearest):
            "there is no \(kind)"
                + (nearest.map { "; did you mean \($0)?" } ?? "; it takes \(FaultSpec.kinds.joined(separator: ", "))")
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
