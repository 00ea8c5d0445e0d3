import LosslessJSON
import Testing
import Yams

@testable import Shell

@Suite("YAML output")
struct YamlTests {
    @Test(
        "a text is read back as the same text",
        arguments: [
            "", " ", "a", "no", "Yes", "null", "~", "1", "1.0", "+15551234567", "0x1F", "1e3", "2025-01-01", "a: b",
            "- a", "#a",
            "a #b", "*a", "&a", "!a", "{a}", "[a]", "'a'", "\"a\"", "a\nb", "a\tb", "\u{1B}[0m", "\u{202E}", "é", "監視",
            "trailing ",
            " leading", "xoxb-1234567890-abcdefghij", "12:30:45", "=", "<<", "%a", "@a", "`a", "a,b", "?", ".inf",
            "nan",
        ])
    func scalars(_ text: String) throws {
        let yaml = YamlWriter.text(of: ["value": JSON(text)])
        let node = try #require(try Yams.compose(yaml: yaml)?["value"])
        #expect(node.string == text)
        #expect(node.tag == Tag(.str) || Resolver.default.resolveTag(of: node) == .str, "\(yaml)")
    }

    @Test("order, nesting and number spelling are kept")
    func structure() throws {
        let document = try JSON(
            parsing: #"{"b":[{"x":1.0,"y":[]},[1e3,[true]]],"a":{},"c":{"d":{"e":null}}}"#)
        #expect(
            YamlWriter.text(of: document)
                == """
                b:
                - x: 1.0
                  "y": []
                - - 1e3
                  - - true
                a: {}
                c:
                  d:
                    e: null

                """)
    }

    @Test("a masked secret is written as one to keep")
    func keep() {
        #expect(YamlWriter.text(of: ["token": "••••1a2b"], keepsMasked: true) == "token: !keep \"••••1a2b\"\n")
    }
}
