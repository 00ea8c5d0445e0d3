import Testing

@testable import LosslessJSON

@Suite("JSON pointers")
struct PointerTests {
    /// RFC 6901 §5.
    @Test("the RFC's examples find what it says")
    func examples() throws {
        let document = try JSON(
            parsing: #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#)
        let expected: [(String, JSON)] = [
            ("", document), ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2),
            ("/e^f", 3),
            ("/g|h", 4), ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
        ]
        for (pointer, value) in expected {
            let path = try JSONPath(pointer: pointer)
            #expect(document.value(at: path) == value)
            #expect(path.pointer == pointer)
        }
    }

    @Test("~01 is ~1, not a slash")
    func escapeOrder() throws {
        #expect(try JSONPath(pointer: "/~01") == ["~1"])
        #expect(JSONPath(["~1"]).pointer == "/~01")
    }

    @Test("a number is an index in an array and a name in an object")
    func numbers() throws {
        let path = try JSONPath(pointer: "/0")
        #expect(JSON(["first"]).value(at: path) == "first")
        #expect(JSON(["0": "member"]).value(at: path) == "member")
        #expect(JSON(["first"]).value(at: ["0"]) == "first")
    }

    @Test(
        "a leading zero, a sign or a dash finds no element",
        arguments: ["/00", "/01", "/-1", "/+1", "/-", "/1e0", "/ 0", "/"])
    func noIndex(_ pointer: String) throws {
        #expect(try JSON(["a", "b"]).value(at: JSONPath(pointer: pointer)) == nil)
    }

    @Test("a pointer without its slash is refused; a path with * has none")
    func refused() {
        let error = #expect(throws: JSONPathError.self) { try JSONPath(pointer: "a/b") }
        #expect(error == JSONPathError(reason: .pointerWithoutSlash, offset: 0))
        #expect(JSONPath(["a", .any]).pointer == nil)
    }
}
