import Testing

@testable import LosslessJSON

@Suite("RFC 8259's grammar")
struct GrammarTests {
    @Test(
        "a text of the grammar is read as what it says",
        arguments: [
            "null", "true", "false", "0", "-0", "1", "-1", "10", "1.0", "-0.0", "1.50", "0e0", "0E+0", "1e3", "1E-3",
            "1e+03", "-1.5e300", "9007199254740993", "123456789012345678901234567890", "\"\"", "\"a\"", " null",
            "null ",
            "\t\r\n 1 \n", "[]", "[ ]", "[\n]", "{}", "{ }", "[1]", "[1,2]", "[ 1 , 2 ]", "[[]]", "[[],[]]", "[{}]",
            "{\"a\":1}", "{ \"a\" : 1 , \"b\" : 2 }", "{\"\":1}", "{\"a\":{\"a\":{\"a\":[]}}}", "{\"a\":1,\"A\":2}",
            "[null,true,false,\"\",0,{},[]]", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0000\"", "\"\\u00e9\\u00E9\"",
            "\"\\ud83d\\ude00\"", "\"\\uD83D\\uDE00\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
            "\"\\ud800\\ud83d\\ude00\"",
            "\"\\ud800\\n\"", "\"\\ud800u0041\"", "\"é漢😀\"", "\"\u{7F}\u{2028}\u{FEFF}\u{10FFFF}\"", "\"/\"",
            "\"seven77\"", "\"eight888\"", "\"nine99999\"", "\"a string of more than sixteen bytes\"",
            "\"12345678\\n\"",
            "\"1234567é\"", "\"12345678é and more after it\"", "\"éééééééééééééééé\"", "[1,[2,[3,[4,[5]]]]]",
            "{\"\\u0061\":1,\"b\":2}", "{\"e\u{301}\":1,\"é\":2}",
        ])
    func accepts(_ text: String) throws {
        let bytes = Array(text.utf8)
        let expected = try #require(ReferenceParser.parse(bytes))
        #expect(parsed(bytes) == expected)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", " ", "\n", "nul", "nulll", "Null", "True", "tru", "fals", "truefalse", "NaN", "Infinity", "-Infinity",
            "undefined", "00", "01", "-01", "-", "+1", "1.", ".5", "-.5", "1.e3", "1e", "1e+", "1e-", "0x10", "1_000",
            "1,000", "1 2", "--1", "1.2.3", "1e3.5", "1e3e3", "0b1", "1f", "'a'", "a", "\"", "\"a", "a\"", "\"\\\"",
            "\"\\x\"", "\"\\a\"", "\"\\'\"", "\"\\u\"", "\"\\u1\"", "\"\\u12\"", "\"\\u123\"", "\"\\u123g\"",
            "\"\\U0041\"", "\"\\u+123\"", "\"\\\n\"", "\"\n\"", "\"\t\"", "\"\u{0}\"", "\"\u{1F}\"",
            "\"12345678\u{1}\"",
            "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1;2]", "[1]]", "[[1]", "[}", "[1}", "{",
            "}", "{]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{,\"a\":1}", "{\"a\"}",
            "{\"a\":}", "{\"a\" 1}", "{\"a\"::1}", "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}", "{a:1}", "{'a':1}",
            "{1:1}", "{null:1}", "{[]:1}", "{\"a\":1}}", "[1]//", "[1]/**/", "/**/1", "#1", "[1]#", "1\u{A0}",
            "\u{FEFF}1", "\u{FEFF}", "[\u{FEFF}1]", "\u{2028}1", "1\u{B}", "\u{C}1", "[\u{0}]", "1\u{0}", "\u{0}",
            "{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":1,\"\\u0061\":2}", "{\"\\u0061\":1,\"a\":2}",
            "{\"\\ud800\":1,\"\\ud801\":2}", "{\"\":1,\"\":2}", "[{\"a\":{\"b\":1,\"b\":1}}]",
        ])
    func refuses(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(ReferenceParser.parse(bytes) == nil || text.hasPrefix("\u{FEFF}"))
        #expect(throws: JSONSyntaxError.self) { try JSON(parsing: bytes) }
    }

    @Test(
        "every short text over some of the grammar's characters is read as the reference reads it, or refused as it does",
        arguments: [("{}[]:,\"1 ", 5), ("01-+.eE", 5), ("\\u\"d8n", 6)])
    func exhaustive(_ alphabet: String, _ length: Int) {
        // The third stands inside quotes.
        let quote = alphabet.contains("u") ? [Byte.quote] : []
        var contents: [[UInt8]] = [[]]
        for _ in 0..<length {
            contents = contents.flatMap { content in Array(alphabet.utf8).map { content + [$0] } }
            let wrong = contents.first { content in
                let text = quote + content + quote
                return parsed(text) != ReferenceParser.parse(text)
            }
            #expect(wrong == nil, "\(String(decoding: wrong ?? [], as: UTF8.self))")
        }
    }

    @Test("every \\u escape, alone, is its code unit")
    func everyUnicodeEscape() throws {
        for unit in UInt16.min...UInt16.max {
            let digits = String(unit, radix: 16)
            let text = "\"\\u" + String(repeating: "0", count: 4 - digits.count) + digits + "\""
            let read = try JSON(parsing: text).string
            guard read.map({ Array($0.utf8) }) != Array(String(decoding: [unit], as: UTF16.self).utf8) else { continue }
            Issue.record("\(text) was read as \(read ?? "nothing")")
        }
    }

    @Test("damaged texts are read as the reference reads them, or refused as it does", arguments: 0..<40)
    func damaged(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let value = generator.value(depth: 3)
            var bytes = Array(generator.spelling(of: value).utf8)
            for _ in 0..<Int.random(in: 0...2, using: &generator) where !bytes.isEmpty { damage(&bytes, &generator) }
            guard parsed(bytes) != ReferenceParser.parse(bytes) else { continue }
            Issue.record("\(bytes)")
        }
    }

    private func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 2: bytes.insert(generator.pick(Array("{}[]:,\"\\0-.eu \n".utf8)), at: place)
        default: bytes.removeSubrange(place...)
        }
    }
}
