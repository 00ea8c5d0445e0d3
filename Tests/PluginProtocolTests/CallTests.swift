import LosslessJSON
import PluginProtocol
import Testing

@Suite("Calls and answers")
struct CallTests {
    private func edits(_ patch: String) throws(ShapeError) -> [PatchOperation] {
        guard let json = try? JSON(parsing: #"{"edits":[{"key":"wh_1","patch":["# + patch + "]}]}") else { return [] }
        return try EditsResult(json).edits.flatMap(\.patch)
    }

    @Test("each operation is read back as it was written")
    func operations() throws {
        let operations: [PatchOperation] = [
            .set(path: "webhook_name", nil), .set(path: "a", ["b": 1]), .unset(path: "a"), .addEvents(["x"]),
            .removeEvents(["x.*"]),
            .setEvents([]), .renameEvent(from: "a", to: "b"), .addChannel(kind: "slack", configs: [:]),
            .setChannel(match: "0", configs: ["a": 1]), .removeChannel(match: "slack"),
            .replace(path: "a", from: "b", to: "c"),
        ]
        let edit = PluginEdit(key: "wh_1", patch: operations)
        #expect(try EditsResult(EditsResult(edits: [edit]).json).edits == [edit])
    }

    @Test("a name alone stands for a list of one, a number for an index")
    func shorthands() throws {
        #expect(try edits(#"{"op":"add-event","value":"a.b"}"#) == [.addEvents(["a.b"])])
        #expect(try edits(#"{"op":"remove-channel","path":2}"#) == [.removeChannel(match: "2")])
    }

    @Test(
        "what is none is an error at its place",
        arguments: [
            (#"{"op":"delete"}"#, "edits[0].patch[0].op"), (#"{"op":"set","path":"a"}"#, "edits[0].patch[0].value"),
            (#"{"op":"set","value":1}"#, "edits[0].patch[0].path"), (#"{}"#, "edits[0].patch[0].op"),
            ("7", "edits[0].patch[0].op"),
            (#"{"op":"add-channel","value":{"channel":"x","configs":[]}}"#, "edits[0].patch[0].value.configs"),
            (#"{"op":"add-event","value":[1]}"#, "edits[0].patch[0].value[0]"),
        ])
    func malformed(_ patch: String, _ path: String) {
        #expect {
            try edits(patch)
        } throws: { error in
            (error as? ShapeError)?.path.description == path
        }
    }

    @Test(
        "findings must be there: an answer without them is no pass",
        arguments: [[:], nil, ["findings": nil], ["findings": [[:]]], []] as [JSON])
    func findings(_ answer: JSON) {
        #expect(throws: ShapeError.self) { try FindingsResult(answer) }
    }

    @Test("a level that nobody knows is no finding to pass over")
    func level() {
        #expect(throws: ShapeError.self) {
            try FindingsResult(["findings": [["level": "maybe", "rule": "r", "message": "m"]]])
        }
    }

    @Test("the highest common version wins")
    func versions() {
        #expect(ProtocolVersion.highestCommon(with: [1, 2, 99]) == 1)
        #expect(ProtocolVersion.highestCommon(with: [0, 2]) == nil)
        #expect(ProtocolVersion.highestCommon(with: []) == nil)
    }

    @Test("a channel that is none of the plugin's is null, and nothing else")
    func recognized() throws {
        #expect(try ChannelValue.read(["channel": nil]) == nil)
        #expect(try ChannelValue.read(nil) == nil)
        #expect(throws: ShapeError.self) { try ChannelValue.read([:]) }
        #expect(throws: ShapeError.self) { try ChannelValue.read(["channel": ["channel": "x"]]) }
    }
}
