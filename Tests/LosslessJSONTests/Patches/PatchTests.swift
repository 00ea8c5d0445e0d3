import Testing

@testable import LosslessJSON

@Suite("JSON patch, RFC 6902")
struct PatchTests {
    private func apply(_ patch: String, to document: String) throws -> String {
        let operations = try JSONPatchOperation.operations(of: JSON(parsing: patch))
        return try JSON(parsing: document).applying(operations).text()
    }

    /// RFC 6902, appendix A, in its order.
    @Test(
        "the RFC's examples give what it says",
        arguments: [
            (#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"foo":"bar","baz":"qux"}"#),
            (
                #"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
                #"{"foo":["bar","qux","baz"]}"#
            ),
            (#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
            (#"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#, #"{"foo":["bar","baz"]}"#),
            (
                #"{"baz":"qux","foo":"bar"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
                #"{"baz":"boo","foo":"bar"}"#
            ),
            (
                #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
                #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
                #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
            ),
            (
                #"{"foo":["all","grass","cows","eat"]}"#, #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
                #"{"foo":["all","cows","eat","grass"]}"#
            ),
            (
                #"{"baz":"qux","foo":["a",2,"c"]}"#,
                #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
                #"{"baz":"qux","foo":["a",2,"c"]}"#
            ),
            (
                #"{"foo":"bar"}"#, #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
                #"{"foo":"bar","child":{"grandchild":{}}}"#
            ),
            (
                #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux","xyz":123}]"#,
                #"{"foo":"bar","baz":"qux"}"#
            ),
            (#"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#),
            (
                #"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
                #"{"foo":["bar",["abc","def"]]}"#
            ),
            (
                #"{"a":[1]}"#, #"[{"op":"copy","from":"/a","path":"/b"},{"op":"add","path":"/b/0","value":0}]"#,
                #"{"a":[1],"b":[0,1]}"#
            ),
            (#"{"a":1}"#, #"[{"op":"replace","path":"","value":[]}]"#, "[]"),
            (#"{"a":1}"#, #"[{"op":"add","path":"","value":[]}]"#, "[]"),
            (#"{"a":1}"#, #"[{"op":"move","from":"/a","path":"/a"}]"#, #"{"a":1}"#),
            (#"{"a":{"b":1}}"#, #"[{"op":"copy","from":"/a","path":"/a/c"}]"#, #"{"a":{"b":1,"c":{"b":1}}}"#),
            (#"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a/b","path":"/a"}]"#, #"{"a":1}"#),
            (#"{"a":1}"#, #"[{"op":"test","path":"/a","value":1.0}]"#, #"{"a":1}"#),
        ])
    func examples(_ document: String, _ patch: String, _ expected: String) throws {
        #expect(try apply(patch, to: document) == expected)
    }

    @Test(
        "an operation that does not apply fails with its number, place and reason",
        arguments: [
            (#"{"op":"test","path":"/a","value":"bar"}"#, .testFailed(found: [1]), "a"),
            (#"{"op":"test","path":"/x","value":null}"#, .notFound, "x"),
            (#"{"op":"add","path":"/x/y","value":1}"#, .notFound, "x"),
            (#"{"op":"add","path":"/a/2","value":1}"#, .indexOutOfRange(count: 1), "a[2]"),
            (#"{"op":"add","path":"/b/c","value":1}"#, .notAContainer(.number), "b.c"),
            (#"{"op":"remove","path":"/x"}"#, .notFound, "x"),
            (#"{"op":"remove","path":"/a/-"}"#, .notFound, "a.-"),
            (#"{"op":"replace","path":"/x","value":1}"#, .notFound, "x"),
            (#"{"op":"replace","path":"/a/1","value":1}"#, .notFound, "a[1]"),
            (#"{"op":"move","from":"/a","path":"/a/0"}"#, .moveIntoItself, "a[0]"),
            (#"{"op":"move","from":"","path":"/a"}"#, .moveIntoItself, "a"),
            (#"{"op":"move","from":"/x","path":"/a"}"#, .notFound, "x"),
            (#"{"op":"copy","from":"/x","path":"/a"}"#, .notFound, "x"),
            (#"{"op":"remove","path":""}"#, .cannotRemoveRoot, "."),
        ] as [(String, JSONPatchError.Reason, String)])
    func failures(_ operation: String, _ reason: JSONPatchError.Reason, _ path: String) throws {
        let patch = #"[{"op":"add","path":"/z","value":0},\#(operation)]"#
        let error = #expect(throws: JSONPatchError.self) { try apply(patch, to: #"{"a":[1],"b":2}"#) }
        #expect(error?.reason == reason)
        #expect(error?.operation == 1)
        #expect(error?.path.description == path)
    }

    @Test(
        "a document that is no patch is refused with what is wrong",
        arguments: [
            ("{}", .notAnArray), ("[1]", .notAnObject), ("[{}]", .missing("op")),
            (#"[{"op":1,"path":""}]"#, .notText("op")),
            (#"[{"op":"spam","path":""}]"#, .unknownOperation("spam")), (#"[{"op":"remove"}]"#, .missing("path")),
            (#"[{"op":"add","path":"/a"}]"#, .missing("value")), (#"[{"op":"move","path":"/a"}]"#, .missing("from")),
            (#"[{"op":"remove","path":null}]"#, .notText("path")),
            (
                #"[{"op":"remove","path":"a"}]"#,
                .invalidPointer(member: "path", JSONPathError(reason: .pointerWithoutSlash, offset: 0))
            ),
        ] as [(String, JSONPatchFault)])
    func malformed(_ patch: String, _ fault: JSONPatchFault) throws {
        let error = #expect(throws: JSONPatchError.self) { try apply(patch, to: "{}") }
        #expect(error?.reason == .malformed(fault))
    }

    @Test("a null value is a value")
    func nullValue() throws {
        #expect(try apply(#"[{"op":"add","path":"/a","value":null}]"#, to: "{}") == #"{"a":null}"#)
    }

    @Test("operations print as they were read")
    func printed() throws {
        let patch = try JSON(
            parsing: #"""
                [{"op":"add","path":"/a/-","value":{"x":1.0}},{"op":"remove","path":"/b~1c"},{"op":"replace","path":"","value":[]},
                {"op":"move","path":"/b","from":"/a/0"},{"op":"copy","path":"/b","from":"/a"},{"op":"test","path":"/0","value":null}]
                """#)
        let operations = try JSONPatchOperation.operations(of: patch)
        #expect(JSON(operations.compactMap(\.json)).isSpelledLike(patch))
        #expect(JSONPatchOperation.remove(["a", .any]).json == nil)
    }
}
