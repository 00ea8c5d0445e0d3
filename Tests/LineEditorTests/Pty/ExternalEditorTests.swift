import TestSupport
import Testing

@Suite("Another editor, and help, from within a line")
struct ExternalEditorTests {
    @Test("Ctrl-X Ctrl-E hands the line over and shows what comes back, which Enter takes")
    func edited() async throws {
        let pty = try await ProbeSession.start(["--editor", "upper"])
        try await pty.type("half a line" + Key.control("x") + Key.control("e"))
        try await pty.wait(forRow: "(editing)")
        try await pty.wait(forLine: "probe> HALF A LINE", column: 18)
        #expect(!pty.screen.text.contains("[line"))
        #expect(pty.modes == .keys)
        #expect(pty.screen.modes.contains(2004))
        try await pty.type("!\r")
        try await pty.wait(forRow: #"[line "HALF A LINE!"]"#)
    }

    @Test("an open block goes over as a whole, and comes back as one line of input")
    func block() async throws {
        let pty = try await ProbeSession.start(["--editor", "upper"])
        try await pty.type("set (a\rb" + Key.control("x") + Key.control("e"))
        try await pty.wait(forRow: "probe> SET (A")
        try await pty.wait(forLine: "B", column: 1)
        try await pty.type(")\r")
        try await pty.wait(forRow: #"[line "SET (A\\nB)"]"#)
    }

    @Test("an editor that fails leaves the line as it was; without one the bell rings")
    func failing() async throws {
        let pty = try await ProbeSession.start(["--editor", "fails"])
        try await pty.type("kept" + Key.control("x") + Key.control("e"))
        try await pty.wait(forRow: "(editing)")
        try await pty.wait(forLine: "probe> kept", column: 11)
        let without = try await ProbeSession.start()
        try await without.type("kept" + Key.control("x") + Key.control("e"))
        try await without.wait(for: "a bell") { $0.bells == 1 }
        try await without.wait(forLine: "probe> kept", column: 11)
    }

    @Test("in vi's command mode v does the same")
    func vi() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("bind -v\n".utf8), to: "editrc")
        let pty = try await ProbeSession.start(["--editor", "upper", "--editrc", folder.file("editrc")])
        try await pty.type("abc" + Key.escape)
        // A key behind Escape within its patience would be a sequence.
        try await pty.wait(forLine: "probe> abc", column: 9)
        try await pty.type("v")
        try await pty.wait(forLine: "probe> ABC")
    }

    @Test("? explains where there is something to explain, and is a character elsewhere")
    func explaining() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("?")
        try await pty.wait(forRow: "explained \"\"")
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.type("commit ?")
        try await pty.wait(forRow: "explained \"commit \"")
        try await pty.wait(forLine: "probe> commit", column: 14)
        try await pty.type("a?\r")
        try await pty.wait(forRow: #"[line "commit a?"]"#)
    }
}
