import HookScript
import LosslessJSON
import Testing

@testable import Shell

@Suite("Recordings")
struct RecordingTests {
    /// What is recorded of these lines, without its head's comments, after `record stop`.
    private func recorded(
        _ lines: [String], flags: String = "", in fixture: ShellFixture? = nil
    ) async throws -> [String] {
        let fixture = try fixture ?? ShellFixture { $0.assumesYes = true }
        #expect(await fixture.run("record start rec.hook \(flags)").status == .done)
        for line in lines { _ = await fixture.run(line) }
        let stop = await fixture.run("record stop")
        #expect(stop.status == .done, "\(stop.errors)")
        return try #require(fixture.files.text("/work/rec.hook")).split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("# ") || $0.hasPrefix("# failed") || $0 == "# paused" || $0 == "# goes on" }
    }

    @Test("a head that says where and how, then each statement that changed something, in canonical form")
    func head() async throws {
        let fixture = try ShellFixture { $0.assumesYes = true }
        let lines = try await recorded(
            ["ls", "get wh_abc  ", "set   name \"A b\"", "diff", "commit", "echo done"], in: fixture)
        #expect(
            lines == ["requires hookline 1", "use wh_abc123def4", "set name 'A b'", "commit"])
        let text = try #require(fixture.files.text("/work/rec.hook"))
        #expect(
            text.hasPrefix("# Recorded by hookline \(Version.current) on env (127.0.0.1:1) at 2025-06-15T15:06:40Z.\n"))
        #expect(text.contains("hookline --profile env run rec.hook"))
        #expect(fixture.files.mode("/work/rec.hook") == 0o600)
    }

    @Test("names and prefixes become identifiers")
    func identifiers() async throws {
        let lines = try await recorded([
            "select 'Audit Trail Logger' wh_abc", "set description x --on wh_xyz", "delete 'Audit Trail Logger'",
            "discard wh_xyz", "select all", "discard all",
        ])
        #expect(
            lines.dropFirst() == [
                "select wh_xyz789uvw0 wh_abc123def4", "set description x --on=wh_xyz789uvw0", "delete wh_xyz789uvw0",
                "discard wh_xyz789uvw0", "select all", "discard all",
            ])
    }

    @Test("blocks, variables, commands of one's own, aliases and scripts are the commands that they ran")
    func inlined() async throws {
        let fixture = try ShellFixture { $0.assumesYes = true }
        fixture.files.put("use $1\nset description from-script\nrun deeper.hook\n", at: "/work/s/one.hook")
        fixture.files.put("time add-event object.deleted\n", at: "/work/s/deeper.hook")
        let lines = try await recorded(
            [
                "alias pause 'set active false'", "def both n\npause --on $n\nset name \"$n!\" --on $n\nend",
                "both wh_abc123def4", "each where not active\nset description $id\ndelete\ndiscard\nend",
                "for i in 1..2\nset description $i --on wh_abc\nend", "run s/one.hook wh_xyz",
                "let made = $(create Fresh --channel webhook url=https://x.example/1)", "set active false --on $made",
            ], in: fixture)
        #expect(
            lines.dropFirst() == [
                "set active false --on=wh_abc123def4", "set name wh_abc123def4! --on=wh_abc123def4",
                "set description wh_abc123def4 --on=wh_abc123def4", "delete --on=wh_abc123def4",
                "discard wh_abc123def4", "set description wh_xyz789uvw0 --on=wh_xyz789uvw0",
                "delete --on=wh_xyz789uvw0", "discard wh_xyz789uvw0", "set description 1 --on=wh_abc123def4",
                "set description 2 --on=wh_abc123def4", "use wh_xyz789uvw0", "set description from-script",
                "add-event object.deleted", "create Fresh --channel=webhook url=https://x.example/1",
                "set active false --on=new:1",
            ])
    }

    @Test("what is created is new:N, counted from the recording's beginning, after its commit too")
    func created() async throws {
        let fixture = try ShellFixture { $0.assumesYes = true }
        _ = await fixture.run(
            "create Before --events object.created --channel webhook url=https://x.example/0; commit --yes")
        let lines = try await recorded(
            [
                "create One --channel webhook url=https://x.example/1", "add-event object.created", "commit",
                "set name Uno --on One", "clone Uno Two", "use Uno", "set name Uno2",
            ], in: fixture)
        #expect(
            lines.dropFirst().suffix(7) == [
                "create One --channel=webhook url=https://x.example/1", "add-event object.created", "commit",
                "set name Uno --on=new:1", "clone new:1 Two", "use new:1", "set name Uno2",
            ])
    }

    @Test("statements that failed stay as comments")
    func failed() async throws {
        let lines = try await recorded([
            "use wh_abc", "set event_types x", "set name '' --on wh_nothere", "set name ok",
        ])
        #expect(
            lines.dropFirst() == [
                "use wh_abc123def4", "# failed (usage): set event_types x",
                "# failed (not-found): set name '' --on=wh_nothere", "set name ok",
            ])
    }

    @Test("secrets are references; one that was typed becomes a param, once; none is in the file")
    func secrets() async throws {
        let fixture = try ShellFixture { $0.assumesYes = true }
        fixture.files.put(#"{"TOKEN": "xoxb-secret-canary-1"}"#, at: fixture.shell.environment.paths!.secretsFile)
        let typed = "xoxb-typed-canary-2"
        let lines = try await recorded(
            [
                "use wh_abc", "set-channel slack bot_token=${secret:TOKEN}", "set-channel slack bot_token=\(typed)",
                "set channels.slack.bot_token \(typed)",
                #"add-channel {"channel": "slack", "configs": {"bot_token": "\#(typed)", "channel_id": "C1"}}"#,
                "set-channel slack:bot_token=\(typed) channel_id=C2",
                "set-channel 1 bot_token=${webhook.channels[0].configs.bot_token}",
                "set-channel 1 bot_token='xoxb-canary-3-$x'",
            ], in: fixture)
        let text = lines.joined(separator: "\n")
        #expect(!text.contains("canary"), "\(text)")
        #expect(lines[1] == "param secret_1 \"bot_token\" --secret")
        #expect(text.contains("set-channel slack bot_token=${secret:TOKEN}"))
        #expect(text.contains("set-channel slack bot_token=$secret_1") || text.contains("bot_token=${secret_1}"))
        #expect(text.contains(#""bot_token":"${secret_1}""#))

        let again = try ShellFixture { $0.assumesYes = true }
        again.files.put(text + "\n", at: "/work/rec.hook")
        let check = await again.run("run --check rec.hook")
        #expect(check.status == .done, "\(check.errors)")
    }

    @Test("it never overwrites without --force, and starts from what the server holds")
    func refused() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("mine", at: "/work/rec.hook")
        #expect(await fixture.run("record start rec.hook").status != .done)
        #expect(fixture.files.text("/work/rec.hook") == "mine")
        #expect(await fixture.run("record stop").errors.contains("nothing is recorded"))
        _ = await fixture.run("set name x --on wh_abc")
        #expect(await fixture.run("record start other.hook").errors.contains("staged edits"))
        _ = await fixture.run("discard all")
        #expect(await fixture.run("record start rec.hook --force").status == .done)
        #expect(await fixture.run("record start more.hook").errors.contains("already"))
        #expect(fixture.shell.recordingMark == "rec")
    }

    @Test("a pause leaves a gap; what is chosen then is said again; --all keeps the looking commands")
    func pause() async throws {
        let fixture = try ShellFixture { $0.assumesYes = true }
        let lines = try await recorded(
            [
                "ls where active", "count", "record pause", "use wh_xyz", "select where active", "record pause",
                "set description x",
            ], flags: "--all", in: fixture)
        #expect(
            lines.dropFirst() == [
                "ls where active", "count", "# paused", "# goes on", "use wh_xyz789uvw0", "select wh_abc123def4",
                "set description x",
            ])
        #expect(await fixture.run("record status").output.contains("Nothing"))
    }

    @Test("a recording that cannot be written or that somebody else changes ends, and the edit stays")
    func lost() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("record start rec.hook; use wh_abc")
        fixture.files.put("edited", at: "/work/rec.hook")
        let run = await fixture.run("set name x")
        #expect(run.status == .done)
        #expect(run.errors.contains("ended here"))
        #expect(fixture.files.text("/work/rec.hook") == "edited")
        #expect(await fixture.shell.connection.stagedCount == 1)
        _ = await fixture.run("discard all; record start b.hook")
        fixture.files.refuseWrites(.noSpace)
        #expect(await fixture.run("set name y --on wh_abc").errors.contains("ended here"))
    }

    @Test("after a crash at any byte it is a script that does what was done so far")
    func crash() async throws {
        let files = CrashingFiles()
        let fixture = try ShellFixture(crashing: files) { $0.assumesYes = true }
        _ = await fixture.run("record start rec.hook")
        for line in [
            "use wh_abc", "set name 'A; b #1'", "set nothing 1",
            "add-channel slack bot_token=xoxb-1234567890 channel_id=C0987654321",
            "set description \"{ \\n 'q'\"", "commit",
        ] { _ = await fixture.run(line) }
        func statements(_ text: String) throws -> [String] {
            let script = try Parser.parse(SourceText(name: "rec", text: text), signatures: fixture.shell)
            return script.body.statements.filter { if case .command = $0.kind { true } else { false } }.map {
                script.source.text(of: $0.span)
            }
        }
        let all = try statements(try #require(fixture.files.text("/work/rec.hook")))
        #expect(all.count == 5)
        #expect(files.states("/work/rec.hook").count > 100)
        for state in files.states("/work/rec.hook") {
            let found = try statements(state)
            #expect(all.starts(with: found), "\(state)")
        }
    }
}
