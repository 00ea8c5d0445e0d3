import Testing

@testable import LosslessJSON

@Suite("Editing")
struct EditingTests {
    /// `text` after setting `value` at `path`; an error's description if that fails. Whether it was read or made may not
    /// matter.
    private func set(_ value: JSON, _ path: String, in text: String) throws -> String {
        var results: Set<String> = []
        for json in [try JSON(parsing: text), try made(text)] {
            var json = json
            do {
                try json.set(value, at: try JSONPath(parsing: path))
                results.insert(json.text())
            } catch let error as JSONPatchError {
                #expect(json.text() == text, "a failed edit changed the value")
                results.insert("\(error.reason) at \(error.path)")
            }
        }
        #expect(results.count == 1)
        return results.first ?? ""
    }

    private func made(_ text: String) throws -> JSON {
        func copy(_ json: JSON) -> JSON {
            switch json.kind {
            case .array: JSON(json.array!.map(copy))
            case .object: JSON(JSONObject(json.object!.map { ($0.name, copy($0.value)) }))
            default: json
            }
        }
        return copy(try JSON(parsing: text))
    }

    @Test(
        "set replaces what is there, and makes what is missing on the way",
        arguments: [
            (#"{"a":1}"#, "a", #"{"a":"v"}"#), (#"{"a":1}"#, "b", #"{"a":1,"b":"v"}"#),
            (#"{"a":1}"#, "b.c.d", #"{"a":1,"b":{"c":{"d":"v"}}}"#), ("{}", "a[0].b", #"{"a":[{"b":"v"}]}"#),
            ("[1,2]", "[0]", #"["v",2]"#), ("[1,2]", "[2]", #"[1,2,"v"]"#), ("[1,2]", "/-", #"[1,2,"v"]"#),
            ("[]", "[0]", #"["v"]"#), ("[[1],[2]]", "[1][0]", #"[[1],["v"]]"#), ("[]", "[0].a", #"[{"a":"v"}]"#),
            (#"{"a":{"b":{"c":1,"d":2}}}"#, "a.b.c", #"{"a":{"b":{"c":"v","d":2}}}"#), ("1", ".", #""v""#),
            (#"{"a":[1,2]}"#, "a.1", #"{"a":[1,"v"]}"#), (#"{"0":1}"#, "/0", #"{"0":"v"}"#),
            (#"{}"#, "[\"a.b\"]", #"{"a.b":"v"}"#),
        ])
    func set(_ text: String, _ path: String, _ expected: String) throws {
        #expect(try set("v", path, in: text) == expected)
    }

    @Test(
        "set refuses what has no place, and changes nothing",
        arguments: [
            ("[1]", "[2]", "indexOutOfRange(count: 1) at [2]"),
            ("[1]", "a", "notAContainer(\(JSON.Kind.self).array) at a"),
            (#"{"a":1}"#, "a.b", "notAContainer(\(JSON.Kind.self).number) at a.b"),
            (#"{"a":null}"#, "a.b.c", "notAContainer(\(JSON.Kind.self).null) at a.b"),
            (#"{"a":"x"}"#, "a[0]", "notAContainer(\(JSON.Kind.self).string) at a[0]"),
            ("{}", "a[1]", "indexOutOfRange(count: 0) at a[1]"),
            ("[[]]", "[0][5]", "indexOutOfRange(count: 0) at [0][5]"), ("[1]", "*", "notConcrete at *"),
            ("{}", "a[0][1].b", "indexOutOfRange(count: 0) at a[0][1]"),
        ])
    func refuses(_ text: String, _ path: String, _ expected: String) throws {
        let expected = expected.replacing("\(JSON.Kind.self).", with: "LosslessJSON.JSON.Kind.")
        #expect(try set("v", path, in: text) == expected)
    }

    @Test("remove takes a member or element away and closes the gap")
    func remove() throws {
        var json = try JSON(parsing: #"{"a":[1,2,3],"b":{"c":1},"d":4}"#)
        try json.remove(at: JSONPath(parsing: "a[1]"))
        try json.remove(at: JSONPath(parsing: "b.c"))
        try json.remove(at: JSONPath(parsing: "d"))
        #expect(json.text() == #"{"a":[1,3],"b":{}}"#)
    }

    @Test(
        "remove refuses what is not there, and changes nothing",
        arguments: [
            ("b", .notFound), ("a[3]", .notFound), ("/a/-", .notFound), ("a.x", .notAContainer(.array)),
            ("c.x", .notAContainer(.number)),
            (".", .cannotRemoveRoot), ("a[*]", .notConcrete), ("b.c.d", .notFound),
        ] as [(String, JSONPatchError.Reason)])
    func removeRefuses(_ path: String, _ reason: JSONPatchError.Reason) throws {
        let original = try JSON(parsing: #"{"a":[1,2,3],"c":1}"#)
        var json = original
        let error = #expect(throws: JSONPatchError.self) { try json.remove(at: JSONPath(parsing: path)) }
        #expect(error?.reason == reason)
        #expect(json == original)
    }

    @Test("a changed copy leaves the original as it was")
    func copies() throws {
        var first: JSON = ["a": ["b": [1, 2]]]
        let second = first
        try first.set(3, at: ["a", "b", 0])
        #expect(second == ["a": ["b": [1, 2]]])
        #expect(first == ["a": ["b": [3, 2]]])
    }

    @Test("an edit changes a tree in place when nobody else holds it")
    func inPlace() throws {
        var json: JSON = [["a": 1], ["a": 2]]
        func identity() -> [ObjectIdentifier] {
            guard case .array(let outer) = json.storage, case .object(let inner) = outer.elements[1].storage else {
                return []
            }
            return [ObjectIdentifier(outer), ObjectIdentifier(inner)]
        }
        let before = identity()
        #expect(before.count == 2)
        try json.set(3, at: [1, "a"])
        try json.set(4, at: [1, "b"])
        #expect(identity() == before)
    }

    @Test("twenty thousand edits of a long list take passable time")
    func manyEdits() throws {
        var json = try JSON(parsing: "[" + (0..<20_000).map { #"{"id":\#($0)}"# }.joined(separator: ",") + "]")
        for index in 0..<20_000 { try json.set("x", at: [.index(index), "id"]) }
        #expect(json[19_999]?["id"] == "x")
    }
}
