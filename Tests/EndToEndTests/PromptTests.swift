import TestSupport
import Testing

/// A person at the prompt: keys in, a screen out.
@Suite("The prompt")
struct PromptTests {
    @Test("a session: look, edit, see the count in the prompt, commit with a yes")
    func session() async throws {
        let home = try Home()
        let pty = try await home.prompt(["--sandbox"])
        try await pty.type("use wh_abc123def4\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4>")
        try await pty.type("set active false\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4 +1>")
        try await pty.type("commit\r")
        try await pty.wait(for: "the question") { $0.text.contains("Send 1 change to sandbox (sandbox)? [y/N]") }
        try await pty.type("y\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4>")
        #expect(pty.screen.text.contains("1 webhook sent and verified, run 1."))
        try await pty.type("quit\r")
        #expect(try await pty.waitForEnd() == .exited(0))
    }

    @Test("a no sends nothing and keeps the edits")
    func refusal() async throws {
        let home = try Home()
        let pty = try await home.prompt(["--sandbox"])
        try await pty.type("use wh_abc123def4\rset active false\rcommit\r")
        try await pty.wait(for: "the question") { $0.text.contains("[y/N]") }
        try await pty.type("\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4 +1 [7]>")
    }

    @Test("arrows edit the line, and Up recalls the one before")
    func arrows() async throws {
        let home = try Home()
        let pty = try await home.prompt(["--sandbox"])
        try await pty.type("echo wolrd" + Key.left + Key.left + "\u{7F}" + Key.right + "l\r")
        try await pty.wait(forRow: "world")
        try await pty.type(Key.up)
        try await pty.wait(forInput: "sandbox> echo world")
    }

    @Test("Tab completes a command, a webhook's id, a field and an event type")
    func tab() async throws {
        let home = try Home()
        let pty = try await home.prompt(["--sandbox"])
        try await pty.type("desel" + Key.tab)
        try await pty.wait(forInput: "sandbox> deselect")
        try await pty.type("\u{03}")
        try await pty.type("count\r")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("use wh_abc" + Key.tab)
        try await pty.wait(forInput: "sandbox> use wh_abc123def4")
        try await pty.type("\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4>")
        try await pty.type("add-event taxonomy.cr" + Key.tab)
        try await pty.wait(forInput: "sandbox wh_abc123def4> add-event taxonomy.created")
        try await pty.type("\u{03}")
        try await pty.type("ls where descr" + Key.tab)
        try await pty.wait(forInput: "sandbox wh_abc123def4> ls where description")
    }

    @Test("Ctrl-R finds an earlier line")
    func search() async throws {
        let home = try Home()
        let pty = try await home.prompt(["--sandbox"])
        try await pty.type("echo first\recho second\r")
        try await pty.wait(forRow: "second")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("\u{12}fir")
        try await pty.wait(for: "the line found") { $0.text.contains("echo first") }
        try await pty.type("\r")
        try await pty.wait(for: "first twice") { screen in screen.rows.count { $0 == "first" } == 2 }
    }

    @Test("Ctrl-C clears the line and stays")
    func interrupt() async throws {
        let home = try Home()
        let pty = try await home.prompt(["--sandbox"])
        try await pty.type("echo unfinished\u{03}")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("echo still here\r")
        try await pty.wait(forRow: "still here")
    }

    @Test("Ctrl-D leaves; with staged edits it warns once")
    func endOfInput() async throws {
        let home = try Home()
        let pty = try await home.prompt(["--sandbox"])
        try await pty.type("use wh_abc123def4\rset active false\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4 +1>")
        try await pty.type("\u{04}")
        try await pty.wait(for: "the warning") { $0.text.contains("staged edits") }
        try await pty.wait(forInput: "sandbox wh_abc123def4 +1>")
        try await pty.type("\u{04}")
        #expect(try await pty.waitForEnd() == .exited(0))
    }

    @Test("an open bracket continues on the next line")
    func continuation() async throws {
        let home = try Home()
        let pty = try await home.prompt(["--sandbox"])
        try await pty.type("use wh_abc123def4\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4>")
        try await pty.type("add-channel webhook {\r")
        try await pty.wait(forInput: "...")
        try await pty.type("\"url\": \"https://a.example/x\" }\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4 +1>")
    }

    @Test("history is kept for the next session, without what looks like a token")
    func history() async throws {
        let home = try Home()
        let first = try await home.prompt()
        try await first.type("echo remembered\recho xoxb-12345678-canary\r")
        try await first.wait(for: "both") { $0.text.contains("xoxb-12345678-canary") }
        try await first.wait(forInput: "sandbox>")
        try await first.type("quit\r")
        #expect(try await first.waitForEnd() == .exited(0))
        let second = try await home.prompt()
        try await second.type(Key.up + Key.up + Key.up)
        try await second.wait(forInput: "sandbox> echo remembered")
        #expect(home.read(".local/state/hookline/history-sandbox")?.contains("canary") == false)
    }

    @Test("a dumb terminal gets no escape sequence")
    func dumb() async throws {
        let home = try Home()
        let pty = try await home.prompt(["--sandbox"], type: "dumb")
        try await pty.type("count\rls where id = wh_abc123def4\r")
        try await pty.wait(for: "the list") { $0.text.contains("wh_abc123def4  Engineering") }
        #expect(!pty.output.contains(0x1B))
    }

    @Test("a wide table is cut to the window", arguments: [(80, 24), (40, 10)])
    func width(_ size: (columns: Int, rows: Int)) async throws {
        let home = try Home()
        let pty = try await home.prompt(["--sandbox"], columns: size.columns, rows: size.rows)
        try await pty.type("ls where id = wh_abc123def4\r")
        try await pty.wait(for: "the row") { screen in screen.rows.contains { $0.hasPrefix("wh_abc123def4") } }
        try await pty.wait(forInput: "sandbox>")
        let row = try #require(pty.screen.rows.last { $0.hasPrefix("wh_abc123def4") })
        #expect(row.contains("…"))
        #expect(row.count <= size.columns)
    }
}
