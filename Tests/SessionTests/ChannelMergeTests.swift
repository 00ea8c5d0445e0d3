import LosslessJSON
import Session
import Testing
import WebhookModel

@Suite("Merging channels")
struct ChannelMergeTests {
    private func slack(_ id: String, _ user: String = "u") -> JSON {
        ["channel": "slack", "configs": ["channel_id": JSON(id), "workspace_id": "T", "username": JSON(user)]]
    }

    private func merge(_ base: [JSON], _ live: [JSON], _ edits: Edit..., force: Bool = false) -> Merged {
        Merged.member("channels", base: JSON(base), live: JSON(live), edits, force: force)
    }

    private func setUser(_ id: String, _ user: String) -> Edit {
        .setChannel(
            .property(kind: "slack", key: ["channel_id"], value: JSON(id)), [.init(["username"], EditValue(JSON(user)))]
        )
    }

    private func move(_ old: String, _ new: String) -> Edit {
        .setChannel(
            .property(kind: "slack", key: ["channel_id"], value: JSON(old)),
            [.init(["channel_id"], EditValue(JSON(new)))])
    }

    private func remove(_ id: String) -> Edit {
        .removeChannel(.property(kind: "slack", key: ["channel_id"], value: JSON(id)))
    }

    private func add(_ id: String, _ user: String = "u") -> Edit {
        .addChannel(
            NewChannel(
                kind: "slack",
                .configs(EditValue(["channel_id": JSON(id), "workspace_id": "T", "username": JSON(user)]))))
    }

    @Test("untouched ones are the server's, whatever became of them")
    func untouched() {
        #expect(merge([slack("A"), slack("B")], [slack("B", "x")]) == .result([slack("B", "x")]))
    }

