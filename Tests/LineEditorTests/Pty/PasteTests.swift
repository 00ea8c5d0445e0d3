import TestSupport
import Testing

@Suite("A paste")
struct PasteTests {
    @Test("is inserted with its newlines, and runs only at Enter")
    func newlines() async throws {
        let pty = try await ProbeSession.start()
        try await pty.wait(for: "bracketed paste on") { $0.modes.contains(2004) }
        try await pty.paste("first\nsecond\nthird")
        try await pty.wait(forLine: "third", column: 5)
        #expect(!pty.screen.text.contains("[line"))
        try await pty.type("\r")
        try await pty.wait(forRow: #"[line "first\\nsecond\\nthird"]"#)
    }

    @Test("cannot press keys: control characters in it are dropped")
    func controls() async throws {
        let pty = try await ProbeSession.start()
        try await pty.paste("a\u{03}b\u{04}\u{1B}[Ac\u{7F}\u{15}\u{9B}d\te")
        try await pty.type("\r")
        try await pty.wait(forRow: #"[line "ab[Acd\\te"]"#)
    }

    @Test("keeps Unicode, and goes where the cursor is")
    func unicode() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("ab" + Key.left)
        try await pty.paste("grün 監視 😀")
        try await pty.type("\r")
        try await pty.wait(forRow: #"[line "agrün 監視 😀b"]"#)
    }

    @Test("Ctrl-C drops it")
    func dropped() async throws {
        let pty = try await ProbeSession.start()
        try await pty.paste("one\ntwo\n")
        try await pty.type(Key.control("c"))
        try await pty.wait(forRow: "[interrupted]")
        try await pty.type("ok\r")
        try await pty.wait(forRow: #"[line "ok"]"#)
    }

    @Test("of a megabyte arrives whole")
    func large() async throws {
        let pty = try await ProbeSession.start()
        try await pty.paste(String(repeating: "0123456789abcdef", count: 1 << 16))
        try await pty.type("\r")
        try await pty.wait(for: "the end of the line") {
            $0.rows[$0.cursor.row] == "probe>" && $0.scrolledOut.count > 1 << 13
        }
        let spoken = Array(#"[line "0123"#.utf8)
        let start = try #require(pty.output.firstRange(of: spoken)).lowerBound
        let end = try #require(pty.output[start...].firstRange(of: Array(#""]"#.utf8))).lowerBound
        #expect(end - start == (1 << 20) + #"[line ""#.utf8.count)
    }

    @Test("keys typed right behind it are keys")
    func behind() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("\u{1B}[200~x\u{1B}[201~y\rz\r")
        try await pty.wait(forRow: #"[line "xy"]"#)
        try await pty.wait(forRow: #"[line "z"]"#)
    }
}
