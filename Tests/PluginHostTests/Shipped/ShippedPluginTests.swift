import LosslessJSON
import PluginProtocol
import Testing
import WebhookModel

@testable import PluginHost

@Suite("Shipped plugins", .serialized)
struct ShippedPluginTests {
    private static let webhooks: [KeyedDocument] = [
        KeyedDocument(
            key: "wh_1",
            value: [
                "webhook_id": "wh_1", "webhook_name": "Search", "event_types": ["*"], "is_active": true,
                "channels": [
                    ["channel": "slack", "configs": ["bot_token": "xoxb-canary", "channel_id": "C1"]],
                    ["channel": "webhook", "configs": ["url": "http://example.com/in?key=canary"]],
                ],
            ]),
        KeyedDocument(
            key: "wh_2",
            value: [
                "webhook_id": "wh_2", "webhook_name": "Ingest | <b>", "event_types": ["cluster.execution.failed"],
                "is_active": true, "delivery_health": ["consecutive_failures": 31],
                "channels": [["channel": "slack", "configs": ["bot_token": "xoxb-canary", "channel_id": "C1"]]],
            ]),
    ]

    @Test("each does all that the protocol asks of it", arguments: ShippedPlugin.ids)
    func conformance(_ id: String) async throws {
        let fixture = try PluginFixture()
        try ShippedPlugin.enable(id, in: fixture)
        let results = await fixture.conformance(id)
        #expect(results.filter { !$0.passed }.map(\.line) == [])
        #expect(results.count >= (id == "team-macros" ? 3 : 10))
        #expect(fixture.processes == [])
    }

    @Test("each may be pinned, and its manifest says what it needs", arguments: ShippedPlugin.ids)
    func manifest(_ id: String) throws {
        let folder = PluginFolder.read(ShippedPlugin.folder + "/" + id)
        let manifest = try folder.manifest.get()
        #expect(manifest.id == id && !manifest.summary.isEmpty)
    }

    // MARK: audit

    private func audit(
        _ flags: JSONObject = [:], of webhooks: [KeyedDocument] = ShippedPluginTests.webhooks
    ) async throws -> CommandOutcome {
        let fixture = try PluginFixture(webhooks: webhooks)
        try ShippedPlugin.enable("audit", in: fixture)
        let outcome = try await fixture.host.run(
            CommandRequest(command: "audit", flags: flags), conversation: FixedConversation())
        #expect(await fixture.finish() == [])
        return outcome
    }

    @Test("audit finds wildcards, plain http, single receivers, dead and repeated destinations")
    func findings() async throws {
        let outcome = try await audit(["strict": true])
        let rules = Set(outcome.json?.array?.compactMap { $0["rule"]?.string } ?? [])
        #expect(rules == ["wildcard", "plain-http", "dead", "duplicate"])
        #expect(outcome.exit == 1)
        #expect(outcome.text?.contains("canary") == false)
        #expect(outcome.text?.contains("example.com is reached without TLS") == true)
    }

    @Test("audit lets plain http to this machine pass, and to no name that begins like its address")
    func thisMachine() async throws {
        let urls = ["http://[::1]:8080/", "http://127.0.0.1:9000/", "http://127.0.0.1.evil.example/"]
        let channels = urls.map { url -> JSON in ["channel": "webhook", "configs": ["url": JSON(url)]] }
        let document: JSON = [
            "webhook_id": "wh_1", "webhook_name": "Local", "event_types": ["object.created"], "is_active": true,
            "channels": JSON(channels),
        ]
        let outcome = try await audit(["rule": "plain-http"], of: [KeyedDocument(key: "wh_1", value: document)])
        #expect(outcome.json?.array?.compactMap { $0["path"]?.string } == ["channels[2].configs.url"])
    }

    @Test("audit takes one rule, refuses an unknown one, and exits with 0 without --strict")
    func rules() async throws {
        let one = try await audit(["rule": "dead"])
        #expect(one.exit == 0 && one.json?.count == 1)
        #expect(one.json?[0]?["message"] == "the last 31 deliveries failed")
        #expect(try await audit(["rule": "none"]).exit == 2)
    }

