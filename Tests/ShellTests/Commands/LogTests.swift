import LosslessJSON
import TestSupport
import Testing
import WebhookModel

@testable import Shell

@Suite("log")
struct LogTests {
    @Test("times are whole seconds, but in a run's JSON they have milliseconds")
    func seconds() async throws {
        let fixture = try ShellFixture(at: Timestamp(seconds: 1_750_000_000, nanoseconds: 123_456_789))
        _ = await fixture.run("set active false --on wh_abc123def4; commit --yes")
        for line in ["log", "log 1", "log --json"] {
            let run = await fixture.run(line)
            #expect(run.output.contains("2025-06-15T15:06:40Z"), "\(run.output)")
            #expect(!run.output.contains(".123"))
        }
        #expect(await fixture.run("log 1 --json").output.contains("\"2025-06-15T15:06:40.123Z\""))
    }

    @Test("the list is of the profile in use, and --all-profiles shows the others, too")
    func profiles() async throws {
        let configuration = "profiles:\n  other:\n    base: http://127.0.0.1:2\n    key: sk_other\n"
        let fixture = try ShellFixture(beside: ["other": InMemoryWebhookService([ShellFixture.example])])
        fixture.files.put(configuration, at: "/home/u/.config/hookline/config.yaml")
        _ = await fixture.run("set active false --on wh_abc123def4; commit --yes")
        let there = await fixture.run("profile use other; set name There --on wh_abc123def4; commit --yes; log --ids")
        #expect(there.output == "2\n", "\(there.errors)")
        #expect(await fixture.run("log --all-profiles --ids").output == "2\n1\n")
        #expect(await fixture.run("log --webhook wh_abc123def4 --ids").output == "2\n")
        #expect(await fixture.run("log --webhook wh_abc123def4 --all-profiles --ids --limit 1").output == "2\n")
    }

    @Test("runs of this profile are found behind many of another")
    func behind() async throws {
        let configuration = "profiles:\n  other:\n    base: http://127.0.0.1:2\n    key: sk_other\n"
        let fixture = try ShellFixture(beside: ["other": InMemoryWebhookService([ShellFixture.example])])
        fixture.files.put(configuration, at: "/home/u/.config/hookline/config.yaml")
        _ = await fixture.run("set active false --on wh_abc123def4; commit --yes; profile use other")
        for number in 1...30 { _ = await fixture.run("set name N\(number) --on wh_abc123def4; commit --yes") }
        #expect(await fixture.run("log --ids").output.split(separator: "\n").count == 20)
        #expect(await fixture.run("log --ids --limit 100").output.split(separator: "\n").count == 30)
        #expect(await fixture.run("profile use env; log --ids").status != .done)
        let later = try ShellFixture(after: fixture)
        #expect(await later.run("log --ids").output == "1\n")
    }

    @Test("the script of a run is a file's name, and nothing for what was typed")
    func script() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("set active false --on wh_abc123def4\ncommit --yes\n", at: "/work/pause.hook")
        _ = await fixture.run("run pause.hook; set active true --on wh_abc123def4; commit --yes")
        let runs = try JSON(parsing: await fixture.run("log --json").output).array ?? []
        #expect(runs.map { $0["script"] } == [JSON.null, "pause.hook"])
        #expect(await fixture.run("log 1").output.contains(", by pause.hook, "))
        #expect(!(await fixture.run("log 2").output.contains(", by ")))
    }

    @Test("a webhook of the past is named by a prefix, by a former name, and when it is gone")
    func webhooks() async throws {
        let fixture = try ShellFixture { $0.assumesYes = true }
        _ = await fixture.run("set name 'New Name' --on wh_abc123def4; commit")
        _ = await fixture.run("delete wh_xyz789uvw0; commit --allow delete --max-changes 100%")
        for later in [fixture, try ShellFixture(after: fixture)] {
            for name in ["wh_abc123def4", "wh_ab", "'New Name'", "'Engineering Slack Alerts'"] {
                #expect(await later.run("log --ids --webhook \(name)").output == "1\n", "\(name)")
            }
            for name in ["wh_xyz789uvw0", "wh_x", "'Audit Trail Logger'"] {
                let run = await later.run("log --ids --webhook \(name)")
                #expect(run.output == "2\n", "\(name): \(run.errors)")
                #expect(await later.run("log 2 --webhook \(name)").output.contains("wh_xyz789uvw0"))
            }
            #expect(await later.run("log --webhook wh_nothing00").status == .failed)
            #expect(await later.run("log --webhook Nobody").status == .failed)
        }
        let new = await fixture.run(
            "create X --events object.created --channel webhook url=https://a.example; log --webhook new:1")
        #expect(new.status == .usage && new.errors.contains("not sent yet"), "\(new.errors)")
    }

    @Test("an ambiguous prefix lists those that it may mean, gone ones among them")
    func ambiguous() async throws {
        var twin = ShellFixture.second
        try twin.set("wh_abc000", at: [.name("webhook_id")])
        let fixture = try ShellFixture([ShellFixture.example, twin]) { $0.assumesYes = true }
        _ = await fixture.run("delete wh_abc000; commit --allow delete --max-changes 100%")
        let run = await fixture.run("log --webhook wh_abc")
        #expect(run.status == .failed && run.errors.contains("wh_abc000"), "\(run.errors)")
    }

    @Test("a dry run sees the runs of the past, and forgets none of them")
    func dryRun() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("set active false --on wh_abc123def4; commit --yes")
        let later = try ShellFixture(options: { $0.isDryRun = true }, after: fixture)
        #expect(await later.run("log --ids").output == "1\n")
        #expect(await later.run("log 1").output.contains("is_active  true → false"))
        _ = await later.run("log --prune --before 0s")
        #expect(await later.run("log --ids").output == "1\n")
    }
}
