import TestSupport
import Testing

@Suite("Text of every kind on a terminal")
struct UnicodeEditingTests {
    @Test("wide characters, combining marks and joined emoji are edited scalar by scalar, and the buffer is right")
    func editing() async throws {
        let pty = try await ProbeSession.start(columns: 40, rows: 10)
        try await pty.type("e\u{301}名😀👩\u{200D}💻x" + Key.backspace + Key.home + "a" + Key.end)
        try await pty.type(Key.left + Key.left + Key.left + Key.backspace + "é\r")
        // Of the joined emoji the three scalars were stepped over; the one before them was deleted.
        try await pty.wait(for: "the answer") { $0.text.contains("[line \"ae\u{301}名é👩\u{200D}💻\"]") }
    }

    @Test("a wide character that would be cut by the edge goes to the next row whole")
    func edge() async throws {
        let pty = try await ProbeSession.start(columns: 20, rows: 6)
        try await pty.type("012345678901名前")
        try await pty.wait(for: "two rows") {
            $0.text == "probe> 012345678901\n名前" || $0.text == "probe> 012345678901名\n前"
        }
        try await pty.type(Key.home + "x" + Key.end + "\r")
        try await pty.wait(for: "the answer") { $0.text.contains("x012345678901") && $0.transcript.contains("[line") }
    }

    @Test("a long line typed without marks arrives whole")
    func long() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type(String(repeating: "0123456789abcdef", count: 1 << 12) + "\r")
        try await pty.wait(for: "the prompt") {
            $0.rows[$0.cursor.row] == "probe>" && $0.transcript.contains("[line")
        }
        let spoken = Array(#"[line "0123"#.utf8)
        let start = try #require(pty.output.firstRange(of: spoken)).lowerBound
        let end = try #require(pty.output[start...].firstRange(of: Array(#""]"#.utf8))).lowerBound
        #expect(end - start == (1 << 16) + #"[line ""#.utf8.count)
    }
}
