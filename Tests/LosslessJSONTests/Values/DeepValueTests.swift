import Testing

@testable import LosslessJSON

/// A depth that any recursion would pay for with the stack.
private let depth = 40_000

@Suite("Deep values")
struct DeepValueTests {
    private static let limits = JSONLimits(maximumDepth: .max)

    private func text(_ core: String, isObject: Bool) -> String {
        isObject
            ? String(repeating: "{\"a\":", count: depth) + core + String(repeating: "}", count: depth)
            : String(repeating: "[", count: depth) + core + String(repeating: "]", count: depth)
    }

    private func made(_ core: JSON, isObject: Bool) -> JSON {
        (0..<depth).reduce(core) { json, _ in isObject ? JSON(JSONObject([("a", json)])) : JSON([json]) }
    }

    @Test("a deep text is read, printed, compared, hashed and let go", arguments: [false, true])
    func read(isObject: Bool) throws {
        let text = text("1", isObject: isObject)
        let json = try JSON(parsing: text, limits: Self.limits)
        #expect(json.text() == text)
        let spelt = try JSON(parsing: self.text("1.0", isObject: isObject), limits: Self.limits)
        #expect(json == spelt)
        #expect(json.hashValue == spelt.hashValue)
        #expect(json != (try JSON(parsing: self.text("2", isObject: isObject), limits: Self.limits)))
    }

    @Test("a deep tree is made, printed, compared, hashed and let go", arguments: [false, true])
    func owned(isObject: Bool) throws {
        let json = made(1, isObject: isObject)
        #expect(json.text() == text("1", isObject: isObject))
        #expect(json == made(1, isObject: isObject))
        #expect(json == (try JSON(parsing: text("1.0", isObject: isObject), limits: Self.limits)))
        #expect(json.hashValue == made(1, isObject: isObject).hashValue)
        #expect(json != made(2, isObject: isObject))
    }

    @Test("a deep tree is let go when parts of it are still held", arguments: [false, true])
    func shared(isObject: Bool) {
        var outer: JSON? = made(1, isObject: isObject)
        var inner = outer?.children.first?.value.children.first?.value
        outer = nil
        #expect(inner?.count == 1)
        inner = nil
    }

    @Test("a deep place is set and removed")
    func edited() throws {
        var json = made([1, 2], isObject: false)
        let path = JSONPath(Array(repeating: .index(0), count: depth) + [.index(1)])
        try json.set("new", at: path)
        #expect(json.value(at: path) == "new")
        try json.remove(at: path)
        #expect(json == made([1], isObject: false))
    }

    @Test("a missing deep place is made")
    func created() throws {
        var json: JSON = [:]
        let path = JSONPath(Array(repeating: .name("a"), count: depth))
        try json.set(1, at: path)
        #expect(json.text() == text("1", isObject: true))
    }
}