    @Test("ours and theirs in different channels both stand, in the server's order")
    func different() {
        #expect(
            merge([slack("A"), slack("B")], [slack("B", "theirs"), slack("N"), slack("A")], setUser("A", "ours"))
                == .result([slack("B", "theirs"), slack("N"), slack("A", "ours")]))
    }

    @Test("what we put in front of a channel stays in front of it, and what we put last is last")
    func places() {
        let wanted = [slack("N"), slack("A"), slack("B"), slack("M")]
        #expect(
            merge([slack("A"), slack("B")], [slack("B"), slack("X"), slack("A")], .become(["channels": JSON(wanted)]))
                == .result([slack("B"), slack("X"), slack("N"), slack("A"), slack("M")]))
    }

    @Test("different settings of one channel merge, the same setting conflicts")
    func sameChannel() {
        var theirs = slack("A")
        theirs.put("t", "configs.icon_emoji")
        var both = slack("A", "ours")
        both.put("t", "configs.icon_emoji")
        #expect(merge([slack("A")], [theirs], setUser("A", "ours")) == .result([both]))
        #expect(
            merge([slack("A")], [slack("A", "theirs")], setUser("A", "ours"))
                == .conflict("channels[0].configs.username"))
        #expect(
            merge([slack("A")], [slack("A", "theirs")], setUser("A", "ours"), force: true)
                == .result([slack("A", "ours")]))
    }

    @Test("a moved channel stays the same one")
    func moved() {
        var theirs = slack("A")
        theirs.put("t", "configs.icon_emoji")
        var both = slack("Z")
        both.put("t", "configs.icon_emoji")
        #expect(merge([slack("A")], [theirs], move("A", "Z")) == .result([both]))
        #expect(merge([slack("A")], [slack("Z")], move("A", "Z")) == .result([slack("Z")]))
        #expect(merge([slack("A")], [slack("Y")], move("A", "Z")) == .conflict("channels[0]"))
    }

    @Test("moving to where somebody put another channel is a conflict")
    func rival() {
        #expect(merge([slack("A")], [slack("A"), slack("Z", "theirs")], move("A", "Z")) == .conflict("channels"))
    }

    @Test("an addition goes to the end; the same one added by somebody else is there already")
    func addition() {
        #expect(
            merge([slack("A")], [slack("A"), slack("N")], add("O")) == .result([slack("A"), slack("N"), slack("O")]))
        #expect(merge([slack("A")], [slack("N"), slack("A")], add("N")) == .result([slack("N"), slack("A")]))
        #expect(
            merge([slack("A")], [slack("A"), slack("N", "theirs")], add("N", "ours"))
                == .conflict("channels[1].configs.username"))
    }

    @Test("a removal holds unless somebody changed the channel")
    func removal() {
        #expect(merge([slack("A"), slack("B")], [slack("A"), slack("B")], remove("A")) == .result([slack("B")]))
        #expect(
            merge([slack("A"), slack("B")], [slack("B"), slack("N")], remove("A")) == .result([slack("B"), slack("N")]))
        #expect(
            merge([slack("A"), slack("B")], [slack("A", "theirs"), slack("B")], remove("A")) == .conflict("channels[0]")
        )
        #expect(
            merge([slack("A"), slack("B")], [slack("A", "theirs"), slack("B")], remove("A"), force: true)
                == .result([slack("B")]))
    }

    @Test("a change of what somebody removed is a conflict; force brings it back")
    func removedElsewhere() {
        #expect(merge([slack("A"), slack("B")], [slack("B")], setUser("A", "ours")) == .conflict("channels[0]"))
        #expect(
            merge([slack("A"), slack("B")], [slack("B")], setUser("A", "ours"), force: true)
                == .result([slack("B"), slack("A", "ours")]))
    }

    @Test("an explicit setting that is equal already holds its channel")
    func explicit() {
        #expect(
            merge([slack("A")], [slack("A", "theirs")], setUser("A", "u")) == .conflict("channels[0].configs.username"))
        #expect(merge([slack("A"), slack("B")], [slack("B")], setUser("A", "u")) == .conflict("channels[0]"))
    }

    @Test("equal identities pair in their order while there are as many")
    func repeated() {
        let edit = Edit.setChannel(.index(1), [.init(["icon_emoji"], "x")])
        var ours = slack("A", "2")
        ours.put("x", "configs.icon_emoji")
        #expect(
            merge([slack("A", "1"), slack("A", "2")], [slack("A", "1"), slack("A", "2")], edit)
                == .result([slack("A", "1"), ours]))
        #expect(merge([slack("A", "1"), slack("A", "2")], [slack("A", "2")], edit) == .conflict("channels"))
        #expect(
            merge([slack("A", "1"), slack("A", "2"), slack("B")], [slack("A", "2"), slack("B")], setUser("B", "o"))
                == .result([slack("A", "2"), slack("B", "o")]))
    }

    @Test("kinds that nobody knows are the same only while they are equal")
    func opaque() {
        let pager: JSON = ["channel": "pager", "configs": ["level": 1]]
        let changed: JSON = ["channel": "pager", "configs": ["level": 2]]
        let ours = Edit.setChannel(.kind("pager"), [.init(["note"], "x")])
        #expect(
            merge([pager], [pager], ours) == .result([["channel": "pager", "configs": ["level": 1, "note": "x"]]]))
        #expect(merge([pager], [changed], ours) == .conflict("channels[0]"))
        #expect(
            merge([pager, slack("A")], [changed, slack("A")], setUser("A", "o")) == .result([changed, slack("A", "o")]))
    }

    @Test("a list set as a whole is exact")
    func exact() {
        let set = Samples.set("channels", [slack("Z")])
        #expect(merge([slack("A")], [slack("A")], set) == .result([slack("Z")]))
        #expect(merge([slack("A")], [slack("A"), slack("N")], set) == .conflict("channels"))
        #expect(merge([slack("A")], [slack("Z")], set) == .result([slack("Z")]))
    }

    @Test("what is no list is merged as a value")
    func noList() {
        #expect(Merged.member("channels", base: nil, live: nil, [add("A")]) == .result([slack("A")]))
        #expect(Merged.member("channels", base: [slack("A")], live: "x", [remove("A")]) == .conflict("channels"))
    }

    @Test("a thousand of them merge in time", .timeLimit(.minutes(1)))
    func thousand() {
        let many = (0..<1_000).map { slack("C\($0)") }
        var result = many
        result[500] = slack("C500", "ours")
        #expect(merge(many, many.reversed(), setUser("C500", "ours")) == .result(JSON(result.reversed())))
    }
}
