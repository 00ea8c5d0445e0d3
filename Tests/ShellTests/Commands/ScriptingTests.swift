import LosslessJSON
import Testing

@testable import Shell

@Suite("Scripts and secrets")
struct ScriptingTests {
    @Test("run takes arguments and variables, relative to the script that runs it")
    func run() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("echo outer $1 $who\nrun inner.hook deep", at: "/work/scripts/outer.hook")
        fixture.files.put("echo inner $1", at: "/work/scripts/inner.hook")
        let run = await fixture.run("run scripts/outer.hook first who=me")
        #expect(run.output == "outer first me\ninner deep\n", "\(run.errors)")
    }

    @Test("a script that runs itself is refused")
    func cycle() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("run a.hook", at: "/work/a.hook")
        let run = await fixture.run("run a.hook")
        #expect(run.status == .failed)
        #expect(run.errors.contains("runs itself"))
    }

    @Test("--check reports and runs nothing")
    func check() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("echo ran\nls --frmat x\nget --nope\n", at: "/work/bad.hook")
        let run = await fixture.run("run bad.hook --check")
        #expect(run.status == .usage)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("bad.hook:2:4") && run.errors.contains("bad.hook:3:5"))
    }

    @Test("a script stops at the first failing command and names its place")
    func stops() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("echo before\nget wh_nothere\necho after\n", at: "/work/s.hook")
        let run = await fixture.run("run s.hook")
        #expect(run.status == .failed)
        #expect(run.output == "before\n")
        #expect(run.errors.contains("s.hook:2:"))
    }

    @Test("a secret is a config value, and nothing else")
    func secret() async throws {
        let fixture = try ShellFixture()
        fixture.files.put(#"{"TOKEN": "xoxb-secret-canary-1"}"#, at: fixture.shell.environment.paths!.secretsFile)
        let printed = await fixture.run("echo ${secret:TOKEN}")
        #expect(printed.status != .done)
        let named = await fixture.run("set name ${secret:TOKEN} --on wh_abc123def4")
        #expect(named.status != .done)
        let used = await fixture.run(
            "use wh_abc123def4; set-channel slack bot_token=${secret:TOKEN}; diff; commit --yes")
        #expect(used.status == .done, "\(used.errors)")
        #expect(used.output.contains("${secret:TOKEN}"))
        #expect(!(fixture.output.text + fixture.errors.text).contains("canary-1"))
        #expect(fixture.service.webhooks[0].document.text(.compact).contains("xoxb-secret-canary-1"))
    }

    @Test("what a document keeps secret cannot be printed by way of a variable")
    func documentSecret() async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("use wh_abc123def4\necho ${webhook.channels[0].configs.bot_token}")
        #expect(run.status != .done)
        #expect(!(run.output + run.errors).contains("canary"))
        #expect(await fixture.run("echo ${webhook.webhook_name}").output == "Engineering Slack Alerts\n")
    }

    @Test(
        "a value is never read as a command",
        arguments: [
            "; delete all", "$(count)", "`ls`", "a' ; quit", "\"", "\\", "new\nline", "| sh", "> file", "{",
            "where active",
        ])
    func hostile(_ value: String) async throws {
        var document = ShellFixture.example
        try document.set(JSON(value), at: [.name("webhook_name")])
        let fixture = try ShellFixture([document])
        _ = await fixture.run("use wh_abc123def4")
        let set = await fixture.run("let n = $name\nset description $n\ncommit --yes")
        #expect(set.status == .done, "\(set.errors)")
        #expect(fixture.service.webhooks[0].description == value)
        #expect(fixture.service.webhooks.count == 1)
    }

    @Test("errors are JSON with --json")
    func jsonErrors() async throws {
        let fixture = try ShellFixture { $0.format = .json }
        let run = await fixture.run("get wh_nothere")
        let error = try JSON(parsing: run.errors)["error"]
        #expect(error?["kind"] == "not-found")
        #expect(error?["exit"] == 1)
    }
}
