import TestSupport
import Testing

@Suite("Tab at the prompt")
struct CompletionKeyTests {
    @Test("the only candidate is inserted with a blank, and one that wants none without")
    func single() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("be" + Key.tab)
        try await pty.wait(forLine: "probe> beta", column: 12)
        try await pty.type("ke" + Key.tab + "v\r")
        try await pty.wait(forRow: #"[line "beta key=v"]"#)
    }

    @Test("the common start is inserted first, then the candidates are listed and the line drawn below")
    func common() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("al" + Key.tab)
        try await pty.wait(forLine: "probe> alpha", column: 12)
        try await pty.type(Key.tab)
        try await pty.wait(forRow: "alphabet      alphanumeric")
        try await pty.wait(forLine: "probe> alpha", column: 12)
        #expect(pty.screen.text == "probe> alpha\nalphabet      alphanumeric\nprobe> alpha")
        try await pty.type("b" + Key.tab + "\r")
        try await pty.wait(forRow: #"[line "alphabet "]"#)
    }

    @Test("a description stands beside its candidate, wide characters in place")
    func details() async throws {
        let pty = try await ProbeSession.start(columns: 40, rows: 10)
        try await pty.type("wh" + Key.tab + Key.tab)
        try await pty.wait(forRow: "wh_abc123def4  Team Slack")
        try await pty.wait(forRow: "wh_xyz789ghi0  Überwachung 監視")
        try await pty.wait(forLine: "probe> wh_", column: 10)
    }

    @Test("a long list comes a page at a time, the next one at the next Tab", arguments: [(80, 24), (40, 10)])
    func long(_ size: (columns: Int, rows: Int)) async throws {
        let pty = try await ProbeSession.start(columns: size.columns, rows: size.rows)
        try await pty.type("it" + Key.tab + Key.tab)
        try await pty.wait(for: "the first page") {
            $0.rows.contains { $0.hasPrefix("1–") && $0.hasSuffix(" of 300: Tab shows more") }
        }
        try await pty.wait(forLine: "probe> item-", column: 12)
        let first = try #require(pty.screen.rows.first { $0.hasPrefix("1–") })
        let last = try #require(Int(first.dropFirst(2).prefix { $0 != " " }))
        try await pty.type(Key.tab)
        try await pty.wait(for: "the second page") { $0.rows.contains { $0.hasPrefix("\(last + 1)–") } }
        try await pty.type("29" + Key.tab)
        try await pty.wait(for: "another list, from its start") { screen in
            screen.rows.contains { $0.hasPrefix("item-29 ") } && screen.rows[screen.cursor.row] == "probe> item-29"
        }
    }

    @Test("nothing fitting beeps and changes nothing")
    func nothing() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("zzz" + Key.tab)
        try await pty.wait(for: "a beep") { $0.bells == 1 }
        try await pty.wait(forLine: "probe> zzz", column: 10)
    }

    @Test("in the middle of a line only the word at the cursor changes")
    func middle() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("x be y" + Key.left + Key.left + Key.tab)
        try await pty.wait(forLine: "probe> x beta y", column: 13)
    }

    @Test("candidates are listed below a line of several rows, which is drawn again whole")
    func tallLine() async throws {
        let pty = try await ProbeSession.start(columns: 20, rows: 12)
        try await pty.type("0123456789012345678901234567890 al" + Key.tab + Key.tab)
        try await pty.wait(for: "the list and the line") {
            $0.text
                == """
                probe> 0123456789012
                345678901234567890 a
                lpha
                alphabet
                alphanumeric
                probe> 0123456789012
                345678901234567890 a
                lpha
                """
        }
        try await pty.wait(forLine: "lpha", column: 4)
    }

    @Test("escape sequences in a candidate are shown and not obeyed")
    func hostile() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("new" + Key.tab)
        try await pty.wait(for: "the candidate") { $0.rows[0].hasPrefix("probe> new^[[31mline") }
    }
}
