import Testing

@testable import LosslessJSON

/// In the inputs, ▶ marks the place that the error must name.
@Suite("Syntax errors")
struct SyntaxErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let marked: String
        let reason: JSONSyntaxError.Reason
        var testDescription: String { marked }

        init(_ marked: String, _ reason: JSONSyntaxError.Reason) {
            self.marked = marked
            self.reason = reason
        }
    }

    @Test(
        "an error says what is wrong and where",
        arguments: [
            Case("▶", .empty),
            Case(" \n ▶", .empty),
            Case("▶\u{FEFF}{}", .byteOrderMark),
            Case("{} ▶x", .trailingContent),
            Case("1 ▶2", .trailingContent),
            Case("[1,▶]", .unexpectedCharacter("]", expected: .value)),
            Case("[▶,1]", .unexpectedCharacter(",", expected: .valueOrArrayEnd)),
            Case("[1 ▶2]", .unexpectedCharacter("2", expected: .commaOrArrayEnd)),
            Case("[1▶}", .unexpectedCharacter("}", expected: .commaOrArrayEnd)),
            Case("[1,▶", .unexpectedEnd(expected: .value)),
            Case("[1▶", .unexpectedEnd(expected: .commaOrArrayEnd)),
            Case("[▶", .unexpectedEnd(expected: .valueOrArrayEnd)),
            Case("{▶a:1}", .unexpectedCharacter("a", expected: .nameOrObjectEnd)),
            Case("{\"a\" ▶1}", .unexpectedCharacter("1", expected: .colon)),
            Case("{\"a\":▶}", .unexpectedCharacter("}", expected: .value)),
            Case("{\"a\":1▶;}", .unexpectedCharacter(";", expected: .commaOrObjectEnd)),
            Case("{\"a\":1,▶}", .unexpectedCharacter("}", expected: .name)),
            Case("{\"a\":1▶", .unexpectedEnd(expected: .commaOrObjectEnd)),
            Case("{\"a\"▶", .unexpectedEnd(expected: .colon)),
            Case("{\"a\":▶", .unexpectedEnd(expected: .value)),
            Case("{▶", .unexpectedEnd(expected: .nameOrObjectEnd)),
            Case("[▶'a']", .unexpectedCharacter("'", expected: .valueOrArrayEnd)),
            Case("[▶é]", .unexpectedCharacter("é", expected: .valueOrArrayEnd)),
            Case("\"abc▶", .unexpectedEnd(expected: .closingQuote)),
            Case("\"abc\\▶", .unexpectedEnd(expected: .escape)),
            Case("\"a▶\\x\"", .invalidEscape("x")),
            Case("\"a▶\\é\"", .invalidEscape("é")),
            Case("\"\\u00▶zz\"", .unexpectedCharacter("z", expected: .hexDigit)),
            Case("\"\\u00▶\"", .unexpectedCharacter("\"", expected: .hexDigit)),
            Case("\"\\u00▶", .unexpectedEnd(expected: .hexDigit)),
            Case("\"tab▶\t\"", .controlCharacter(9)),
            Case("\"longer than a word▶\n\"", .controlCharacter(10)),
            Case("tru▶", .unexpectedEnd(expected: .literal)),
            Case("▶trx", .invalidLiteral),
            Case("[▶nothing]", .invalidLiteral),
            Case("-▶x", .unexpectedCharacter("x", expected: .digit)),
            Case("1.▶", .unexpectedEnd(expected: .digit)),
            Case("1e+▶", .unexpectedEnd(expected: .digit)),
            Case("[1.▶]", .unexpectedCharacter("]", expected: .digit)),
            Case("▶01", .leadingZero),
            Case("-▶00", .leadingZero),
            Case("{\"a\":1,▶\"a\":2}", .duplicateName("a")),
            Case("{\"a\":1, ▶\"\\u0061\":2}", .duplicateName("a")),
        ])
    func reasonAndOffset(_ example: Case) {
        let text = example.marked.replacing("▶", with: "")
        let offset = example.marked.utf8.firstRange(of: "▶".utf8).map {
            example.marked.utf8.distance(from: example.marked.startIndex, to: $0.lowerBound)
        }
        let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: text) }
        #expect(error?.reason == example.reason)
        #expect(error?.offset == offset)
    }

    @Test(
        "line and column count from 1, columns in Unicode scalars",
        arguments: [
            ("x", 1, 1), (" x", 1, 2), ("\nx", 2, 1), ("[\n  x", 2, 3), ("[\r\n x", 2, 2), ("[\r x", 2, 2),
            ("[\n\r\n\rx", 4, 1), ("[\"é\", x", 1, 7), ("[\"😀\",x", 1, 6), ("[\"e\u{301}\",x", 1, 7),
            ("[\n1,\n2,\nx]", 4, 1),
        ])
    func lineAndColumn(_ text: String, line: Int, column: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: text) }
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test(
        "an invalid byte is named with its place",
        arguments: [[0x80], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func invalidBytes(_ bytes: [UInt8]) {
        let inside = #expect(throws: JSONSyntaxError.self) {
            try JSON(parsing: Array("[\"ab".utf8) + bytes + Array("\"]".utf8))
        }
        #expect(inside?.reason == .invalidUTF8(bytes[0]))
        #expect(inside?.offset == 4)
        let outside = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: Array("[1, ".utf8) + bytes) }
        #expect(outside?.reason == .invalidUTF8(bytes[0]))
        #expect(outside?.offset == 4)
    }

    @Test("a text that is cut off anywhere is refused, and the error lies within it")
    func cutOff() throws {
        let text = Array(#"{"a": [1.5e3, true, null, "x\u00e9\n"], "b": {"c": "é漢😀", "d": -0}}"#.utf8)
        for end in 0..<text.count {
            let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: text[..<end]) }
            #expect((error?.offset ?? .max) <= end)
        }
    }
}
