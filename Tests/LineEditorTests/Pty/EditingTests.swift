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

    @Test("Ctrl-W, Ctrl-U, Ctrl-K and Ctrl-Y cut and paste, and word keys move")
    func cutting() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("one two three" + Key.control("w"))
        try await pty.wait(forLine: "probe> one two", column: 15)
        try await pty.type(Key.controlLeft + Key.control("u"))
        try await pty.wait(forLine: "probe> two", column: 7)
        try await pty.type(Key.control("k") + "x" + Key.control("y"))
        try await pty.wait(forLine: "probe> xtwo", column: 12)
        try await pty.type(Key.control("a") + Key.controlRight + "!\r")
        try await pty.wait(forRow: #"[line "xtwo! "]"#)
    }

    @Test("Ctrl-L clears the screen and keeps the line")
    func clearing() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("one\rtwo" + Key.left + Key.control("l"))
        try await pty.wait(for: "the line alone") { $0.text == "probe> two" && $0.cursor.column == 9 }
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

    @Test("a line goes on until the validator has enough; Ctrl-C and Ctrl-D drop all of it")
    func continuation() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("set (a\rb\rc)\r")
        try await pty.wait(forRow: #"[line "set (a\\nb\\nc)"]"#)
        for key in ["c", "d"] as [Unicode.Scalar] {
            try await pty.wait(forLine: "probe>", column: 7)
            try await pty.type("set (a\r")
            try await pty.wait(forLine: "...>", column: 5)
            try await pty.type(Key.control(key))
            try await pty.wait(forLine: "probe>", column: 7)
        }
        #expect(pty.screen.rows.filter { $0 == "[interrupted]" }.count == 2)
        try await pty.type("whole\r")
        try await pty.wait(forRow: #"[line "whole"]"#)
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
