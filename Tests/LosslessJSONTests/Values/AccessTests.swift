import Testing

@testable import LosslessJSON

@Suite("Access")
struct AccessTests {
    static let text = #"{"n": null, "t": true, "f": false, "i": 42, "s": "a\u00e9\n", "a": [1, [2]], "o": {"x": {}}}"#

    /// The same value as a view and as an owned tree.
    static var both: [JSON] {
        get throws {
            let owned: JSON = [
                "n": nil, "t": true, "f": false, "i": 42, "s": "aé\n", "a": [1, [2]], "o": ["x": JSON(JSONObject())],
            ]
            return [try JSON(parsing: text), owned]
        }
    }

    @Test("each kind is known, and gives its value and no other's")
    func kinds() throws {
        for json in try Self.both {
            #expect(json.kind == .object)
            #expect(json.object?.map(\.value.kind) == [.null, .boolean, .boolean, .number, .string, .array, .object])
            #expect(json["n"]?.isNull == true)
            #expect(json["t"]?.boolean == true)
            #expect(json["f"]?.boolean == false)
            #expect(json["i"]?.number?.int == 42)
            #expect(json["s"]?.string == "aé\n")
            #expect(json["a"]?.array?.count == 2)
            #expect(json["a"]?[1]?[0]?.number?.int == 2)
            #expect(json["o"]?["x"]?.object?.isEmpty == true)
            #expect(json["a"]?.count == 2)
            for member in try #require(json.object) {
                #expect((member.value.boolean != nil) == (member.value.kind == .boolean))
                #expect((member.value.number != nil) == (member.value.kind == .number))
                #expect((member.value.string != nil) == (member.value.kind == .string))
                #expect((member.value.array != nil) == (member.value.kind == .array))
                #expect((member.value.object != nil) == (member.value.kind == .object))
                #expect(member.value.isNull == (member.value.kind == .null))
            }
        }
    }

    @Test("what is not there is nil, whatever is asked of whatever kind")
    func missing() throws {
        for json in try Self.both {
            #expect(json["missing"] == nil)
            #expect(json[0] == nil)
            for name in ["n", "t", "i", "s"] {
                #expect(json[name]?["x"] == nil)
                #expect(json[name]?[0] == nil)
                #expect(json[name]?.count == 0)
            }
            #expect(json["a"]?["0"] == nil)
            #expect(json["a"]?[2] == nil)
            #expect(json["a"]?[-1] == nil)
            #expect(json["a"]?[.max] == nil)
        }
    }

    @Test("a lone surrogate escape is read as U+FFFD and kept as spelt")
    func loneSurrogates() throws {
        let json = try JSON(parsing: #"["\ud800", "x\udfffy", "\ud83d\ude00\ud83d"]"#)
        #expect(json.array?.map(\.string) == ["\u{FFFD}", "x\u{FFFD}y", "😀\u{FFFD}"])
        #expect(json.text() == #"["\ud800","x\udfffy","\ud83d\ude00\ud83d"]"#)
    }

    @Test("detached values hold no more than their own text")
    func detached() throws {
        let json = try JSON(parsing: "[1, {\"a\": [ 1.0 ]}]")
        let part = try #require(json[1])
        #expect(part.detached().text(.source) == "{\"a\": [ 1.0 ]}")
        guard case .view(let document, _) = part.detached().storage else {
            Issue.record("not a view")
            return
        }
        #expect(document.source.count == 14)
    }

    @Test("bytes of any sequence can be read")
    func anyBytes() throws {
        let bytes = Array("xx[1]".utf8)
        #expect(try JSON(parsing: bytes[2...]).text() == "[1]")
        #expect(try JSON(parsing: "[1]".utf8).text() == "[1]")
    }
}
