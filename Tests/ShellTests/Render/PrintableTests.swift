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
            ("\u{E0041}", "\\u{E0041}"), ("Prod\u{FE0F}", "Prod\\u{FE0F}"), ("5\u{FE0E}", "5\\u{FE0E}"),
            ("\u{2800}", "\\u{2800}"), ("\u{E000}", "\\u{E000}"),
            ("\u{1D173}", "\\u{1D173}"), ("\u{E0100}", "\\u{E0100}"),
        ])
    func escapes(_ text: String, _ shown: String) {
        #expect(Printable.escaped(text) == shown)
    }

    @Test(
        "other text stays as it is",
        arguments: ["", "plain", "Überwachung 監視", "🎉 e\u{301}", "⚠\u{FE0F} ❤\u{FE0F} 𝄞 𠀀"])
    func plain(_ text: String) {
        #expect(Printable.escaped(text) == text)
    }

    @Test("JSON keeps its value and loses its danger, for every scalar that is unsafe")
    func json() throws {
        for value in (0...0x2FFF).map(UInt32.init) + [
            0xFDD0, 0xFE0F, 0xFEFF, 0xFFFB, 0x1D173, 0xE0001, 0xE007F, 0xE01EF, 0x1FFFE, 0x10FFFF,
        ] {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let json = JSON(String(scalar))
            let text = Printable.escapedJSON(json.text(.compact))
            #expect(try JSON(parsing: text) == json)
            #expect(!text.unicodeScalars.contains(where: Printable.isUnsafe), "\(value)")
        }
    }
}
