import Testing

@testable import LosslessJSON

@Suite("Equality")
struct EqualityTests {
    @Test(
        "values are equal by meaning, and then have the same hash",
        arguments: [
            (#"{"a":1,"b":2}"#, #"{ "b" : 2.0, "a" : 1e0 }"#),
            (#"{"\u0061":[1,{"x":null}]}"#, #"{"a":[1.0,{"x":null}]}"#),
            (#""\u00e9\/\n""#, "\"é/\\u000A\""),
            (#""\ud83d\ude00""#, "\"😀\""),
            (#"["\ud800"]"#, #"["\uD800"]"#),
            ("[]", " [ ] "), ("{}", "{ }"), ("true", " true "), ("-0", "0"),
            ("9007199254740993", "9007199254740993.0"),
        ])
    func equal(_ a: String, _ b: String) throws {
        let (a, b) = (try JSON(parsing: a), try JSON(parsing: b))
        #expect(a == b)
        #expect(a.hashValue == b.hashValue)
        #expect(Set([a, b]).count == 1)
    }

    @Test(
        "members may be left out of account by name, where they stand on top, and in the same order",
        arguments: [
            (#"{"a":1,"t":1}"#, #"{"a":1.0,"t":2}"#, true), (#"{"t":1,"a":1}"#, #"{"t":null,"a":1}"#, true),
            (#"{"a":1,"t":1}"#, #"{"t":1,"a":1}"#, false), (#"{"a":1,"t":1}"#, #"{"a":2,"t":1}"#, false),
            (#"{"a":1,"t":1}"#, #"{"a":1}"#, false), (#"{"a":{"t":1}}"#, #"{"a":{"t":2}}"#, false),
            (#"{"a":1,"t":1}"#, #"{"a":1,"u":1}"#, false), ("[1]", "[1.0]", true), ("[1]", "{}", false),
        ])
    func ignoring(_ a: String, _ b: String, _ isEqual: Bool) throws {
        #expect(try JSON(parsing: a).isEqual(to: try JSON(parsing: b), ignoring: ["t"]) == isEqual)
    }

    @Test(
        "a difference in meaning is one, however small",
        arguments: [
            ("1", "\"1\""), ("null", "false"), ("0", "false"), ("[]", "{}"), ("[1,2]", "[2,1]"), ("[1]", "[1,1]"),
            ("[[]]", "[]"),
            (#"{"a":1}"#, #"{"a":2}"#), (#"{"a":1}"#, #"{"b":1}"#), (#"{"a":1}"#, #"{"a":1,"b":1}"#),
            (#"{"a":null}"#, "{}"), ("9007199254740993", "9007199254740992"), ("\"\u{E9}\"", "\"e\u{301}\""),
            (#""\ud800""#, #""\ud801""#), (#""\ud800""#, "\"\u{FFFD}\""), ("\"a\"", "\"A\""), ("\"\"", "\"\\u0000\""),
            (#"{"a":{"b":[1,2,3]}}"#, #"{"a":{"b":[1,2,4]}}"#),
        ])
    func different(_ a: String, _ b: String) throws {
        #expect(try JSON(parsing: a) != JSON(parsing: b))
    }

    @Test(
        "a value equals every spelling of itself, read or made, and an edit of it only if it changed nothing",
        arguments: 0..<60)
    func generated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = generator.value()
        let spelt = try JSON(parsing: generator.spelling(of: value))
        #expect(spelt == value)
        #expect(value == spelt)
        #expect(spelt.hashValue == value.hashValue)
        let edited = generator.edited(spelt)
        #expect((edited == value) == JSON.changes(from: value, to: edited).isEmpty)
        if edited == value { #expect(edited.hashValue == value.hashValue) }
    }

    @Test("the order of a large object's members does not count")
    func largeObjects() throws {
        let members = (0..<500).map { ("n\($0)", JSON($0)) }
        let (a, b) = (JSON(JSONObject(members)), JSON(JSONObject(members.reversed())))
        let read = try JSON(parsing: b.bytes())
        #expect(a == b)
        #expect(a == read)
        #expect(read == a)
        #expect(Set([a, b, read]).count == 1)
    }

    @Test("spelt alike means the same bytes without white space")
    func spelling() throws {
        let json = try JSON(parsing: #"{ "a" : 1.0 }"#)
        #expect(json.isSpelledLike(try JSON(parsing: #"{"a":1.0}"#)))
        #expect(!json.isSpelledLike(try JSON(parsing: #"{"a":1}"#)))
        #expect(!json.isSpelledLike(try JSON(parsing: #"{"\u0061":1.0}"#)))
        #expect(json.isSpelledLike(["a": 1.0]))
    }
}
