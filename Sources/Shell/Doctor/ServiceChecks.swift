import Session
import WebhookModel

/// The profile, its key, its server.
extension Doctor {
    /// How far one gets on the way to the server.
    enum ServiceState: Sendable {
        /// Which profile is meant cannot be told.
        case noProfile(Sentence)
        /// The embedded server: no key, no network.
        case embedded
        case noKey(Profile, Sentence)
        /// The profile's base, key or proxy cannot be used.
        case unusable(Profile, ServiceSetupError)
        /// Nothing was asked, as was wished.
        case notAsked(Profile)
        case asked(Profile, ServerLook, at: Timestamp)
    }

    static func service(_ facts: ServiceState) -> [Finding] {
        switch facts {
        case .noProfile(let sentence):
            [Finding("profile", .problem, sentence.message, hint: sentence.hint ?? "profile ls shows them")]
                + skipped(["key", "host", "clock", "dialect", "secrets"], "no profile to ask with")
        case .embedded:
            [Finding("profile", .ok, "sandbox: an embedded server, whose webhooks are samples or your own trials")]
                + skipped(["key", "host", "clock", "dialect", "secrets"], "the sandbox is in this process")
        case .noKey(let profile, let sentence):
            [named(profile), Finding("key", .problem, sentence.message, hint: sentence.hint ?? keyHint(profile))]
                + skipped(["host", "clock", "dialect", "secrets"], "no key to ask with")
        case .unusable(let profile, let error): unusable(profile, error)
        case .notAsked(let profile):
            [named(profile), Finding("key", .ok, source(of: profile.key))]
                + skipped(["host", "clock", "dialect", "secrets"], "not asked: --offline")
        case .asked(let profile, let look, let time):
            [named(profile), key(profile, look), host(profile, look), clock(look, at: time), dialect(profile, look)]
                + [secrets(profile, look)]
        }
    }

    private static func skipped(_ checks: [String], _ why: String) -> [Finding] {
        checks.map { Finding($0, .skipped, why) }
    }

    private static func named(_ profile: Profile) -> Finding {
        let detail =
            "\(profile.name) (\(Printable.escaped(profile.host)))" + (profile.isProduction ? ", production" : "")
        guard profile.allowsPlainHTTP, profile.base.hasPrefix("http://") else { return Finding("profile", .ok, detail) }
        return Finding(
            "profile", .warning, detail + ", by plain http: the network can read the key", hint: "use https")
    }

    private static func unusable(_ profile: Profile, _ error: ServiceSetupError) -> [Finding] {
        let problem = ConfigurationSentences.problem(error).sentence
        let rest = ["host", "clock", "dialect", "secrets"]
        switch error.member {
        case .key:
            return [named(profile), Finding("key", .problem, problem.message, hint: keyHint(profile))]
                + skipped(rest, "no key to ask with")
        case .base:
            let hint = "mend base in config.yaml, --api-base or MIXPEEK_API_BASE"
            return [Finding("profile", .problem, problem.message, hint: hint)]
                + skipped(["key"] + rest, "no server to ask")
        case .proxy:
            let hint = "mend proxy in config.yaml, or HTTPS_PROXY and its like: http://HOST:PORT"
            return [named(profile), Finding("key", .ok, source(of: profile.key))]
                + [Finding("host", .problem, problem.message, hint: hint)]
                + skipped(["clock", "dialect", "secrets"], "no answer")
        }
    }

    // MARK: Key

    /// Where a key comes from; never the key.
    static func source(of key: Profile.KeySource) -> String {
        switch key {
        case .none: "none"
        case .literal: "in config.yaml"
        case .command: "from key_command"
        case .environment(let variable): "in \(variable)"
        case .sandbox: "the sandbox's own"
        }
    }

    private static func keyHint(_ profile: Profile) -> String {
        switch profile.key {
        case .command: "run key_command of profile \(profile.name) by hand: its first line is the key"
        case .environment(let variable): "export \(variable)=…, as the API's console shows it"
        case .none where profile.name == ProfileResolver.unnamed: "export \(ProfileResolver.keyVariable)=…"
        case .none, .literal, .sandbox: "login \(profile.name)"
        }
    }

