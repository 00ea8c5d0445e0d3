import Testing

@testable import LosslessJSON

@Suite("Objects")
struct ObjectTests {
    private func object(_ text: String) throws -> JSONObject { try #require(JSON(parsing: text).object) }

    @Test("setting a member keeps its place and its name's spelling; a new one goes last")
    func set() throws {
        var members = try object(#"{"a": 1, "\u0062": 2, "c": 3}"#)
        members["b"] = "new"
        members["d"] = [1]
        members["a"] = .null
        #expect(JSON(members).text() == #"{"a":null,"\u0062":"new","c":3,"d":[1]}"#)
    }

    @Test("nil removes a member, and nothing if it is not there")
    func remove() throws {
        var members = try object(#"{"a":1,"b":2,"c":3}"#)
        members["b"] = nil
        members["x"] = nil
        #expect(members.keys == ["a", "c"])
        #expect(members["b"] == nil)
        #expect(members["c"] == 3)
    }

    @Test("a changed copy leaves the original as it was")
    func copies() throws {
        let original = try object(#"{"a":1}"#)
        var first = original
        first["b"] = 2
        var second = first
        second["a"] = nil
        first["c"] = 3
        #expect(JSON(original).text() == #"{"a":1}"#)
        #expect(JSON(first).text() == #"{"a":1,"b":2,"c":3}"#)
        #expect(JSON(second).text() == #"{"b":2}"#)
    }

    @Test("of members with the same name the first one's place and the last one's value stay")
    func duplicates() {
        let made = JSONObject([("a", 1), ("b", 2), ("a", 3)])
        #expect(JSON(made).text() == #"{"a":3,"b":2}"#)
        let literal: JSON = ["x": 1, "y": 2, "x": 3]
        #expect(literal.text() == #"{"x":3,"y":2}"#)
    }

    @Test("names are the same only if every byte is: Unicode's canonical equivalents are two members")
    func canonicalEquivalents() throws {
        let text = "{\"\u{E9}\":1,\"e\u{301}\":2}"
        var members = try object(text)
        #expect(members["\u{E9}"] == 1)
        #expect(members["e\u{301}"] == 2)
        members["e\u{301}"] = 3
        #expect(JSON(members).text() == "{\"\u{E9}\":1,\"e\u{301}\":3}")
        for count in 0..<20 { members["filler \(count)"] = 0 }
        #expect(members["\u{E9}"] == 1)
        #expect(members["e\u{301}"] == 3)
    }

    @Test("a random run of edits gives what a plain list of pairs gives", arguments: 0..<20)
    func model(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var members = seed.isMultiple(of: 2) ? JSONObject() : try object(#"{"n0":0,"n1":1,"n2":2}"#)
        var model = members.map { ($0.name, $0.value) }
        for step in 0..<300 {
            let name = "n\(Int.random(in: 0..<40, using: &generator))"
            let place = model.firstIndex { $0.0 == name }
            if generator.oneIn(3) {
                members[name] = nil
                if let place { model.remove(at: place) }
            } else {
                members[name] = JSON(step)
                if let place { model[place].1 = JSON(step) } else { model.append((name, JSON(step))) }
            }
            #expect(members.count == model.count)
            #expect(members[name] == model.first { $0.0 == name }?.1)
        }
        #expect(members.keys == model.map(\.0))
        #expect(members.map(\.value) == model.map(\.1))
    }

    @Test("a hundred thousand members are set one by one in passable time")
    func many() {
        var members = JSONObject()
        for number in 0..<100_000 { members["n\(number)"] = JSON(number) }
        for number in 0..<100_000 { members["n\(number)"] = "again" }
        #expect(members.count == 100_000)
        #expect(members["n77777"] == "again")
    }
}