    @Test("audit's policies deny what a commit adds, and let pass what was there")
    func policies() async throws {
        let fixture = try PluginFixture()
        try ShippedPlugin.enable("audit", in: fixture)
        let before = Self.webhooks[1].value
        var after = before
        try after.set(["*"], at: ["event_types"])
        let verdict = try #require(
            try await fixture.host.checkPolicies([
                .update("wh_2", before, after), .update("wh_1", Self.webhooks[0].value, Self.webhooks[0].value),
            ]).first)
        #expect(verdict.findings.map(\.rule) == ["no-new-wildcards"] && verdict.denies)
        #expect(verdict.findings.first?.key == "wh_2")
        let skipped = try await fixture.host.checkPolicies(
            [.update("wh_2", before, after)], skipping: ["no-new-wildcards"])
        #expect(skipped.first?.denies == false && skipped.first?.subjects == ["no-new-plain-http"])
        #expect(try await fixture.host.checkPolicies([], skipping: ["audit"]).isEmpty)
        #expect(await fixture.finish() == [])
    }

    // MARK: slack-migrate

    @Test("slack-migrate puts an endpoint in the place of Slack, and the edits pass review")
    func migrate() async throws {
        let fixture = try PluginFixture()
        try ShippedPlugin.enable("slack-migrate", in: fixture)
        let edits = try await fixture.host.transform(
            "migrate-slack", args: ["url": "https://new.example.com/in"], Self.webhooks)
        let reviewed = try fixture.host.review(edits, documents: Self.webhooks, apply: Staging.apply)
        #expect(reviewed.map(\.key) == ["wh_1", "wh_2"])
        let after = try Staging.apply(Self.webhooks[1].value, reviewed[1].operations.map(\.operation))
        #expect(
            after["channels"] == [["channel": "webhook", "configs": ["url": "https://new.example.com/in"]]])
        let first = try Staging.apply(Self.webhooks[0].value, reviewed[0].operations.map(\.operation))
        #expect(first["channels"]?.count == 2)
        #expect(first["channels"]?[0]?["configs"]?["url"] == "http://example.com/in?key=canary")
        #expect(await fixture.finish() == [])
    }

    @Test("slack-migrate takes one channel, e-mail and keep; it does nothing twice")
    func migrateOptions() async throws {
        let fixture = try PluginFixture()
        try ShippedPlugin.enable("slack-migrate", in: fixture)
        let host = fixture.host
        #expect(
            try await host.transform("migrate-slack", args: ["email": "a@b.c", "channel_id": "C9"], Self.webhooks).edits
                .isEmpty)
        let kept = try await host.transform(
            "migrate-slack", args: ["email": "a@b.c", "keep": true], [Self.webhooks[1]])
        #expect(kept.edits.first?.patch == [.addChannel(kind: "email", configs: ["to_addresses": ["a@b.c"]])])
        await #expect(throws: PluginCallError.self) { try await host.transform("migrate-slack", Self.webhooks) }
        await #expect(throws: PluginCallError.self) {
            try await host.transform("migrate-slack", args: ["url": "http://plain.example"], Self.webhooks)
        }
        #expect(await fixture.finish() == [])
    }

    // MARK: report

    @Test("report renders Markdown in which no name breaks the table")
    func markdown() async throws {
        let fixture = try PluginFixture()
        try ShippedPlugin.enable("report", in: fixture)
        let text = try await fixture.host.render("markdown", Self.webhooks.map(\.value))
        #expect(text.contains("2 webhooks, 0 paused."))
        #expect(text.contains("| Ingest \\| &lt;b&gt; | yes | cluster.execution.failed | slack | failing (31) |"))
        #expect(!text.contains("canary"))
        #expect(await fixture.finish() == [])
    }

    @Test("report renders one page that needs nothing else, with plots, health, and a plan's before and after")
    func page() async throws {
        let fixture = try PluginFixture()
        try ShippedPlugin.enable("report", in: fixture)
        var after = Self.webhooks[1].value
        try after.set("Renamed", at: ["webhook_name"])
        let change = PolicyChange(
            key: "wh_2", operation: .update, before: Self.webhooks[1].value, after: after, paths: ["webhook_name"])
        let page = try await fixture.host.render("html", changes: [change])
        for part in [
            "<!DOCTYPE html>", "<svg role=\"img\"", "Event types against", "What the plan changes", "<del>", "<ins>",
            "Renamed", "Ingest | &lt;b&gt;", "</html>",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        for part in ["<script", "src=", "href=", "url(", "canary", "<b>\""] { #expect(!page.contains(part), "\(part)") }
        #expect(await fixture.finish() == [])
    }

    // MARK: pagerduty

    @Test("pagerduty is lowered to a channel that the API takes, and recognized again")
    func pagerduty() async throws {
        let fixture = try PluginFixture()
        try ShippedPlugin.enable("pagerduty", in: fixture)
        let key = "0123456789abcdefghijABCDEFGHIJ01"
        let configs: JSON = ["routing_key": JSON(key), "severity": "critical"]
        let channel = try await fixture.host.lower(kind: "pagerduty", configs: configs)
        #expect(channel.kind == "webhook" && channel.configs["payload_template"]?["routing_key"] == JSON(key))
        let webhook: JSON = ["webhook_name": "x", "event_types": ["a.b"], "channels": [channel.document]]
        #expect(Validation.findings(in: webhook).filter { $0.severity == .error } == [])
        let found = try await fixture.host.recognize("pagerduty", channel: channel)
        #expect(found == ChannelValue(kind: "pagerduty", configs: configs))
        let other = ChannelValue(kind: "webhook", configs: ["url": "https://example.com"])
        #expect(try await fixture.host.recognize("pagerduty", channel: other) == nil)
        #expect(await fixture.finish() == [])
    }

    @Test("pagerduty denies a key and a severity that are none, each at its place")
    func pagerdutyValidates() async throws {
        let fixture = try PluginFixture()
        try ShippedPlugin.enable("pagerduty", in: fixture)
        let good = "0123456789abcdefghijABCDEFGHIJ01"
        let items = [
            ChannelItem(key: "wh_1", index: 0, configs: ["routing_key": JSON(good)]),
            ChannelItem(key: "wh_2", index: 4, configs: ["routing_key": "short"]),
            ChannelItem(key: "wh_3", index: 1, configs: ["severity": "bad\"quote", "routing_key": JSON(good)]),
        ]
        let verdict = try #require(try await fixture.host.validate(["pagerduty": items]).first)
        #expect(verdict.failure == nil)
        #expect(
            verdict.findings.map { "\($0.key ?? "") \($0.path ?? "")" } == [
                "wh_2 channels[4].configs.routing_key", "wh_3 channels[1].configs.severity",
            ])
        #expect(await fixture.finish() == [])
    }

    // MARK: team-macros

    @Test("team-macros hands its script over, and not after it was changed")
    func script() throws {
        let fixture = try PluginFixture()
        try ShippedPlugin.enable("team-macros", in: fixture)
        let script = try fixture.host.script(of: "team-macros")
        #expect(String(decoding: script.source, as: UTF8.self).contains("def team-pause team"))
        #expect(try fixture.host.contributions().names(.command).count == 4)
        try SystemFile.replace(script.path, with: Array("exit 7".utf8), mode: 0o644)
        #expect(throws: LaunchFailure.self) { try fixture.host.script(of: "team-macros") }
    }
}
