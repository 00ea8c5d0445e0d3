import Testing

@testable import LineEditor

@Suite("Where a line stands on the screen")
struct LineLayoutTests {
    private func layout(_ line: String, cursor: Int, columns: Int = 10) -> LineLayout {
        LineLayout(prompt: "> ", line: line.unicodeScalars, cursor: cursor, columns: columns)
    }

    @Test("a short line is in the prompt's row")
    func short() {
        let layout = layout("abc", cursor: 1)
        #expect(layout.cursor == .init(row: 0, column: 3))
        #expect(layout.end == .init(row: 0, column: 5))
    }

    @Test("a full row goes on in the next at once")
    func full() {
        #expect(layout("12345678", cursor: 8).end == .init(row: 1, column: 0))
        #expect(layout("123456789", cursor: 8).cursor == .init(row: 1, column: 0))
    }

    @Test("a wide character is not split")
    func wide() {
        #expect(layout("1234567名", cursor: 8).end == .init(row: 1, column: 2))
        #expect(layout("1234567名", cursor: 7).cursor == .init(row: 1, column: 0))
    }

    @Test("newlines, tabs and control characters take what libedit gives them")
    func special() {
        #expect(layout("ab\nc", cursor: 4).end == .init(row: 1, column: 1))
        #expect(layout("\tx", cursor: 2).end == .init(row: 0, column: 9))
        #expect(layout("\u{03}x", cursor: 2).end == .init(row: 0, column: 5))
    }

    @Test("a combining mark takes no room")
    func combining() {
        #expect(layout("e\u{301}x", cursor: 3).end == .init(row: 0, column: 4))
    }
}

@Suite("A prompt for libedit")
struct PromptEncodingTests {
    private func encoded(_ prompt: Prompt, inColour: Bool = true) -> String {
        String(String.UnicodeScalarView(PromptEncoding.scalars(prompt, inColour: inColour)))
    }

    @Test("has every escape sequence between marks and before a visible character")
    func marks() {
        let prompt = Prompt([.init("a", TextStyle(.red)), .init("b", TextStyle(.green, bold: true)), .init("> ")])
        #expect(encoded(prompt) == "\u{1}\u{1B}[31m\u{1}a\u{1}\u{1B}[0m\u{1B}[1;32m\u{1}b\u{1}\u{1B}[0m\u{1}> ")
        #expect(encoded(prompt, inColour: false) == "ab> ")
    }

    @Test("that ends in a style gets a blank to carry its end")
    func end() {
        let prompt = Prompt([.init("x", TextStyle(.red)), .init("", TextStyle(.blue))])
        #expect(encoded(prompt).hasSuffix("x\u{1}\u{1B}[0m\u{1} "))
        #expect(PromptEncoding.text(prompt, inColour: true) == "x ")
    }

    @Test("drops control and bidi characters from names")
    func hostile() {
        #expect(encoded(Prompt("a\u{1B}[2J\n\u{202E}b\u{1}> ")) == "a[2Jb> ")
    }
}
