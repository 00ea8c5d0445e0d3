import Testing

@testable import LosslessJSON

@Suite("Large containers")
struct LargeContainerTests {
    /// Sizes around the one from which containers have tables.
    static let sizes = [0, 1, 2, 7, 8, 9, 15, 16, 17, 18, 31, 32, 33, 64, 65, 1000]

    private func object(_ names: some Sequence<String>) -> String {
        "{" + names.map { "\(JSON($0)):\(JSON($0))" }.joined(separator: ",") + "}"
    }

    @Test("every member is found by name and by place, and no other is", arguments: sizes)
    func members(_ size: Int) throws {
        let names = (0..<size).map { "name \($0)" }
        let json = try JSON(parsing: object(names))
        let members = try #require(json.object)
        #expect(members.count == size)
        #expect(members.keys == names)
        for (position, name) in names.enumerated() {
            #expect(json[name]?.string == name)
            #expect(members[position].name == name)
            #expect(members[position].value.string == name)
            #expect(members.position(of: name) == position)
        }
        #expect(json["name"] == nil)
        #expect(json["name \(size)"] == nil)
    }

    @Test("every element is found by index, whatever stands before it", arguments: sizes)
    func elements(_ size: Int) throws {
        let texts = (0..<size).map { $0 % 3 == 0 ? "[\($0),[]]" : $0 % 3 == 1 ? "{\"a\":\($0)}" : "\($0)" }
        let json = try JSON(parsing: "[" + texts.joined(separator: ",") + "]")
        #expect(json.array?.map(\.description) == texts)
        for (index, text) in texts.enumerated() { #expect(json[index]?.description == text) }
        #expect(json[size] == nil)
        #expect(json[-1] == nil)
    }

    @Test("a name that occurs twice is refused wherever the two are", arguments: sizes)
    func duplicates(_ size: Int) {
        for position in Set([0, size / 2, size - 1]) where position >= 0 && position < size {
            let names = (0..<size).map { "n\($0)" } + ["n\(position)"]
            let error = #expect(throws: JSONSyntaxError.self) { try JSON(parsing: object(names)) }
            #expect(error?.reason == .duplicateName("n\(position)"))
            let spelt = object(names.dropLast()).dropLast() + (size > 0 ? "," : "") + "\"\\u006e\(position)\":0}"
            #expect(throws: JSONSyntaxError.self) { try JSON(parsing: String(spelt)) }
        }
    }

    @Test("names that share length, beginning and end are told apart")
    func similarNames() throws {
        let names = (0..<200).map { "webhook_\(1000 + $0)_configuration" }
        let json = try JSON(parsing: object(names))
        for name in names { #expect(json[name]?.string == name) }
    }

    @Test("a hundred thousand members are read and found in passable time")
    func manyMembers() throws {
        let json = try JSON(parsing: object((0..<100_000).map { "n\($0)" }))
        #expect(json.count == 100_000)
        #expect(json["n99999"]?.string == "n99999")
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSON(parsing: object((0..<100_000).map { "n\($0)" } + ["n5"]))
        }
        #expect(error?.reason == .duplicateName("n5"))
    }

    @Test("tables of nested large containers do not get mixed up")
    func nested() throws {
        let inner = object((0..<20).map { "i\($0)" })
        let json = try JSON(
            parsing: "{" + (0..<20).map { "\"o\($0)\":[\(inner),\(inner)]" }.joined(separator: ",") + "}")
        for outer in 0..<20 {
            #expect(json["o\(outer)"]?[1]?["i19"]?.string == "i19")
            #expect(json["o\(outer)"]?[0]?["o1"] == nil)
        }
    }
}
