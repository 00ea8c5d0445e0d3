import TestSupport
import Testing

@Suite("History at the prompt")
struct HistoryKeyTests {
    static func started(_ entries: [String], columns: Int = 80, rows: Int = 24) async throws -> PtyProcess {
        let folder = try TemporaryFolder()
        try folder.write(Array(entries.map { $0 + "\n" }.joined().utf8), to: "history")
        let pty = try await ProbeSession.start(["--history", folder.file("history")], columns: columns, rows: rows)
        // The folder may go: the first read has loaded the file.
        return pty
    }

    @Test("Up goes through all entries, Down comes back to what was typed")
    func upAndDown() async throws {
        let pty = try await Self.started(["first", "second", "third"])
        try await pty.type(Key.up)
        try await pty.wait(forLine: "probe> third", column: 12)
        try await pty.type(Key.up + Key.up)
        try await pty.wait(forLine: "probe> first")
        try await pty.type(Key.up)
        try await pty.wait(for: "a beep") { $0.bells == 1 }
        try await pty.type(Key.down + Key.down + Key.down)
        try await pty.wait(forLine: "probe>", column: 7)
    }

    @Test("Up finds the entries that start like what is typed, and Down gives it back")
    func prefix() async throws {
        let pty = try await Self.started(["set active true", "ls", "set name x", "get a"])
        try await pty.type("se" + Key.up)
        try await pty.wait(forLine: "probe> set name x")
        try await pty.type(Key.up)
        try await pty.wait(forLine: "probe> set active true", column: 22)
        try await pty.type(Key.down + Key.down)
        try await pty.wait(forLine: "probe> se", column: 9)
        try await pty.type("t name" + Key.up + "\r")
        try await pty.wait(forRow: #"[line "set name x"]"#)
    }

    @Test("Ctrl-R searches within entries")
    func incrementalSearch() async throws {
        let pty = try await Self.started(["ls where active", "get wh_abc123def4", "diff"])
        try await pty.type(Key.control("r") + "abc")
        try await pty.wait(for: "the entry found") { $0.rows.first == "probe> get wh_abc123def4" }
        try await pty.type(Key.escape)
        try await pty.wait(forLine: "probe> get wh_abc123def4")
        try await pty.type(Key.end + "5\r")
        try await pty.wait(forRow: #"[line "get wh_abc123def45"]"#)
    }

    @Test("an entry of several lines is recalled, edited and entered as one")
    func multiLine() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("set (a\r")
        try await pty.wait(forLine: "...>", column: 5)
        try await pty.type("b)\r")
        try await pty.wait(forRow: #"[line "set (a\\nb)"]"#)
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.type(Key.up)
        try await pty.wait(forLine: "b)", column: 2)
        #expect(pty.screen.rows[pty.screen.cursor.row - 1] == "probe> set (a")
        try await pty.type(Key.up + Key.end)
        try await pty.wait(forLine: "probe> set (a", column: 13)
        try await pty.type("c" + Key.home + "x" + Key.end + Key.end + "!" + Key.home + Key.home + "y\r")
        try await pty.wait(forRow: #"[line "yxset (ac\\nb)!"]"#)
    }

    @Test("Ctrl-U and Ctrl-K stay within a row of an entry, and join rows at its ends")
    func rows() async throws {
        let pty = try await ProbeSession.start()
        try await pty.paste("one two\nthree four\nfive")
        try await pty.wait(forLine: "five", column: 4)
        try await pty.type(Key.up + Key.control("u") + "x" + Key.control("k"))
        try await pty.wait(for: "the row cut") { $0.text == "probe> one two\nx\nfive" }
        try await pty.type(Key.control("k") + Key.control("a") + Key.control("u") + "\r")
        try await pty.wait(forRow: #"[line "one twoxfive"]"#)
    }

    @Test("what is entered is there in the next session")
    func persistence() async throws {
        let folder = try TemporaryFolder()
        let arguments = ["--history", folder.file("history")]
        let first = try await ProbeSession.start(arguments)
        try await first.type("remember me\r")
        try await first.wait(forRow: #"[line "remember me"]"#)
        try await first.type(" not me\rquit\r")
        #expect(try await first.waitForEnd() == .exited(0))
        let second = try await ProbeSession.start(arguments)
        try await second.type(Key.up)
        try await second.wait(forLine: "probe> quit")
        try await second.type(Key.up)
        try await second.wait(forLine: "probe> remember me")
    }
}
