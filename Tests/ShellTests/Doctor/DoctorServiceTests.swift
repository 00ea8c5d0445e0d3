import LosslessJSON
import PluginHost
import PluginProtocol
import Session
import Testing
import WebhookModel

@testable import Shell

/// The checks of profile, key, server and plugins.
@Suite("doctor decides on the server and plugins")
struct DoctorServiceTests {
    private static let now = Timestamp(seconds: 1_750_000_000)

    private static func profile(
        _ key: Profile.KeySource = .literal(Secret("sk_canary")), _ change: (inout Profile) -> Void = { _ in }
    ) -> Profile {
        var profile = Profile(name: "production", base: "https://api.example.com", key: key)
        change(&profile)
        return profile
    }

    private static func webhook(token: String?) -> Webhook {
        var configs: JSONObject = ["channel_id": "C1"]
        if let token { configs["bot_token"] = JSON(token) }
        return Webhook(document: [
            "webhook_id": "wh_abc123def4", "channels": [["channel": "slack", "configs": JSON(configs)]],
        ])
    }

    private static func look(
        _ tokens: [String?] = ["xoxb-0123456789"], dialect: Profile.Dialect = .paged, time: Int? = nil,
        took: Duration = .milliseconds(40), proxy: String? = nil
    ) -> ServerLook {
        ServerLook(
            page: .success(.init(dialect: dialect, webhooks: tokens.map(webhook))), serverTime: time, took: took,
            proxy: proxy)
    }

    private static func failed(_ kind: ServiceError.Kind, message: String? = nil) -> ServerLook {
        let error = ServiceError(
            kind, operation: "POST /v1/organizations/webhooks/list", host: "api.example.com", serverMessage: message)
        return ServerLook(page: .failure(error), serverTime: nil, took: .milliseconds(40))
    }

