import LosslessJSON
import Session
import TestSupport
import Testing
import WebhookModel

@testable import Shell

@Suite("Bulk commits at the command line")
struct BulkTests {
    private static func documents(_ count: Int) -> [JSON] {
        (1...count).map { number in
            var document = ShellFixture.second
            try? document.set(JSON("wh_bulk\(number)"), at: [.name("webhook_id")])
            try? document.set(JSON("Bulk \(number)"), at: [.name("webhook_name")])
            try? document.set(JSON(["object.created"]), at: [.name("event_types")])
            return document
        }
    }

    @Test("more than the profile's limit is declined before anything is sent, and allowed by number or share")
    func limits() async throws {
        let fixture = try ShellFixture(Self.documents(60))
        _ = await fixture.run("select all; set description x")
        let declined = await fixture.run("commit --yes")
        #expect(declined.status == .declined)
        #expect(declined.errors.contains("60 webhooks would be written, and the limit is 50"))
        #expect(fixture.service.puts.isEmpty)
        #expect(await fixture.run("commit --yes --max-changes 99%").status == .declined)
        #expect(await fixture.run("commit --yes --max-changes 60").status == .done)
        #expect(fixture.service.puts.count == 60)
    }

    @Test("what is rarely meant must be allowed by name")
    func allowances() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("delete wh_xyz789uvw0; add-event '*' --on wh_abc123def4")
        let declined = await fixture.run("commit --yes")
        #expect(declined.status == .declined)
        #expect(declined.errors.contains("--allow delete") && declined.errors.contains("--allow wildcard"))
        let allowed = await fixture.run("commit --yes --allow delete,wildcard")
        #expect(allowed.status == .done, "\(allowed.errors)")
    }

    @Test("log shows a run and its changes, with secrets masked")
    func log() async throws {
        let fixture = try ShellFixture()
        let token = "xoxb-new-canary-9876543210"
        _ = await fixture.run(
            "set-channel slack bot_token=\(token) --on wh_abc123def4; set active false --on wh_abc123def4; commit --yes"
        )
        let runs = await fixture.run("log")
        #expect(runs.status == .done && runs.output.contains("1 confirmed"))
        let changes = await fixture.run("log 1")
        #expect(changes.output.contains("is_active  true → false"))
        for secret in [token, "xoxb-canary"] { #expect(!(changes.output + runs.output).contains(secret)) }
        #expect(await fixture.run("log 7").status == .failed)
    }

    @Test("rollback takes back this session's last run, and a run by its number")
    func rollback() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("set active false --on wh_abc123def4; commit --yes")
        #expect(fixture.service.webhooks[0].isActive == false)
        #expect(await fixture.run("rollback --yes").status == .done)
        #expect(fixture.service.webhooks[0].isActive)
        let later = try ShellFixture(after: fixture)
        #expect(await later.run("rollback 2 --yes").status == .done)
        #expect(later.service.webhooks[0].isActive == false)
        #expect(await later.run("rollback 9 --yes").status == .failed)
    }

    @Test(
        "rollback --only names what the run deleted, as it was named then",
        arguments: ["wh_abc123def4", "wh_abc", "'Engineering Slack Alerts'"])
    func rollbackOnly(_ name: String) async throws {
        let fixture = try ShellFixture { $0.assumesYes = true }
        _ = await fixture.run("select all; delete; commit --allow delete --max-changes 100%")
        #expect(fixture.service.webhooks.isEmpty)
        let later = try ShellFixture(options: { $0.assumesYes = true }, after: fixture)
        #expect(await later.run("rollback 1 --only Nobody").status == .failed)
        let run = await later.run("rollback 1 --only \(name)")
        #expect(run.status == .done, "\(run.errors)")
        #expect(later.service.webhooks.map(\.name) == ["Engineering Slack Alerts"])
    }

    @Test("resume goes on with what an error left, in another session")
    func resume() async throws {
        let fixture = try ShellFixture(Self.documents(5))
        _ = await fixture.run("select all; set description x")
        fixture.service.failNext(.update, .refuse(.unreachable(reason: "down")))
        let stopped = await fixture.run("commit --yes --max-changes 5")
        #expect(stopped.status == .refused || stopped.status == .partial)
        let later = try ShellFixture(after: fixture)
        let resumed = await later.run("resume --yes")
        #expect(resumed.status == .done, "\(resumed.errors)")
        #expect(later.service.webhooks.allSatisfy { $0.document["description"] == "x" })
        let again = await later.run("resume --yes")
        #expect(again.status == .failed && again.errors.contains("no such run"))
    }

    @Test("a script whose commit was cut off is gone on with by its name")
    func resumeScript() async throws {
        let fixture = try ShellFixture(Self.documents(5))
        fixture.files.put("select all; set description x\ncommit --yes --max-changes 5\n", at: "/work/fill.hook")
        fixture.service.failNext(.update, .refuse(.unreachable(reason: "down")))
        let stopped = await fixture.run("run fill.hook")
        #expect(stopped.status == .partial && stopped.errors.contains("resume 1 goes on"), "\(stopped.errors)")
        let later = try ShellFixture(options: { $0.assumesYes = true }, after: fixture)
        #expect(await later.run("run other.hook --resume").errors.contains("no run of other.hook is unfinished"))
        let resumed = await later.run("run ./fill.hook --resume")
        #expect(resumed.status == .done, "\(resumed.errors)")
        #expect(later.service.webhooks.allSatisfy { $0.document["description"] == "x" })
        #expect(await later.run("run fill.hook --resume").status == .failed)
    }

    @Test("a plan is kept, committed elsewhere, and refused when it is edited, stale or another profile's")
    func planFiles() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("set active false --on wh_abc123def4; plan --out move.plan")
        let text = try #require(fixture.files.text("/work/move.plan"))
        #expect(text.contains("set is_active false") && !text.contains("xoxb"))
        let edited = try ShellFixture(after: fixture)
        edited.files.put(text.replacing("false", with: "true"), at: "/work/move.plan")
        #expect(await edited.run("commit --plan move.plan --yes").status == .declined)
        let other = try ShellFixture(environment: ["MIXPEEK_API_KEY": "sk_other"])
        other.files.put(text, at: "/work/move.plan")
        #expect(await other.run("commit --plan move.plan --yes").status == .declined)
        let good = try ShellFixture(after: fixture)
        good.files.put(text, at: "/work/move.plan")
        #expect(await good.run("commit --plan move.plan --yes").status == .done)
        #expect(good.service.webhooks[0].isActive == false)
        let stale = try ShellFixture(after: fixture)
        stale.files.put(text, at: "/work/move.plan")
        #expect(await stale.run("commit --plan move.plan --yes").status == .conflict)
    }

    @Test("what a plan was allowed, its commit is; what it was not, is refused, and nothing of it stays staged")
    func planAllowances() async throws {
        let fixture = try ShellFixture(Self.documents(60))
        _ = await fixture.run("select all; set description x")
        #expect(await fixture.run("deselect; discard wh_bulk7; delete wh_bulk7").status == .done)
        _ = await fixture.run("plan --out narrow.plan; plan --allow delete --max-changes 60 --out wide.plan")
        let elsewhere = try ShellFixture(after: fixture)
        for name in ["narrow", "wide"] {
            let text = try #require(fixture.files.text("/work/\(name).plan"))
            elsewhere.files.put(text, at: "/work/\(name).plan")
        }
        let refused = await elsewhere.run("commit --plan narrow.plan --yes")
        #expect(refused.status == .declined && refused.errors.contains("--allow delete"), "\(refused.errors)")
        #expect(await elsewhere.run("diff").output == "")
        let done = await elsewhere.run("commit --plan wide.plan --yes")
        #expect(done.status == .done, "\(done.errors)")
        #expect(elsewhere.service.webhooks.count == 59)
    }

    @Test("a canary off a terminal goes on by itself, unless its health is worse", arguments: [0, 3])
    func canaryWait(_ failures: Int) async throws {
        let fixture = try ShellFixture(Self.documents(3))
        let canary = try #require(fixture.service.webhooks[0].id)
        _ = await fixture.run("select all; set description x")
        fixture.service.beforeNext(.get) { world in
            try? world[canary]?.set(["consecutive_failures": JSON(failures)], at: [.name("delivery_health")])
        }
        let run = await fixture.run("commit --yes --canary 1 --canary-wait 1ms")
        #expect(run.status == (failures == 0 ? .done : .partial), "\(run.errors)")
        #expect(fixture.service.puts.count == (failures == 0 ? 3 : 1))
        #expect(run.errors.contains("fails: 3 times in a row, 0 before") == (failures > 0))
    }

    @Test("a plan that is asked for it ends with 10 where it holds changes, and with 0 where it holds none")
    func planExit() async throws {
        let fixture = try ShellFixture(Self.documents(2))
        #expect(await fixture.run("plan --detailed-exitcode").status == .done)
        #expect(await fixture.run("select all; set description x; plan --detailed-exitcode").status == .changes)
        #expect(await fixture.run("plan").status == .done)
    }

    @Test("a plan holds no secret as it is")
    func planSecrets() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("set-channel slack bot_token=xoxb-typed-canary --on wh_abc123def4")
        let refused = await fixture.run("plan --out p.plan")
        #expect(refused.status == .usage && !refused.errors.contains("xoxb-typed"))
        #expect(fixture.files.text("/work/p.plan") == nil)
    }

    @Test("staged edits of a session that ended are offered as a draft, and brought back")
    func drafts() async throws {
        let fixture = try ShellFixture()
        fixture.shell.isInteractive = true
        _ = await fixture.run("set active false --on wh_abc123def4; add-event object.deleted --on wh_abc123def4")
        _ = await fixture.run(
            "create New --events object.created object.updated --channel webhook url=https://a.example.com")
        let later = try ShellFixture(after: fixture)
        later.shell.isInteractive = true
        #expect(await later.run("draft ls").output.contains("\t2\t3"))
        #expect(await later.run("draft restore").status == .done)
        let status = await later.run("status --json")
        #expect(status.output.contains("\"edits\": 2") && status.output.contains("new:1"))
        #expect(await later.run("draft restore").status == .usage)
        // Committed edits are no draft any more.
        _ = await later.run("commit --yes --allow-masked wh_abc123def4")
        #expect(await (try ShellFixture(after: later)).run("draft ls").output.split(separator: "\n").count <= 1)
    }

    @Test("a rollback says what it leaves as it is: what ended in a conflict")
    func rollbackOfConflict() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("select all; set description mine")
        fixture.service.change { world in
            guard let id = WebhookID(rawValue: "wh_abc123def4") else { return }
            try? world[id]?.set("theirs", at: [.name("description")])
        }
        _ = await fixture.run("commit --yes")
        let run = await fixture.run("rollback --yes")
        #expect(run.errors.contains("what ended in a conflict is not taken back: wh_abc123def4\n"), "\(run.errors)")
        #expect(fixture.service.webhooks.map { $0.document["description"] } == ["theirs", nil])
    }

    @Test("a draft is not put over what somebody changed meanwhile, unless that is asked for")
    func staleDraft() async throws {
        let fixture = try ShellFixture()
        fixture.shell.isInteractive = true
        _ = await fixture.run("set description mine --on wh_abc123def4")
        fixture.service.change { world in
            guard let id = WebhookID(rawValue: "wh_abc123def4") else { return }
            try? world[id]?.set("theirs", at: [.name("description")])
        }
        let later = try ShellFixture(after: fixture)
        later.shell.isInteractive = true
        #expect(await later.run("draft restore").status == .conflict)
        #expect(await later.run("status --json").output.contains("\"staged\": []"))
        #expect(await later.run("draft restore --force").status == .done)
    }

    @Test("a draft says of how many webhooks the edits still change something")
    func fulfilledDraft() async throws {
        let fixture = try ShellFixture()
        fixture.shell.isInteractive = true
        _ = await fixture.run("add-event object.deleted --on wh_abc123def4")
        fixture.service.change { world in
            guard let id = WebhookID(rawValue: "wh_abc123def4") else { return }
            let events = world[id]?["event_types"]?.array ?? []
            try? world[id]?.set(JSON(events + ["object.deleted"]), at: [.name("event_types")])
        }
        let later = try ShellFixture(after: fixture)
        later.shell.isInteractive = true
        let restored = await later.run("draft restore --force")
        #expect(restored.errors.contains("of 0 webhooks are back. Those of 1 webhook change nothing any more."))
    }
}
