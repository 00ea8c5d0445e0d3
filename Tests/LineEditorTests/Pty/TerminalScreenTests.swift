import TestSupport
import Testing

@Suite("The model of a screen")
struct TerminalScreenTests {
    private func screen(_ text: String, columns: Int = 10, rows: Int = 4) -> TerminalScreen {
        var screen = TerminalScreen(columns: columns, rows: rows)
        screen.feed(text.utf8)
        return screen
    }

    @Test("wraps at the next character, not at the last of the row")
    func wrapping() {
        let full = screen("0123456789")
        #expect(full.cursor.row == 0 && full.cursor.column == 9)
        #expect(screen("0123456789x").text == "0123456789\nx")
        #expect(screen("0123456789\rx").text == "x123456789")
        #expect(screen("012345678名").text == "012345678\n名")
    }

    @Test("scrolls, and keeps what went out")
    func scrolling() {
        let scrolled = screen("1\r\n2\r\n3\r\n4\r\n5")
        #expect(scrolled.text == "2\n3\n4\n5")
        #expect(scrolled.transcript == "1\n2\n3\n4\n5")
    }

    @Test(
        "moves, erases, inserts and deletes",
        arguments: [
            ("abc\u{1B}[2Dx", "axc"), ("abcdef\u{1B}[3G\u{1B}[K", "ab"), ("abcdef\u{1B}[3G\u{1B}[1K", "   def"),
            ("abc\u{1B}[2G\u{1B}[2@", "a  bc"), ("abcd\u{1B}[2G\u{1B}[2P", "ad"),
            ("ab\u{8}\u{1B}[4hx\u{1B}[4ly", "axy"),
            ("a\r\nb\u{1B}[Ac", "ac\nb"), ("a\r\nb\u{1B}[H\u{1B}[J", ""), ("\u{1B}[2;3Hx", "\n  x"),
            ("a\tb", "a       b"), ("\u{1B}]0;title\u{7}a\u{1B}(Bb", "ab"), ("abc\u{1B}[2G\u{1B}[X", "a c"),
        ])
    func sequences(text: String, expected: String) {
        #expect(screen(text).text == expected)
    }

    @Test("joins combining marks, counts bells, keeps styles and modes")
    func rest() {
        let result = screen("e\u{301}\u{7}\u{1B}[1;32mx\u{1B}[0my\u{1B}[?2004h\u{1B}[?25l")
        #expect(result.text == "e\u{301}xy")
        #expect(result.bells == 1)
        #expect(result.cells[0][1].style == "1;32" && result.cells[0][2].style == "")
        #expect(result.modes == [2004])
    }

    @Test("crops and extends at a new size, and keeps the cursor's row")
    func resizing() {
        var result = screen("one\r\ntwo\r\nthree")
        result.resize(columns: 4, rows: 2)
        #expect(result.text == "two\nthre")
        result.resize(columns: 8, rows: 3)
        #expect(result.text == "two\nthre")
        #expect(result.cursor.row == 1 && result.cursor.column == 3)
    }
}
