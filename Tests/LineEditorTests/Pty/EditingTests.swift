import TestSupport
import Testing

@Suite("A line edited on a terminal")
struct EditingTests {
    @Test("typed text is read at Enter")
    func typing() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("ls where active\r")
        try await pty.wait(forRow: #"[line "ls where active"]"#)
        try await pty.wait(forLine: "probe>", column: 7)
    }

    @Test("arrows, Home, End, Delete and Backspace edit in the middle")
    func movement() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("hexllo" + Key.left + Key.left + Key.left + Key.backspace)
        try await pty.wait(forLine: "probe> hello", column: 9)
        try await pty.type(Key.end + " world" + Key.home + Key.delete + "j")
        try await pty.wait(forLine: "probe> jello world", column: 8)
        try await pty.type("\r")
        try await pty.wait(forRow: #"[line "jello world"]"#)
    }

    @Test("Ctrl-C drops the line and the session goes on")
    func interrupt() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("half a li" + Key.control("c"))
        try await pty.wait(forRow: "probe> half a li^C")
        try await pty.wait(forRow: "[interrupted]")
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.type("next\r")
        try await pty.wait(forRow: #"[line "next"]"#)
    }

    @Test("Ctrl-D ends on an empty line, deletes on another, and the terminal is as before")
    func endOfInput() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("ab" + Key.left + Key.control("d"))
        try await pty.wait(forLine: "probe> a", column: 8)
        try await pty.type(Key.backspace + Key.control("d"))
        try await pty.wait(forRow: "[bye]")
        #expect(try await pty.waitForEnd() == .exited(0))
        #expect(pty.modes == .usual)
        #expect(pty.screen.modes.isDisjoint(with: [2004]))
    }
}
