import Testing

@testable import LosslessJSON

@Suite("Round trips")
struct RoundTripTests {
    @Test("an untouched text comes back byte for byte in the source style")
    func untouchedTextComesBack() throws {
        let text = #"{ "a" : [ 1.0 , 2 , {} , [] ] , "b\u0020" : "x\ud800" , "c": {"d": null} }"#
        #expect(try JSON(parsing: " \n\(text)\t").text(.source) == text)
    }

    @Test("spellings of numbers, strings and names survive every style", arguments: JSONStyle.allCases)
    func spellings(_ style: JSONStyle) throws {
        let text =
            #"{"\u006eumbers":[9007199254740993,1.0,1e3,-0,1E+05,0.10],"te\/xt":"\u00e9\ud800\/é","unknown":{"x":[]}}"#
        let printed = try JSON(parsing: text).text(style)
        #expect(try JSON(parsing: printed).text(.compact) == text)
    }

    @Test("what is printed is read as the same value, spelt the same", arguments: 0..<60)
    func generated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = generator.value()
        let spelt = try JSON(parsing: generator.spelling(of: value))
        for json in [value, spelt, generator.edited(spelt)] {
            for style in JSONStyle.allCases {
                let again = try JSON(parsing: json.bytes(style))
                #expect(again == json)
                #expect(again.isSpelledLike(json))
                #expect(again.bytes(style) == json.bytes(style))
            }
        }
    }

    @Test("pretty and compact texts of a value are the same whether it was read or made", arguments: 0..<30)
    func viewsPrintLikeTrees(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let made = generator.value()
        let read = try JSON(parsing: made.bytes(.pretty))
        #expect(read.text(.pretty) == made.text(.pretty))
        #expect(read.text(.compact) == made.text(.compact))
        #expect(read.bytes(.source) == made.bytes(.pretty))
    }

    @Test("after an edit at one path every subtree beside it has its bytes", arguments: 0..<80)
    func editsTouchNothingElse(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let original = try JSON(parsing: generator.spelling(of: generator.value()))
        let path = generator.place(in: original)
        guard !path.isEmpty else { return }
        var edited = original
        try edited.set("edited", at: path)
        #expect(edited.value(at: path) == "edited")
        // On the way down, every sibling of the path is what it was.
        for length in 0..<path.count {
            let parent = JSONPath(Array(path.components[..<length]))
            for child in original.value(at: parent)!.children where child.component != path.components[length] {
                let after = edited.value(at: parent.appending(child.component))
                #expect(after?.bytes(.source) == child.value.bytes(.source))
            }
            #expect(
                edited.value(at: parent)!.children.map(\.component)
                    == original.value(at: parent)!.children.map(\.component))
        }
        // And setting back what stood there gives the text back.
        try edited.set(original.value(at: path)!, at: path)
        #expect(edited.isSpelledLike(original))
    }
}
