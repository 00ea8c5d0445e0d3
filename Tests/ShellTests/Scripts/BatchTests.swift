import HookScript
import Testing

@testable import Shell

@Suite("One command on the command line")
struct BatchTests {
    private func run(_ words: String..., on fixture: ShellFixture) async -> (status: ShellExit, errors: String) {
        let before = fixture.errors.text.count
        let status = await Batch(shell: fixture.shell, runner: ScriptRunner(shell: fixture.shell)).run(words: words)
        return (status, String(fixture.errors.text.dropFirst(before)))
    }

    @Test("an edit behind a clock wants --commit as well, and is sent with it")
    func timed() async throws {
        let fixture = try ShellFixture()
        let lost = await run("time", "set", "active", "false", "--on", "wh_abc123def4", on: fixture)
        #expect(lost.status == .usage && lost.errors.contains("set would stage an edit that is lost at once"))
        #expect(await fixture.shell.connection.stagedCount == 0)
        let sent = try ShellFixture { $0.assumesYes = true }
        let done = await run("time", "set", "active", "false", "--on", "wh_abc123def4", "--commit", on: sent)
        #expect(done.status == .done, "\(done.errors)")
        #expect(
            sent.service.webhooks.contains { $0.document["is_active"] == false && $0.id?.rawValue == "wh_abc123def4" })
        #expect(await run("time", "count", on: sent).status == .done)
    }

    @Test(
        "a script that says what it asks for is given nothing else",
        arguments: [
            ("run a.hook Team nn=9", "has no parameter nn"), ("run a.hook Team --var tem=x", "has no parameter tem"),
            ("run a.hook Team 1 2", "takes 2 arguments at most"),
        ])
    func given(_ line: String, _ complaint: String) async throws {
        let fixture = try ShellFixture()
        fixture.files.put("param team\nparam n = 5\necho $team $n ${other:-none}\n", at: "/work/a.hook")
        let run = await fixture.run(line)
        #expect(run.status == .usage && run.errors.contains(complaint) && run.output.isEmpty, "\(run.errors)")
        #expect(await fixture.run("run a.hook Team 7 other=x").output == "Team 7 x\n")
        fixture.files.put("echo $old $1\n", at: "/work/b.hook")
        #expect(await fixture.run("run b.hook one old=x").output == "x one\n")
    }

    @Test("what a restored draft staged is said to be kept, and is there for the next one")
    func draft() async throws {
        let first = try ShellFixture()
        first.shell.isInteractive = true
        _ = await first.run("set active false --on wh_abc123def4")
        let second = try ShellFixture(after: first)
        let restored = await run("draft", "restore", on: second)
        #expect(restored.status == .done && restored.errors.contains("they are kept as a draft"), "\(restored.errors)")
        let third = try ShellFixture(after: second)
        #expect(await run("draft", "restore", on: third).status == .done)
        #expect(await third.shell.connection.stagedCount == 1)
    }

    @Test("staged edits change no exit status, and are told of with their count")
    func warned() async throws {
        let fixture = try ShellFixture()
        let batch = Batch(shell: fixture.shell, runner: ScriptRunner(shell: fixture.shell))
        _ = await fixture.run("select all; set description x")
        #expect(await batch.leave(.done) == .done)
        #expect(fixture.errors.text.contains("the edits of 2 webhooks were staged and not committed; they are gone"))
    }
}
