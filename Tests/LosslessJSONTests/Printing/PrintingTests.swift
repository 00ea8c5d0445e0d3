import Testing

@testable import LosslessJSON

@Suite("Printing")
struct PrintingTests {
    static let value: JSON = ["name": "a", "list": [1, 2.5, [], [nil]], "empty": [:], "inner": ["yes": true]]

    @Test("pretty puts each element and member on a line of its own, two blanks a level")
    func pretty() throws {
        let expected = """
            {
              "name": "a",
              "list": [
                1,
                2.5,
                [],
                [
                  null
                ]
              ],
              "empty": {},
              "inner": {
                "yes": true
              }
            }
            """
        #expect(Self.value.text(.pretty) == expected)
        #expect(try JSON(parsing: Self.value.bytes()).text(.pretty) == expected)
    }

    @Test("pretty indents a read part inside a made tree")
    func prettyMixed() throws {
        let part = try JSON(parsing: #"{"a":[1,{}]}"#)
        #expect(JSON([part, 2]).text(.pretty) == "[\n  {\n    \"a\": [\n      1,\n      {}\n    ]\n  },\n  2\n]")
    }

    @Test("compact has no white space but what strings hold")
    func compact() throws {
        #expect(Self.value.text() == #"{"name":"a","list":[1,2.5,[],[null]],"empty":{},"inner":{"yes":true}}"#)
        #expect(
            try JSON(parsing: " [ 1 ,\n\t\"a  b\" , { } ,{\"x\" : [ ] }\r\n] ").text() == #"[1,"a  b",{},{"x":[]}]"#)
        #expect("\(Self.value)" == Self.value.text(.compact))
    }

    @Test("the source style keeps a read part's white space inside a made tree")
    func sourceMixed() throws {
        let list = try JSON(parsing: "[ {\"a\" : 1}, {\"b\" : 2} ]")
        var edited = list
        try edited.set(3, at: [0, "a"])
        #expect(edited.text(.source) == #"[{"a":3},{"b" : 2}]"#)
    }

    @Test("scalars print alone", arguments: ["null", "true", "false", "-1.50", "\"a\\n\"", "[]", "{}"])
    func scalars(_ text: String) throws {
        for style in JSONStyle.allCases { #expect(try JSON(parsing: " \(text) ").text(style) == text) }
    }

    @Test("made text is escaped only where RFC 8259 demands it")
    func escapes() {
        #expect(
            JSON("\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}é\u{2028}😀").text() == #""\"\\/\b\f\n\r\t\u0000\u001f"#
                + "\u{7F}é\u{2028}😀\"")
        #expect(JSON("").text() == "\"\"")
    }
}
