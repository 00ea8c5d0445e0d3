import Testing

@testable import Shell

@Suite("Aliases, time and options")
struct AliasTests {
    @Test(
        "an alias stands for the beginning of a line",
        arguments: [
            "alias paused = 'ls where not active'", "alias paused 'ls where not active'",
            "alias paused='ls where not active'", "alias paused = ls where not active",
        ])
    func alias(_ definition: String) async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run(definition + "\npaused --ids")
        #expect(run.output == "wh_xyz789uvw0\n", "\(run.errors)")
        #expect(await fixture.run("alias paused").output == "paused\tls where not active\n")
        #expect(await fixture.run("unalias paused").status == .done)
        #expect(await fixture.run("paused").status == .usage)
    }

    @Test("an alias that no line can begin with is refused, with the reason")
    func refused() async throws {
        let fixture = try ShellFixture()
        #expect(await fixture.run("alias ls count").errors.contains("ls is a command"))
        #expect(await fixture.run("alias x 'ls | wc'").status == .usage)
        #expect(await fixture.run("alias x 'ls where ('").status == .usage)
        #expect(await fixture.run("alias end 'ls'").status == .usage)
        #expect(await fixture.run("alias x 'x --json'").status == .usage)
        #expect(await fixture.run("alias x =").status == .usage)
        #expect(await fixture.run("alias x = ls --json").errors.contains("want quotes"))
        #expect(await fixture.run("alias").output == "")
    }

    @Test("a name that is no alias suggests the one that was meant")
    func unknown() async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("alias paused ls; unalias pausd")
        #expect(run.status == .failed)
        #expect(run.errors.contains("did you mean paused?"))
    }

    @Test("time runs the command, keeps its value and says how long it took")
    func time() async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("time count where active")
        #expect(run.output == "1\n")
        #expect(run.errors == "time: 0.000 s\n")
        #expect(await fixture.run("let n = $(time count); echo $n").output == "2\n")
        let failed = await fixture.run("time get wh_nothere")
        #expect(failed.status == .failed)
        #expect(failed.errors.contains("time: ") && failed.errors.contains("wh_nothere"))
        #expect(await fixture.run("time").status == .usage)
        #expect(TimeCommand.text(from: .init(seconds: 1), to: .init(seconds: 62, nanoseconds: 5_000_000)) == "61.005 s")
    }

    @Test("option steps limits what runs, in the script that says it too")
    func steps() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("option steps 20\nfor i in 1..100\nlet x = $i\nend\n", at: "/work/s.hook")
        let run = await fixture.run("run s.hook")
        #expect(run.status != .done)
        #expect(run.errors.contains("20"))
        #expect(await fixture.run("option steps").output == "steps\t20\n")
        #expect(await fixture.run("for i in 1..100\nlet x = $i\nend").status != .done)
        #expect(await fixture.run("option steps 0").status == .usage)
        #expect(await fixture.run("option steps many").status == .usage)
    }

    @Test(
        "a prompt that cannot be is refused with a sentence",
        arguments: [
            ("{profil}> ", "did you mean {profile}?"), ("{profile", "has no other half"), ("{right}{right}", "twice"),
            (String(repeating: "x", count: 501), "500"),
        ])
    func prompt(_ template: String, _ sentence: String) async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("option prompt '\(template)'")
        #expect(run.status == .usage)
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(fixture.shell.preferences.prompt == .standard)
    }

    @Test("an option that does not exist is refused, and the options are listed")
    func list() async throws {
        let fixture = try ShellFixture()
        #expect(await fixture.run("option nonsense 1").status == .usage)
        let run = await fixture.run("option prompt '{profile}% '; option pager off; option")
        #expect(run.output == "steps\t10000000\nprompt\t{profile}% \npager\toff\n")
    }
}
