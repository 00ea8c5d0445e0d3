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

    @Test("run takes --var and --on-error at the prompt as on the command line")
    func flags() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("param who\necho $who $n\nget wh_nothere\necho after\n", at: "/work/s.hook")
        let run = await fixture.run("run s.hook --var who=me --var 'n=1=2' --on-error continue")
        #expect(run.output == "me 1=2\nafter\n", "\(run.errors)")
        #expect(run.status == .failed)
        #expect(await fixture.run("run s.hook --var who").status == .usage)
        #expect(await fixture.run("run s.hook --on-error later").status == .usage)
        let batch = Batch(shell: fixture.shell, runner: ScriptRunner(shell: fixture.shell))
        let before = fixture.output.text.count
        #expect(await batch.run(words: ["run", "s.hook", "--var=who=you", "n=x", "--on-error=continue"]) == .failed)
        #expect(fixture.output.text.dropFirst(before) == "you x\nafter\n")
    }

    @Test("a script's own status is that of the run, through scripts that run it, too")
    func exitStatus() async throws {
        let fixture = try ShellFixture()
        for status in [3, 8, 42, 125, 130] {
            fixture.files.put("exit \(status)\n", at: "/work/inner.hook")
            fixture.files.put("run inner.hook\necho after\n", at: "/work/outer.hook")
            #expect(await fixture.run("exit \(status)").status.rawValue == Int32(status))
            let run = await fixture.run("run outer.hook")
            #expect(run.status.rawValue == Int32(status))
            #expect(run.output.isEmpty && run.errors.isEmpty, "\(run)")
            let batch = Batch(shell: fixture.shell, runner: ScriptRunner(shell: fixture.shell))
            #expect(await batch.run(words: ["run", "outer.hook"]).rawValue == Int32(status))
            #expect(
                await fixture.run("try\nrun inner.hook\ncatch e\necho ${e.code}\nend").output
                    == (status == 130 ? "" : "\(status)\n"), "an interrupt is not caught")
        }
        let run = await fixture.run("exit 300")
        #expect(run.status == .usage)
        #expect(run.errors.contains("exit takes a status from 0 to 125, or 130; this is 300"))
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
