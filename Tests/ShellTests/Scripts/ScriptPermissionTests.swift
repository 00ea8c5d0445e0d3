import Testing

@testable import Shell

@Suite("A script that may not run programs")
struct ScriptPermissionTests {
    @Test(
        "writes nothing that shells and programs obey, nor what hookline keeps",
        arguments: [
            "echo x > /home/u/.bashrc", "echo x >> /home/u/.config/hookline/config.yaml", "echo x > .envrc",
            "echo x > ../../work/.git/hooks/pre-commit", "export /home/u/.config/autostart/x.json --force",
            "set active false --on wh_abc123def4; plan --out /home/u/.local/state/hookline/history-default",
            "record start /home/u/.config/hookline/rc.hook",
            "export /kept/hookline/x.json", "echo x > /kept/hookline/../hookline/x",
        ])
    func hidden(_ line: String) async throws {
        let fixture = try ShellFixture(environment: ["XDG_DATA_HOME": "/kept"])
        fixture.files.put(line + "\n", at: "/work/s.hook")
        let before = fixture.files.paths
        let run = await fixture.run("run s.hook")
        #expect(run.status == .usage && run.errors.contains("a script may not write to"))
        #expect(fixture.files.paths == before)
        // Typed, or allowed to, it may.
        #expect(await fixture.run("run s.hook --allow-exec").status == .done)
    }

    @Test("rewrites no script that hookline runs by itself")
    func formatted() async throws {
        let fixture = try ShellFixture()
        let startup = "/home/u/.config/hookline/rc.hook"
        fixture.files.put("echo   x\n", at: startup)
        fixture.files.put("fmt \(startup)\n", at: "/work/s.hook")
        let run = await fixture.run("run s.hook")
        #expect(run.errors.contains("a script may not write to"))
        #expect(fixture.files.text(startup) == "echo   x\n")
        #expect(await fixture.run("fmt \(startup)").status == .done)
        #expect(fixture.files.text(startup) == "echo x\n")
    }

    @Test("names a pager where it is one's own startup script, and not where that runs another's")
    func startup() async throws {
        let fixture = try ShellFixture()
        let folder = "/home/u/.config/hookline"
        fixture.files.put("option pager less\n", at: folder + "/rc.hook")
        #expect(await fixture.run("run \(folder)/rc.hook").status == .done)
        fixture.files.put("option pager less\n", at: "/work/other.hook")
        fixture.files.put("run /work/other.hook\n", at: folder + "/rc.hook")
        let run = await fixture.run("run \(folder)/rc.hook")
        #expect(run.status == .usage && run.errors.contains("a script may not"), "\(run.errors)")
    }

    @Test(
        "writes elsewhere",
        arguments: [
            "echo x > out.txt", "echo x > /tmp/a.b/out.txt", "export list.json",
            "set active false --on wh_abc123def4; plan --out p.plan",
        ])
    func plain(_ line: String) async throws {
        let fixture = try ShellFixture()
        fixture.files.put(line + "\n", at: "/work/s.hook")
        let run = await fixture.run("run s.hook")
        #expect(run.status == .done, "\(run.errors)")
        #expect(fixture.files.paths.count == 2)
    }

    @Test("names no program that is run later: for a key, as the pager, as a plugin")
    func later() async throws {
        let lines = [
            "profile add evil --key-command 'touch /tmp/x'", "option pager 'touch /tmp/x'", "plugin enable x --pin 0",
            "plugin install ./x", "plugin test ./x",
        ]
        for line in lines {
            let fixture = try ShellFixture()
            fixture.files.put(line + "\n", at: "/work/s.hook")
            let run = await fixture.run("run s.hook")
            #expect(run.status == .usage && run.errors.contains("a script may not"), "\(line)")
            #expect(fixture.files.paths == ["/work/s.hook"])
        }
        let fixture = try ShellFixture()
        #expect(await fixture.run("profile add mine --key-command 'pass show mixpeek'").status == .done)
    }
}