    /// The finding of one check, the others held to the rule that what is not well says how to mend it.
    private func finding(_ check: String, _ facts: Doctor.ServiceState) throws -> Doctor.Finding {
        let findings = Doctor.service(facts)
        #expect(
            findings.map(\.check) == ["profile", "key", "host", "clock", "dialect", "secrets"], "\(findings)")
        for finding in findings where [.warning, .problem].contains(finding.state) {
            #expect(finding.hint != nil, "\(finding)")
        }
        #expect(!findings.contains { ($0.detail + ($0.hint ?? "")).contains("canary") })
        return try #require(findings.first { $0.check == check })
    }

    private func asked(
        _ check: String, _ look: ServerLook, _ profile: Profile = DoctorServiceTests.profile()
    ) throws -> Doctor.Finding {
        try finding(check, .asked(profile, look, at: Self.now))
    }

    @Test("a profile: its name and host; plain http is warned of")
    func profiles() throws {
        #expect(try asked("profile", Self.look()).detail == "production (api.example.com)")
        let plain = Self.profile {
            $0.base = "http://api.example.com"
            $0.allowsPlainHTTP = true
        }
        #expect(try asked("profile", Self.look(), plain).state == .warning)
        #expect(try finding("profile", .noProfile(Sentence("there is no profile “x”"))).state == .problem)
        #expect(try finding("host", .noProfile(Sentence("there is no profile “x”"))).state == .skipped)
        #expect(try finding("profile", .embedded).state == .ok)
        #expect(try finding("key", .embedded).state == .skipped)
        let bad = ServiceSetupError(profile: "production", member: .base, reason: "no host")
        #expect(try finding("profile", .unusable(Self.profile(), bad)).state == .problem)
    }

    @Test(
        "a key: where it comes from, never its value",
        arguments: [
            (Profile.KeySource.literal(Secret("sk_canary")), "in config.yaml", "login production"),
            (.command("pass show canary"), "from key_command", "by hand"),
            (.environment(variable: "MIXPEEK_API_KEY"), "in MIXPEEK_API_KEY", "export MIXPEEK_API_KEY"),
        ])
    func keys(_ source: Profile.KeySource, _ says: String, _ mend: String) throws {
        let profile = Self.profile(source)
        #expect(try asked("key", Self.look(), profile) == .init("key", .ok, says + ", and accepted"))
        #expect(try finding("key", .notAsked(profile)) == .init("key", .ok, says))
        let refused = try asked("key", Self.failed(.unauthorized), profile)
        #expect(refused.state == .problem)
        #expect(refused.hint?.contains(mend) == true)
        let forbidden = try asked("key", Self.failed(.forbidden, message: "quota\u{1B}[2J"), profile)
        #expect(forbidden.state == .problem)
        #expect(forbidden.detail.contains("quota\\u{1B}[2J"))
        let none = try finding("key", .noKey(profile, Sentence("the key of profile production is empty")))
        #expect(none.state == .problem)
        #expect(none.hint?.contains(mend) == true)
        let odd = ServiceSetupError(profile: "production", member: .key, reason: "character 3 is not visible ASCII")
        #expect(try finding("key", .unusable(profile, odd)).state == .problem)
    }

    @Test("a host: that it answers, in what time, by what proxy; else why not")
    func hosts() throws {
        #expect(try asked("host", Self.look()).detail == "api.example.com answers in 40 ms")
        #expect(try asked("host", Self.look(proxy: "proxy:3128")).detail.contains("through the proxy proxy:3128"))
        #expect(try asked("host", Self.look(took: .seconds(6))).state == .warning)
        #expect(try asked("host", Self.failed(.unauthorized)).state == .ok)
        for kind: ServiceError.Kind in [
            .unreachable(reason: "connection refused"), .timedOut, .certificate(reason: "it has expired"), .serverError,
            .insecureTransport, .tooManyRedirects, .notAllowed, .malformedBody(reason: "no JSON", offset: 3),
        ] {
            #expect(try asked("host", Self.failed(kind)).state == .problem)
            #expect(try asked("key", Self.failed(kind)).state == .ok)
        }
        let proxy = ServiceSetupError(profile: "production", member: .proxy, reason: "it is no http:// URL of a proxy")
        #expect(try finding("host", .unusable(Self.profile(), proxy)).hint?.contains("HTTPS_PROXY") == true)
        #expect(try finding("host", .notAsked(Self.profile())).state == .skipped)
    }

    @Test(
        "a clock: half a minute is nothing, five minutes are a problem, either way",
        arguments: [
            (0, Doctor.Finding.State.ok), (31, .ok), (33, .warning), (-33, .warning), (300, .warning), (302, .problem),
            (-302, .problem), (86_400, .problem),
        ])
    func clocks(_ skew: Int, _ state: Doctor.Finding.State) throws {
        let finding = try asked("clock", Self.look(time: Int(Self.now.seconds) + skew))
        #expect(finding.state == state, "\(finding)")
        if state != .ok { #expect(finding.detail.contains(skew > 0 ? "behind" : "ahead of")) }
    }

    @Test("a slow answer is no skew, and a server without a clock is none to compare with")
    func slowClock() throws {
        let slow = Self.look(time: Int(Self.now.seconds) - 40, took: .seconds(20))
        #expect(try asked("clock", slow).state == .ok)
        #expect(try asked("clock", Self.look(time: nil)).state == .skipped)
    }

    @Test("a dialect: which was found; one that costs a request each time is named for the profile")
    func dialects() throws {
        #expect(try asked("dialect", Self.look()).detail == "post-list, found by asking")
        #expect(try asked("dialect", Self.look(dialect: .array)).hint?.contains("dialect: get-list") == true)
        let fixed = Self.profile { $0.dialect = .array }
        #expect(try asked("dialect", Self.look(dialect: .array), fixed).detail == "get-list, as the profile says")
        #expect(try asked("dialect", Self.failed(.timedOut)).state == .skipped)
    }

    @Test(
        "secrets: what the profile says of them is held against what comes",
        arguments: [
            (SecretsCapability.plain, ["xoxb-0123456789"], Doctor.Finding.State.ok), (.plain, ["xoxb-****"], .problem),
            (.plain, ["xoxb-0123456789", "xoxb-****"], .ok), (.keep, ["••••6789"], .ok), (.keep, ["xoxb-01"], .warning),
            (.lossy, ["redacted"], .ok), (.lossy, ["xoxb-0123456789"], .warning), (.unknown, ["redacted"], .warning),
            (.unknown, ["xoxb-0123456789"], .ok), (.plain, [nil], .skipped), (.unknown, [], .skipped),
        ] as [(SecretsCapability, [String?], Doctor.Finding.State)])
    func secrets(_ says: SecretsCapability, _ tokens: [String?], _ state: Doctor.Finding.State) throws {
        let finding = try asked("secrets", Self.look(tokens), Self.profile { $0.secrets = says })
        #expect(finding.state == state, "\(finding)")
        if [.warning, .problem].contains(state) { #expect(finding.hint?.contains("profile test") == true) }
    }

    @Test(
        "a plugin: enabled and as pinned, or what keeps it from running",
        arguments: [
            (PluginStatus.State.enabled, nil, Doctor.Finding.State.ok, nil), (.enabledForSession, nil, .ok, nil),
            (.enabled, "python9", .problem, "plugin disable audit"), (.disabled, nil, .problem, "plugin log audit"),
            (
                .untrusted(.moved(from: "/p/audit", to: nil)), nil, .problem, "plugin enable audit"
            ),
            (.broken(.unreadable(path: "/p/audit/plugin.json", errno: 13)), nil, .warning, "plugin ls"),
            (.unusable(.noProgram), nil, .problem, "plugin disable audit"),
        ] as [(PluginStatus.State, String?, Doctor.Finding.State, String?)])
    func plugins(
        _ state: PluginStatus.State, _ missing: String?, _ expected: Doctor.Finding.State, _ mend: String?
    ) throws {
        let findings = Doctor.plugins(.found([.init(id: "audit", state: state, missingProgram: missing)]))
        let finding = try #require(findings.first)
        #expect(findings.count == 1)
        #expect(finding.check == "plugin audit")
        #expect(finding.state == expected)
        if let mend { #expect(finding.hint?.contains(mend) == true, "\(finding)") }
        if let missing { #expect(finding.detail.contains(missing)) }
    }

    @Test("plugins that are only there are none; pins that are not believed are a problem")
    func noPlugins() {
        let found = Doctor.plugins(.found([.init(id: "audit", state: .available, missingProgram: nil)]))
        #expect(found == [.init("plugins", .ok, "none is enabled")])
        #expect(Doctor.plugins(.none).map(\.state) == [.skipped])
        #expect(Doctor.plugins(.failed(Sentence("open to others", hint: "chmod 600"))).map(\.state) == [.problem])
    }

    @Test("the command: one line a check, JSON for programs, status 1 with a problem, and nothing written")
    func command() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("", at: "/tmp")
        let run = await fixture.run("doctor")
        #expect(run.status == .done, "\(run.output) \(run.errors)")
        #expect(run.output.split(separator: "\n").count == Doctor.findings(await facts(fixture)).count)
        #expect(fixture.service.requests.map(\.operation) == [.list, .list])
        #expect(fixture.files.paths == ["/tmp"])
        #expect(!run.output.contains("canary"))

        fixture.files.put("profiles: [", at: "/home/u/.config/hookline/config.yaml")
        let broken = await fixture.run("doctor --offline --json")
        #expect(broken.status == .failed)
        #expect(broken.errors.contains("1 check found a problem"), "\(broken.errors)")
        let config = try JSON(parsing: broken.output).array?.first { $0["check"] == "config" }
        #expect(config?["state"] == "problem", "\(broken.output)")
        #expect(fixture.service.requests.count == 2)
    }

    private func facts(_ fixture: ShellFixture) async -> Doctor.Facts {
        await FactFinder(shell: fixture.shell, isOffline: false).facts(profile: nil)
    }
}
