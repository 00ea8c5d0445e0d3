import Testing

@testable import LosslessJSON

@Suite("UTF-8")
struct UTF8Tests {
    /// Whether the bytes pass inside a string, wherever in it they stand; nil if that differs.
    private func passes(_ bytes: [UInt8]) -> Bool? {
        let contexts: [(before: String, after: String)] = [
            ("", ""), ("1234567", ""), ("", " and some more text"), ("é", "é"),
        ]
        let results = contexts.map { context in
            let text = Array("\"\(context.before)".utf8) + bytes + Array("\(context.after)\"".utf8)
            return (try? JSON(parsing: text)) != nil
        }
        return Set(results).count == 1 ? results[0] : nil
    }

    private func isValid(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    @Test("every pair of bytes beyond ASCII passes exactly if it is UTF-8")
    func pairs() {
        for first in UInt8(0x80)...0xFF {
            for second in UInt8(0x7F)...0xFF where passes([first, second]) != isValid([first, second]) {
                Issue.record("\([first, second])")
            }
        }
    }

    @Test("at every border of table 3-7, three and four bytes pass exactly if they are UTF-8")
    func borders() {
        let leads: [UInt8] = [0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF]
        let others: [UInt8] = [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0]
        for lead in leads {
            for second in others {
                for third in others {
                    check([lead, second, third])
                    for fourth in others { check([lead, second, third, fourth]) }
                }
            }
        }
    }

    private func check(_ bytes: [UInt8]) {
        guard passes(bytes) != isValid(bytes) else { return }
        Issue.record("\(bytes)")
    }

    @Test("a character cut off by the end of the text is refused", arguments: ["é", "漢", "😀"])
    func cutOff(_ character: String) {
        let bytes = Array("\"\(character)".utf8)
        for end in 2..<bytes.count {
            let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: bytes[..<end]) }
            #expect(error?.reason == .invalidUTF8(bytes[1]))
        }
    }

    @Test("every character is read as itself")
    func everyCharacter() throws {
        // In rows, as a text for each would take long.
        let scalars = (UInt32(0x20)...0x10FFFF).compactMap(Unicode.Scalar.init)
        for start in stride(from: 0, to: scalars.count, by: 4096) {
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars[start..<min(start + 4096, scalars.count)])
            let json = try JSON(parsing: JSON(text).bytes())
            #expect(json.string.map { Array($0.utf8) } == Array(text.utf8))
        }
    }
}
