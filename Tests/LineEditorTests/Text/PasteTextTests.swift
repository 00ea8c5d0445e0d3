import Testing

@testable import LineEditor

@Suite("The text of a paste")
struct PasteTextTests {
    @Test(
        "has newlines for every line break, tabs, and no other control character",
        arguments: [
            ("a\rb", "a\nb"), ("a\r\nb", "a\nb"), ("a\nb", "a\nb"), ("a\n\rb", "a\n\nb"), ("a\tb", "a\tb"),
            ("a\u{1B}[31mb", "a[31mb"), ("a\u{0}\u{3}\u{4}\u{7F}b", "ab"),
            ("a\u{85}\u{9B}b", "ab"), ("名前 😀", "名前 😀"),
        ])
    func filter(pasted: String, expected: String) {
        #expect(PasteFilter.text(Array(pasted.utf8)) == expected)
    }

    @Test("is gathered from pieces of any size, and ends exactly at its mark", arguments: 1...12)
    func pieces(size: Int) {
        let bytes = Array("one\rtwo\u{1B}[201\u{1B}[201~rest\u{1B}[201~".utf8)
        var collector = PasteCollector(limit: 1000)
        var behind: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let piece = bytes[place..<min(place + size, bytes.count)]
            place += piece.count
            if let rest = collector.add(piece) {
                behind = Array(rest) + bytes[place...]
                break
            }
        }
        #expect(collector.text == "one\ntwo[201")
        #expect(behind == Array("rest\u{1B}[201~".utf8))
    }

    @Test("is refused whole when it is too long, and its end is still found")
    func tooLong() {
        var collector = PasteCollector(limit: 100)
        for _ in 0..<50 { #expect(collector.add(Array(repeating: 0x61, count: 7)[...]) == nil) }
        #expect(collector.add(Array("\u{1B}[20".utf8)[...]) == nil)
        #expect(collector.add(Array("1~x".utf8)[...]).map(Array.init) == [0x78])
        #expect(collector.isTooLong)
        #expect(collector.text == "")
    }
}

@Suite("Bytes of a terminal")
struct UTF8AccumulatorTests {
    private func text(_ bytes: [UInt8]) -> String {
        var accumulator = UTF8Accumulator()
        return String(String.UnicodeScalarView(bytes.flatMap { accumulator.add($0) }))
    }

    @Test("become scalars", arguments: ["a", "é", "名", "😀", "aé名😀z"])
    func valid(text expected: String) {
        #expect(text(Array(expected.utf8)) == expected)
    }

    @Test("that are no UTF-8 become replacement characters, and what follows is kept")
    func invalid() {
        #expect(text([0xFF, 0x61]) == "\u{FFFD}a")
        #expect(text([0xC3, 0x61]) == "\u{FFFD}a")
        #expect(text([0xE5, 0x90, 0xC3, 0xA9]) == "\u{FFFD}é")
        #expect(text([0xED, 0xA0, 0x80, 0x61]) == "\u{FFFD}a")
        #expect(text([0xC0, 0x80]) == "\u{FFFD}\u{FFFD}")
    }
}
