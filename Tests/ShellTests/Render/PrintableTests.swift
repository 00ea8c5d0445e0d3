import LosslessJSON
import Testing

@testable import Shell

@Suite("Text that is safe to show")
struct PrintableTests {
    @Test(
        "control, bidi and zero-width characters are shown as escapes",
        arguments: [
            ("\u{1B}[31mred", "\\u{1B}[31mred"), ("a\nb\tc", "a\\nb\\tc"), ("\u{7F}", "\\u{7F}"),
            ("\u{9B}1m", "\\u{9B}1m"),
            ("a\u{202E}b", "a\\u{202E}b"), ("a\u{200B}b", "a\\u{200B}b"), ("\u{FEFF}", "\\u{FEFF}"),
            ("\u{E0041}", "\\u{E0041}"),
        ])
    func escapes(_ text: String, _ shown: String) {
        #expect(Printable.escaped(text) == shown)
    }

    @Test("other text stays as it is", arguments: ["", "plain", "Überwachung 監視", "🎉 e\u{301}"])
    func plain(_ text: String) {
        #expect(Printable.escaped(text) == text)
    }

    @Test("JSON keeps its value and loses its danger, for every scalar that is unsafe")
    func json() throws {
        for value in (0...0x2FFF).map(UInt32.init) + [0xFEFF, 0xFFFB, 0xE0001, 0xE007F] {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let json = JSON(String(scalar))
            let text = Printable.escapedJSON(json.text(.compact))
            #expect(try JSON(parsing: text) == json)
            #expect(!text.unicodeScalars.contains(where: Printable.isUnsafe), "\(value)")
        }
    }
}
