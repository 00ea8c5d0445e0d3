import LineEditor
import Testing

@Suite("Display width")
struct DisplayWidthTests {
    @Test(
        "counts cells",
        arguments: [
            ("", 0), ("abc", 3), ("grün", 4), ("e\u{301}", 1), ("名前", 4), ("ﾊﾝｶｸ", 4), ("ＦＵＬＬ", 8), ("한글", 4),
            ("\u{1112}\u{1161}\u{11AB}", 2),
            ("😀", 2), ("🇩🇪", 2), ("a\u{200B}b", 2), ("\u{FEFF}x", 1), ("\u{1B}[0m", 3), ("\t", 0), ("…", 1), ("•", 1),
            ("が", 2), ("か\u{3099}", 2),
        ])
    func of(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test(
        "cuts by cells, marks the cut, and splits no character",
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("名前です", 5, "名前…"), ("名前です", 4, "名…"), ("名", 1, "…"),
            ("abc", 0, ""), ("abc", -1, ""),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        ])
    func cut(text: String, columns: Int, expected: String) {
        let cut = DisplayWidth.cut(text, to: columns)
        #expect(cut == expected)
        #expect(DisplayWidth.of(cut) <= max(0, columns))
    }

    @Test("pads by cells")
    func pad() {
        #expect(DisplayWidth.pad("名", to: 4) == "名  ")
        #expect(DisplayWidth.pad("abc", to: 2) == "abc")
    }
}

@Suite("Text made visible")
struct VisibleTextTests {
    @Test(
        "spells out what could move, turn or hide",
        arguments: [
            ("plain ünï 名 😀", "plain ünï 名 😀"), ("a\nb\tc\rd", #"a\nb\tc\rd"#), ("\u{1B}[2J\u{7}", #"\e[2J\u{7}"#),
            ("\u{9B}1m", #"\u{9B}1m"#),
            ("\u{202E}evil", #"\u{202E}evil"#), ("a\u{200B}b", #"a\u{200B}b"#), ("\u{2028}", #"\u{2028}"#),
            ("\u{7F}", #"\u{7F}"#), ("👩\u{200D}💻", "👩\u{200D}💻"),
            ("a\u{200D}b", #"a\u{200D}b"#), ("\u{FEFF}", #"\u{FEFF}"#),
        ])
    func escaped(text: String, expected: String) {
        #expect(VisibleText.escaped(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
    }
}