    private static func key(_ profile: Profile, _ look: ServerLook) -> Finding {
        let source = source(of: profile.key)
        guard case .failure(let error) = look.page else { return Finding("key", .ok, source + ", and accepted") }
        switch error.kind {
        case .unauthorized:
            return Finding(
                "key", .problem, "\(source), and \(Printable.escaped(error.host)) does not accept it",
                hint: keyHint(profile))
        case .forbidden:
            return Finding(
                "key", .problem, "\(source), and it may not list webhooks" + words(of: error),
                hint: "ask for a key that may, or look at the organization's quota")
        default: return Finding("key", .ok, source + ", not tried")
        }
    }

    private static func words(of error: ServiceError) -> String {
        error.serverMessage.map { ": " + Printable.escaped(String($0.prefix(200))) } ?? ""
    }

    // MARK: Server

    private static func host(_ profile: Profile, _ look: ServerLook) -> Finding {
        let way = look.proxy.map { " through the proxy \(Printable.escaped($0))" } ?? ""
        let host = Printable.escaped(profile.host)
        switch look.page {
        case .success:
            let detail = "\(host) answers\(way) in \(DurationText.short(look.took))"
            guard look.took >= .seconds(5) else { return Finding("host", .ok, detail) }
            return Finding(
                "host", .warning, detail + ", which is slow",
                hint: "look at the network; request_timeout in the profile gives it longer")
        case .failure(let error) where error.kind == .unauthorized || error.kind == .forbidden:
            return Finding("host", .ok, "\(host) answers\(way)")
        case .failure(let error):
            let sentence = ServiceSentences.problem(error)
            return Finding(
                "host", .problem, sentence.message + way, hint: sentence.hint ?? "check the base URL and the network")
        }
    }

    private static func clock(_ look: ServerLook, at now: Timestamp) -> Finding {
        guard let server = look.serverTime else {
            return Finding("clock", .skipped, "the server does not tell its time")
        }
        // The header has whole seconds, and was written up to an answer's time ago.
        let behind = Int64(server) - now.seconds
        let distance = max(0, abs(behind) - 1 - look.took.components.seconds)
        guard distance > 30 else { return Finding("clock", .ok, "as the server's") }
        let text =
            "this machine's clock is \(DurationText.short(.seconds(abs(behind)))) "
            + (behind > 0 ? "behind" : "ahead of") + " the server's"
        let effect = ": times in where, plans that expire and signatures in listen are judged by it"
        return Finding(
            "clock", distance > 300 ? .problem : .warning, text + effect,
            hint: "timedatectl set-ntp true, or set the clock")
    }

    private static func dialect(_ profile: Profile, _ look: ServerLook) -> Finding {
        guard case .success(let page) = look.page else { return Finding("dialect", .skipped, "no list to see") }
        let name = page.dialect.rawValue
        guard profile.dialect == nil, profile.name != ProfileResolver.unnamed, page.dialect == .array else {
            return Finding(
                "dialect", .ok, name + (profile.dialect == nil ? ", found by asking" : ", as the profile says"))
        }
        return Finding(
            "dialect", .ok, name + ", found by asking, which costs a request",
            hint: "dialect: \(name) in profile \(profile.name) saves it")
    }

    /// Whether secrets come masked, against what the profile says of it.
    private static func secrets(_ profile: Profile, _ look: ServerLook) -> Finding {
        guard case .success(let page) = look.page else { return Finding("secrets", .skipped, "no webhook to see") }
        let says = "the profile says \(profile.secrets.rawValue)"
        let mend =
            profile.name == ProfileResolver.unnamed
            ? "add a profile, then: profile test --write" : "profile test \(profile.name) --write finds out"
        switch (profile.secrets, page.masking) {
        case (.plain, .masked):
            return Finding(
                "secrets", .problem, "\(says), and they come masked: a commit could write masks over them",
                hint: mend)
        case (.keep, .plain), (.lossy, .plain):
            return Finding("secrets", .warning, "\(says), and they come as they are", hint: mend)
        case (.unknown, .masked):
            return Finding(
                "secrets", .warning, "they come masked, and whether masks may be sent back is not known: a commit asks",
                hint: mend)
        case (.unknown, .plain): return Finding("secrets", .ok, "they come as they are")
        case (_, .none): return Finding("secrets", .skipped, "\(says); the webhooks that were looked at hold none")
        case (_, .masked): return Finding("secrets", .ok, "\(says), and they come masked")
        case (_, .plain): return Finding("secrets", .ok, "\(says), and they come as they are")
        }
    }
}
