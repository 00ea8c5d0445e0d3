import LosslessJSON
import Synchronization
import TestSupport
import Testing
import WebhookModel

@testable import Shell

@Suite("Committing")
struct CommittingTests {
    @Test("the whole document is sent with the edit in it, is_active always there")
    func wholeDocument() async throws {
        var document = ShellFixture.example.object!
        document["is_active"] = nil
        let fixture = try ShellFixture([JSON(document)])
        #expect(await fixture.run("set description x --on wh_abc123def4; commit --yes").status == .done)
        let put = try #require(fixture.service.puts.first)
        #expect(put["is_active"] == true)
        #expect(put["description"] == "x")
        #expect(put["x_team"] == "search")
    }

    @Test(
        "hands on no more at once than leave within a quarter of a minute, and 96 at most",
        arguments: [
            (Profile.Tier.free, 15), (.pro, 96), (.unlimited, 96), (.custom(perMinute: 100), 25),
            (.custom(perMinute: 1), 1), (.custom(perMinute: .max), 96),
        ])
    func inFlight(_ tier: Profile.Tier, _ most: Int) {
        var profile = Profile(name: "p", base: Profile.defaultBase, key: .sandbox)
        profile.tier = tier
        #expect(CommitFlags.inFlight(profile) == most)
    }

    @Test("a foreign change elsewhere is kept, one at the same place conflicts and exits 5")
    func foreign() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("use wh_abc123def4; set name Ours")
        let id = WebhookID(rawValue: "wh_abc123def4")!
        fixture.service.change { world in
            var document = world[id]!
            try? document.set("theirs", at: [.name("x_team")])
            world[id] = document
        }
        #expect(await fixture.run("commit --yes").status == .done)
        #expect(fixture.service.webhooks[0].document["x_team"] == "theirs")

        _ = await fixture.run("set name Again")
        fixture.service.change { world in
            var document = world[id]!
            try? document.set("Theirs", at: [.name("webhook_name")])
            world[id] = document
        }
        let run = await fixture.run("commit --yes")
        #expect(run.status == .conflict)
        #expect(
            run.errors.contains("\"Ours\"") && run.errors.contains("\"Theirs\"") && run.errors.contains("\"Again\""))
        #expect(fixture.service.webhooks[0].name == "Theirs")
        #expect(await fixture.run("status").output.contains("Staged on 1 webhook"))
        #expect(await fixture.run("commit --yes --force").status == .done)
        #expect(fixture.service.webhooks[0].name == "Again")
    }

    @Test("nothing staged is nothing to do, and what already holds is not sent")
    func nothing() async throws {
        let fixture = try ShellFixture()
        #expect(await fixture.run("commit --yes").status == .done)
        _ = await fixture.run("set active true --on wh_abc123def4; commit --yes")
        #expect(fixture.service.puts.isEmpty)
    }

    @Test("an invalid document is held back with the reason and exits 7")
    func invalid() async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("use wh_abc123def4; remove-event '*.*'; commit --yes")
        #expect(run.status == .declined, "\(run.errors)")
        #expect(run.errors.contains("event_types"))
        #expect(fixture.service.puts.isEmpty)
    }

    @Test("a masked secret on a server not known to keep it is held back until allowed by name")
    func masked() async throws {
        var document = ShellFixture.example
        try document.set("xoxb-...", at: JSONPath(parsing: "channels[0].configs.bot_token"))
        let fixture = try ShellFixture([document])
        let run = await fixture.run("use wh_abc123def4; set active false; commit --yes")
        #expect(run.status == .declined)
        #expect(run.errors.contains("mask"))
        #expect(await fixture.run("commit --yes --allow-masked wh_abc123def4").status == .done)
    }

    @Test("the report as JSON names every webhook with its status")
    func json() async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("select all; set description x; commit --yes --json")
        let report = try JSON(parsing: run.output)
        #expect(report.array?.map { $0["status"] } == ["confirmed", "confirmed"])
        #expect(report[0]?["changes"]?[0]?["path"] == "description")
    }

    @Test("no secret stands in any output of a commit that changes one")
    func secrets() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run(
            "use wh_abc123def4; set-channel slack bot_token=xoxb-new-canary-987654; diff; status; commit --yes --json")
        #expect(!(fixture.output.text + fixture.errors.text).contains("canary"))
        #expect(fixture.service.webhooks[0].document.text(.compact).contains("xoxb-new-canary-987654"))
    }

    @Test("a dry run sends nothing, and later commands see what it would have sent")
    func dryRun() async throws {
        let fixture = try ShellFixture { $0.isDryRun = true }
        let run = await fixture.run(
            "set name Changed --on wh_abc123def4; commit --yes; refresh; show wh_abc123def4 name")
        #expect(run.output == "Changed\n", "\(run.errors)")
        #expect(fixture.service.puts.isEmpty)
    }

    @Test("a run that is ended by what no webhook is to blame for says what that was")
    func stopped() async throws {
        let played = Mutex<ShellFixture?>(nil)
        let fixture = try ShellFixture(arrival: { request in
            guard request.operation == .update, let fixture = played.withLock({ $0 }) else { return }
            // What was read is too old for the rest, and can't be read again.
            fixture.clock.advance(by: .seconds(3_600))
            fixture.service.failNext(.list, .refuse(.serverError))
        })
        played.withLock { $0 = fixture }
        let run = await fixture.run("select all; set description x; commit --yes --canary 1 --canary-wait 1ms")
        #expect(run.status == .partial, "\(run.errors)")
        #expect(run.errors.contains("warning: stopped: "), "\(run.errors)")
    }

    @Test("a run that is ended by an answer that was settled at its end says so, too")
    func settledAtTheEnd() async throws {
        let files = CrashingFiles()
        let profile = ["base: http://127.0.0.1:1", "key: sk_canary_key", "request_timeout: 1ms"]
        files.files.put(
            "default: a\nprofiles:\n  a:\n" + profile.map { "    \($0)\n" }.joined(),
            at: "/home/u/.config/hookline/config.yaml")
        let fixture = try ShellFixture(crashing: files) { $0.profile.profile = "a" }
        fixture.service.failNext(.update, .loseAnswer)
        fixture.service.failNext(.get, .refuse(.timedOut))
        let run = await fixture.run("select all; set description x; commit --yes --canary 1 --canary-wait 1ms")
        #expect(run.status == .partial, "\(run.errors)")
        #expect(run.errors.contains("1 webhook sent and verified"), "\(run.errors)")
        #expect(run.errors.contains("warning: stopped: "), "\(run.errors)")
    }
}
