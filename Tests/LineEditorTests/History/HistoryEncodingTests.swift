import TestSupport
import Testing

@testable import LineEditor

@Suite("The history file's format")
struct HistoryEncodingTests {
    @Test("spells line breaks and backslashes out")
    func escapes() {
        #expect(HistoryEncoding.line("a\\b\nc\rd\u{0}") == Array("a\\\\b\\nc\\rd\\0\n".utf8))
    }

    @Test("leaves escapes that it does not know as they are")
    func unknown() {
        #expect(HistoryEncoding.entry(Array(#"\q \"#.utf8)[...]) == #"\q \"#)
    }

    @Test("round-trips any text", arguments: 1...50)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet: [Unicode.Scalar] = ["\\", "n", "\n", "\r", "\u{0}", "0", "a", "é", "名", "😀", " "]
        var text = String.UnicodeScalarView()
        for _ in 0..<random.next() % 40 { text.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
        let entry = String(text) + "x"
        let line = HistoryEncoding.line(entry)
        #expect(line.dropLast().contains(0x0A) == false)
        #expect(HistoryEncoding.entries(line) == [entry])
        #expect(HistoryEncoding.entries(Array(line.dropLast())) == [])
    }
}
