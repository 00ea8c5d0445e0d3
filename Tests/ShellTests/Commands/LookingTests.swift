import HookScript
import LosslessJSON
import Testing

@testable import Shell

@Suite("Looking around")
struct LookingTests {
    @Test("ls shows staged edits, marked in the table, and --live the server's copy")
    func staged() async throws {
        let fixture = try ShellFixture { $0.format = .table }
        let run = await fixture.run(
            "use wh_abc123def4; set name Renamed; delete wh_xyz789uvw0; create New --events '*'; ls --columns id,name")
        #expect(
            run.output
                == """
                new:1
                   ID             NAME
                *  wh_abc123def4  Renamed
                -  wh_xyz789uvw0  Audit Trail Logger
                +  new:1          New

                """)
        #expect(await fixture.run("ls --live --ids --sort name").output == "wh_xyz789uvw0\nwh_abc123def4\n")
    }

    @Test(
        "where picks by fields, paths, lists and members that no schema knows",
        arguments: [
            ("active", "wh_abc123def4"), ("not active", "wh_xyz789uvw0"), ("channel = slack", "wh_abc123def4"),
            ("name ~ 'Audit*'", "wh_xyz789uvw0"), ("events has object.created", "wh_abc123def4"),
            ("receives(cluster.created)", "wh_xyz789uvw0"), ("channels.webhook.timeout > 5", "wh_xyz789uvw0"),
            ("x_team = search", "wh_abc123def4"), ("exists description", "wh_abc123def4"),
            ("created < 2025-01-15", "wh_abc123def4"), ("name =~ /audit/i", "wh_xyz789uvw0"),
            ("channels.*.configs.url ~ '*audit*' and not active", "wh_xyz789uvw0"),
            ("id in [wh_abc123def4, x]", "wh_abc123def4"),
        ])
    func conditions(_ condition: String, _ id: String) async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("ls --ids where \(condition)")
        #expect(run.output == id + "\n", "\(run.errors)")
    }

    @Test("the list is read once a session, and again by refresh")
    func cached() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("ls; count; get wh_abc123def4; ls where active")
        #expect(fixture.service.requests.map(\.operation) == [.list])
        _ = await fixture.run("refresh")
        #expect(fixture.service.requests.map(\.operation) == [.list, .list])
    }

    @Test("show gives one value; what is secret is masked until asked for")
    func show() async throws {
        let fixture = try ShellFixture()
        #expect(await fixture.run("show wh_abc123def4 channels.slack.channel_id").output == "[0]\tC0123456789\n")
        #expect(await fixture.run("show wh_abc123def4 name").output == "Engineering Slack Alerts\n")
        let masked = await fixture.run("show wh_abc123def4 channels[0].configs.bot_token")
        #expect(masked.output == "••••6789\n")
        let shown = await fixture.run("show wh_abc123def4 channels[0].configs.bot_token --show-secrets")
        #expect(shown.output == "xoxb-canary-0123456789\n")
    }

    @Test("grep finds a text wherever it stands, but not in a secret")
    func grep() async throws {
        let fixture = try ShellFixture()
        #expect(
            await fixture.run("grep c0123").output.hasPrefix(
                "wh_abc123def4\tEngineering Slack Alerts\tchannels[0].configs.channel_id\t"))
        #expect(await fixture.run("grep canary").output.isEmpty)
    }

    @Test("events counts who receives each type, wildcards included")
    func events() async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("events object.created --json")
        #expect(
            try JSON(parsing: run.output) == [
                ["event": "object.created", "since": "2025-11", "receivers": 1, "subscribed": 2]
            ])
    }

    @Test("a redirect writes the file and nothing else, in the format asked for")
    func redirect() async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("ls --ids > ids.txt; count >> ids.txt")
        #expect(run.output.isEmpty, "\(run.errors)")
        #expect(fixture.files.text("/work/ids.txt") == "wh_abc123def4\nwh_xyz789uvw0\n2\n")
    }

    @Test("export masks secrets as values to keep, and writes them only when told, in a private file")
    func export() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("export a.yaml; export b.json --with-secrets where active")
        #expect(fixture.files.text("/work/a.yaml")?.contains("bot_token: !keep \"••••6789\"") == true)
        #expect(fixture.files.text("/work/a.yaml")?.contains("canary") == false)
        #expect(fixture.files.text("/work/b.json")?.contains("xoxb-canary-0123456789") == true)
        #expect(fixture.files.mode("/work/b.json") == 0o600)
        let again = await fixture.run("export a.yaml")
        #expect(again.status == .failed)
        #expect(again.errors.contains("exists already"))
    }

    @Test(
        "every command has a help page with its usage and exit status", arguments: CommandTable.declarations.map(\.name)
    )
    func help(_ name: String) async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("help \(name)")
        #expect(run.status == .done)
        #expect(run.output.contains("\n  \(name)"))
        #expect(run.output.contains("Exit status"))
    }

    @Test(
        "every example of the help pages parses",
        arguments: CommandTable.declarations.flatMap { $0.examples.map(\.line) })
    func examples(_ line: String) throws {
        let fixture = try ShellFixture()
        _ = try Parser.parse(SourceText(name: "example", text: line), signatures: fixture.shell)
    }
}
