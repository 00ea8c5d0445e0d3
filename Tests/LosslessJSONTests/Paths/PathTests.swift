import Testing

@testable import LosslessJSON

@Suite("Paths")
struct PathTests {
    @Test(
        "a path is read as its components and printed as it is typed",
        arguments: [
            (".", []), ("a", ["a"]), ("a.b", ["a", "b"]), ("a[0]", ["a", 0]), ("[0]", [0]), ("[0][12]", [0, 12]),
            ("channels[0].configs.headers.X-Team", ["channels", 0, "configs", "headers", "X-Team"]),
            ("channels.*.configs", ["channels", .any, "configs"]), ("*", [.any]), ("*.a", [.any, "a"]),
            ("a.*", ["a", .any]),
            ("a.0", ["a", "0"]), ("[\"a.b\"]", ["a.b"]), ("a[\"b c\"].d", ["a", "b c", "d"]), ("[\"\"]", [""]),
            ("[\"*\"]", ["*"]), ("[\"/a\"]", ["/a"]), ("a./b", ["a", "/b"]), ("[\"[0]\"]", ["[0]"]),
            ("[\"\\\"\"]", ["\""]),
            ("[\"it's\"]", ["it's"]), ("a\\b", ["a\\b"]), ("naïve.漢字.😀", ["naïve", "漢字", "😀"]),
            ("-", ["-"]), ("a:b@c", ["a:b@c"]), ("[\"\\n\"]", ["\n"]), ("$x", ["$x"]),
        ] as [(String, JSONPath)])
    func readAndPrinted(_ text: String, _ path: JSONPath) throws {
        #expect(try JSONPath(parsing: text) == path)
        #expect(path.description == text)
    }

    @Test(
        "other ways to write a path are read too",
        arguments: [
            ("a[*]", ["a", .any]), ("['a.b']", ["a.b"]), ("a['b\"c']", ["a", "b\"c"]), ("[\"a\"]", ["a"]),
            ("['']", [""]),
            ("[\"\\u0061\"]", ["a"]), ("/channels/0/configs/url", ["channels", 0, "configs", "url"]), ("/", [""]),
            ("/a~1b/m~0n", ["a/b", "m~n"]), ("[\"\\\\\"]", ["\\"]),
        ] as [(String, JSONPath)])
    func alternatives(_ text: String, _ path: JSONPath) throws {
        #expect(try JSONPath(parsing: text) == path)
    }

    /// In the inputs, ▶ marks the place that the error must name.
    @Test(
        "what is no path is refused with its place",
        arguments: [
            ("▶", .empty), ("a.▶", .emptyName), ("▶.a", .emptyName), ("a.▶.b", .emptyName), ("▶..", .emptyName),
            ("a.▶[0]", .emptyName), ("▶ ", .unexpectedCharacter(" ")), ("a▶ b", .unexpectedCharacter(" ")),
            ("a▶]", .unexpectedCharacter("]")), ("a▶\"b\"", .unexpectedCharacter("\"")),
            ("a▶*", .unexpectedCharacter("*")),
            ("*▶a", .unexpectedCharacter("a")), ("[0]▶a", .missingSeparator), ("[\"a\"]▶b", .missingSeparator),
            ("a▶[", .unclosedBracket), ("a▶[0", .unclosedBracket), ("a▶[\"b\"", .unclosedBracket),
            ("a[▶]", .invalidIndex("")), ("a[▶x]", .invalidIndex("x")), ("a[▶-1]", .invalidIndex("-1")),
            ("a[▶01]", .invalidIndex("01")), ("a[▶1.5]", .invalidIndex("1.5")), ("a[▶ 1]", .invalidIndex(" 1")),
            ("a[▶99999999999999999999]", .indexTooLarge("99999999999999999999")), ("[▶\"a]", .unclosedQuote),
            ("[▶'a]", .unclosedQuote), ("[▶\"a\\", .unclosedQuote), ("[\"a\"▶x]", .unexpectedCharacter("x")),
            ("[\"▶\\x\"]", .invalidEscape), ("[\"a▶\n\"]", .unexpectedCharacter("\n")), ("é.▶", .emptyName),
            ("/a▶~", .invalidPointerEscape), ("/a▶~2", .invalidPointerEscape), ("/~0▶~/x", .invalidPointerEscape),
        ] as [(String, JSONPathError.Reason)])
    func refused(_ marked: String, _ reason: JSONPathError.Reason) {
        let text = marked.replacing("▶", with: "")
        let offset = marked.utf8.firstRange(of: "▶".utf8).map {
            marked.utf8.distance(from: marked.startIndex, to: $0.lowerBound)
        }
        let error = #expect(throws: JSONPathError.self) { try JSONPath(parsing: text) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test("every text of up to six of a path's characters is a path that prints and reads as itself, or is refused")
    func exhaustive() {
        var texts = [""]
        for _ in 0..<6 {
            texts = texts.flatMap { text in ["a", "0", ".", "[", "]", "\"", "*"].map { text + $0 } }
            for text in texts {
                guard let path = try? JSONPath(parsing: text) else { continue }
                guard (try? JSONPath(parsing: path.description)) != path else { continue }
                Issue.record("\(text)")
            }
        }
    }

    @Test("every generated path reads back from its text and from its pointer", arguments: 0..<20)
    func generated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let components = (0..<Int.random(in: 0...4, using: &generator)).map { _ -> JSONPath.Component in
                generator.oneIn(3) ? .index(Int.random(in: 0...20, using: &generator)) : .name(generator.name())
            }
            let path = JSONPath(components)
            #expect(try JSONPath(parsing: path.description) == path)
            let pointer = try #require(path.pointer)
            #expect(try JSONPath(pointer: pointer).pointer == pointer)
        }
    }

    @Test("a path knows its parts")
    func parts() {
        let path: JSONPath = ["a", 0, "b"]
        #expect(path.first == "a")
        #expect(path.last == "b")
        #expect(path.dropFirst() == [0, "b"])
        #expect(path.starts(with: ["a"]))
        #expect(path.starts(with: path))
        #expect(path.starts(with: .root))
        #expect(!path.starts(with: ["a", "0"]))
        #expect(!JSONPath(["a"]).starts(with: path))
        #expect(path.appending("c").appending(1) == ["a", 0, "b", "c", 1])
        #expect(path.isConcrete)
        #expect(!path.appending(.any).isConcrete)
        #expect(JSONPath.root.first == nil)
        #expect(JSONPath.root.dropFirst().isEmpty)
        #expect(JSONPath(["\u{E9}"]) != JSONPath(["e\u{301}"]))
    }
}
