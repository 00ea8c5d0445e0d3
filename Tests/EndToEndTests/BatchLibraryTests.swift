import LosslessJSON
import Testing

/// Each script of scripts/batch, run against a sandbox.
@Suite("Batch scripts")
struct BatchLibraryTests {
    private static let folder =
        String(#filePath.prefix(upTo: #filePath.firstRange(of: "/Tests/EndToEndTests/")!.lowerBound))
        + "/scripts/batch/"

    private func count(_ home: Home, _ condition: String) async throws -> Int {
        let run = try await home.hookline("-c", "count where \(condition)")
        return try #require(Int(run.lines.first ?? ""), "\(run.errors)")
    }

    @Test("pause-all pauses every active webhook, and does nothing the second time")
    func pauseAll() async throws {
        let home = try Home()
        let run = try await home.hookline("run", Self.folder + "pause-all.hook", "--yes")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try await count(home, "active") == 0)
        let again = try await home.hookline("run", Self.folder + "pause-all.hook", "--yes")
        #expect(again.status == 0)
        #expect(again.errors.contains("Nothing is staged."))
    }

    @Test("move-slack-channel moves exactly the webhooks of that channel")
    func moveSlackChannel() async throws {
        let home = try Home()
        let before = try await count(home, "channels.slack.channel_id = C0123456789")
        #expect(before > 1)
        let run = try await home.hookline(
            "run", Self.folder + "move-slack-channel.hook", "old=C0123456789", "new=C0987650000", "--yes")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try await count(home, "channels.slack.channel_id = C0123456789") == 0)
        #expect(try await count(home, "channels.slack.channel_id = C0987650000") == before)
    }

    @Test("move-slack-channel refuses what is no channel id")
    func moveSlackChannelBadInput() async throws {
        let home = try Home()
        let run = try await home.hookline(
            "run", Self.folder + "move-slack-channel.hook", "old=.*", "new=C1", "--yes")
        #expect(run.status == 1)
        #expect(run.errors.contains("capital letters and digits"))
    }

    @Test("rename-event-type follows the name everywhere")
    func renameEventType() async throws {
        let home = try Home()
        let before = try await count(home, "events has object.created")
        #expect(before > 1)
        let run = try await home.hookline(
            "run", Self.folder + "rename-event-type.hook", "old=object.created", "new=objects.created.batch", "--yes")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try await count(home, "events has object.created") == 0)
        #expect(try await count(home, "events has objects.created.batch") >= before)
    }

    @Test("rotate-slack-token replaces the old token and shows neither")
    func rotateSlackToken() async throws {
        let home = try Home()
        let webhook = try JSON(
            parsing: try await home.hookline("get", "wh_abc123def4", "--json", "--show-secrets").output)
        let old = try #require(webhook.value(at: JSONPath(parsing: "channels[0].configs.bot_token"))?.string)
        let new = "xoxb-rotated-canary-0001"
        for (name, value) in [("SLACK_TOKEN_OLD", old), ("SLACK_TOKEN_NEW", new)] {
            let run = try await home.hookline("secret", "set", name, input: value + "\n")
            #expect(run.status == 0, "\(run.errors)")
        }
        let run = try await home.hookline("run", Self.folder + "rotate-slack-token.hook", "--yes")
        #expect(run.status == 0, "\(run.errors)")
        #expect(!(run.output + run.errors).contains("canary"))
        let shown = try await home.hookline("get", "wh_abc123def4", "--json", "--show-secrets")
        #expect(shown.output.contains(new))
    }

    @Test("add-audit-channel adds one channel everywhere, once")
    func addAuditChannel() async throws {
        let home = try Home()
        let all = try await count(home, "true")
        let url = "https://audit.example.com/hookline"
        for _ in 1...2 {
            let run = try await home.hookline("run", Self.folder + "add-audit-channel.hook", "url=\(url)", "--yes")
            #expect(run.status == 0, "\(run.errors)")
        }
        #expect(try await count(home, "channels.webhook.url = '\(url)'") == all)
        #expect(try await count(home, "count(channels.webhook.url = '\(url)') = 1") == all)
    }

    @Test("a script without what it asks for stops before it changes anything")
    func missingParameter() async throws {
        let home = try Home()
        let run = try await home.hookline("run", Self.folder + "rename-event-type.hook", "--yes")
        #expect(run.status != 0)
        #expect(run.errors.contains("old"))
    }

    @Test(
        "--check finds nothing wrong with any of them",
        arguments: ["pause-all", "move-slack-channel", "rename-event-type", "rotate-slack-token", "add-audit-channel"])
    func check(_ name: String) async throws {
        let home = try Home()
        let run = try await home.hookline("run", Self.folder + name + ".hook", "--check")
        #expect(run.status == 0, "\(run.errors)")
    }
}
