import Testing

@testable import LineEditor

@Suite("The last words of the history")
struct LastWordsTests {
    @Test(
        "a word is what blanks divide, quotes and escapes apart",
        arguments: [
            ("get wh_1", "wh_1"), ("get 'Team Slack'  ", "'Team Slack'"), (#"echo "a \" b" c\ d"#, #"c\ d"#),
            ("one", "one"), ("if a\n  get b\nend", "end"), (#"x 'a\' b"#, "b"), ("x \"open quote", "\"open quote"),
        ])
    func lastWord(_ entry: String, _ word: String) {
        #expect(LastWords.last(of: entry) == word)
    }

    @Test("a blank entry has none")
    func none() {
        #expect(LastWords.last(of: "") == nil)
        #expect(LastWords.last(of: " \n ") == nil)
    }

    @Test("go back entry by entry, without the same one twice in a row")
    func older() {
        var words = LastWords(entries: ["a one", "", "b two", "c two", "three"])
        #expect(words.next() == "three")
        #expect(words.next() == "two")
        #expect(words.next() == "one")
        #expect(words.next() == nil)
        #expect(words.word == "one")
    }
}
