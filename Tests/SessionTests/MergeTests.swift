import LosslessJSON
import Session
import Testing
import WebhookModel

/// What a merge comes to, for tables.
enum Merged: Equatable {
    case result(JSON?)
    case conflict(String)

    /// Merges a member that stands alone in its document, next to a name.
    static func member(_ name: String, base: JSON?, live: JSON?, _ edits: [Edit], force: Bool = false) -> Merged {
        func document(_ value: JSON?) -> JSON {
            var members: JSONObject = ["webhook_name": "W"]
            members[name] = value
            return JSON(members)
        }
        var staged = EditedDocument(base: document(base))
        for edit in edits { do { _ = try staged.apply(edit) } catch { preconditionFailure("\(error)") } }
        let merge = Merge(base: document(base), live: document(live), staged: staged, force: force)
        if let conflict = merge.conflicts.first { return .conflict(conflict.path.description) }
        return .result(merge.document?[name])
    }
}

@Suite("Merging one value")
struct ScalarMergeTests {
    /// Every combination of absent, a, b, c for base, live and what we make of it.
    static let combinations: [(JSON?, JSON?, JSON?)] = {
        let values: [JSON?] = [nil, "a", "b", "c"]
        return values.flatMap { base in values.flatMap { live in values.map { (base, live, $0) } } }
    }()

    @Test(
        "takes the side that changed it; both alike is alike; both differently is a conflict", arguments: combinations)
    func table(_ base: JSON?, _ live: JSON?, _ ours: JSON?) {
        let path = Samples.path("x_new")
        let edits: [Edit] = ours == base ? [] : [ours.map { .set(path, EditValue($0)) } ?? .unset(path)]
        let expected: Merged =
            if ours == base { .result(live) } else if live == base || live == ours { .result(ours) } else {
                .conflict("x_new")
            }
        #expect(Merged.member("x_new", base: base, live: live, edits) == expected)
        let forced: JSON? = ours == base ? live : ours
        #expect(Merged.member("x_new", base: base, live: live, edits, force: true) == .result(forced))
    }

    @Test("an explicit value counts as a change even when it is equal")
    func explicit() {
        let enable = [Samples.set("active", true)]
        #expect(Merged.member("is_active", base: true, live: false, enable) == .conflict("is_active"))
        #expect(Merged.member("is_active", base: true, live: true, enable) == .result(true))
        #expect(Merged.member("is_active", base: true, live: false, []) == .result(false))
    }

    @Test("equal values are equal however they are spelt, and the server's spelling stays")
    func spelling() throws {
        let base: JSON = ["webhook_name": "W", "x_big": Samples.json("1.0")]
        let live: JSON = ["webhook_name": "W", "x_big": Samples.json("1e0")]
        var staged = EditedDocument(base: base)
        _ = try staged.apply(Samples.set("x_big", 1))
        _ = try staged.apply(Samples.set("name", "V"))
        let merge = Merge(base: base, live: live, staged: staged)
        #expect(merge.document?.text() == #"{"webhook_name":"V","x_big":1e0}"#)
    }

    @Test("a conflict holds the path and the three values, and masks secrets where it is shown")
    func conflict() throws {
        var staged = EditedDocument(base: Samples.document(1))
        _ = try staged.apply(Samples.set("channels.slack.bot_token", "xoxb-ours-ours-ours"))
        let live = Samples.document(1) { $0.put("xoxb-live-live-live", "channels[0].configs.bot_token") }
        let merge = Merge(base: Samples.document(1), live: live, staged: staged)
        let path: JSONPath = ["channels", 0, "configs", "bot_token"]
        #expect(
            merge.conflicts == [
                Conflict(
                    path: path, base: "xoxb-11111111-abcd", live: "xoxb-live-live-live", staged: "xoxb-ours-ours-ours")
            ])
        #expect(
            merge.conflicts[0].masked == Conflict(path: path, base: "••••abcd", live: "••••live", staged: "••••ours"))
    }
}

@Suite("Merging nested objects")
struct NestedMergeTests {
    @Test("goes member by member")
    func members() {
        let base: JSON = ["a": 1, "b": 2]
        let ours = [Samples.set("x_owner.a", 9)]
        #expect(Merged.member("x_owner", base: base, live: ["a": 1, "b": 3], ours) == .result(["a": 9, "b": 3]))
        #expect(Merged.member("x_owner", base: base, live: ["a": 1], ours) == .result(["a": 9]))
        #expect(
            Merged.member("x_owner", base: base, live: ["a": 1, "b": 2, "c": 4], ours)
                == .result(["a": 9, "b": 2, "c": 4]))
        #expect(Merged.member("x_owner", base: base, live: ["a": 5, "b": 2], ours) == .conflict("x_owner.a"))
        #expect(Merged.member("x_owner", base: base, live: nil, ours) == .conflict("x_owner"))
        #expect(Merged.member("x_owner", base: base, live: 7, ours) == .conflict("x_owner"))
    }

    @Test("an object set as a whole is exact")
    func exact() {
        let base: JSON = ["a": 1]
        let ours = [Samples.set("x_owner", ["a": 2])]
        #expect(Merged.member("x_owner", base: base, live: base, ours) == .result(["a": 2]))
        #expect(Merged.member("x_owner", base: base, live: ["a": 1, "b": 1], ours) == .conflict("x_owner"))
        #expect(Merged.member("x_owner", base: base, live: ["a": 2], ours) == .result(["a": 2]))
    }

    @Test("members that both sides began are merged as if they had been empty")
    func bothAdded() {
        let ours = [Samples.set("x_owner.a", 1)]
        #expect(Merged.member("x_owner", base: nil, live: ["b": 2], ours) == .result(["b": 2, "a": 1]))
        #expect(Merged.member("x_owner", base: nil, live: ["a": 2], ours) == .conflict("x_owner.a"))
    }

    @Test("lists other than events and channels are taken as a whole")
    func lists() {
        let ours = [Samples.set("x_new[0]", 9)]
        #expect(Merged.member("x_new", base: [1, 2], live: [1, 2], ours) == .result([9, 2]))
        #expect(Merged.member("x_new", base: [1, 2], live: [1, 3], ours) == .conflict("x_new"))
    }
}

@Suite("Merging event types")
struct EventMergeTests {
    private func merge(_ base: JSON, _ live: JSON, _ edits: Edit...) -> Merged {
        Merged.member("event_types", base: base, live: live, edits)
    }

    @Test("an untouched list keeps its order and copies")
    func untouched() {
        #expect(merge(["a", "b"], ["b", "b", "c"]) == .result(["b", "b", "c"]))
    }

    @Test("an addition appends to what is there now")
    func addition() {
        #expect(merge(["a", "a"], ["a", "a"], .addEvents(["b"])) == .result(["a", "a", "b"]))
        #expect(merge(["a"], ["c", "a"], .addEvents(["b"])) == .result(["c", "a", "b"]))
        #expect(merge(["a"], ["a", "b"], .addEvents(["b"])) == .result(["a", "b"]))
        #expect(merge(["a"], ["b", "a"], .addEvents(["b", "d"])) == .result(["b", "a", "d"]))
    }

    @Test("a removal drops all copies that are there now")
    func removal() {
        let remove = Edit.removeEvents([.init("a")])
        #expect(merge(["a", "b", "a"], ["a", "b", "a"], remove) == .result(["b"]))
        #expect(merge(["a", "b"], ["a", "a", "c", "b"], remove) == .result(["c", "b"]))
        #expect(merge(["a", "b"], ["b", "c"], remove) == .result(["b", "c"]))
    }

    @Test("a foreign removal and ours both stand")
    func bothRemove() {
        #expect(merge(["a", "b", "c"], ["b", "c"], .removeEvents([.init("b")])) == .result(["c"]))
    }

    @Test("a glob removes what was subscribed when it was staged, not what came since")
    func glob() {
        #expect(
            merge(["object.created"], ["object.created", "object.deleted"], .removeEvents([.init("object.*")]))
                == .result(["object.deleted"]))
    }

    @Test("an exact list conflicts with a foreign addition or removal, but not with another order")
    func exact() {
        #expect(merge(["a"], ["a"], .setEvents(["b"])) == .result(["b"]))
        #expect(merge(["a"], ["a", "c"], .setEvents(["b"])) == .conflict("event_types"))
        #expect(merge(["a"], ["a", "c"], .setEvents(["a"])) == .conflict("event_types"))
        #expect(merge(["a", "c"], ["a"], .setEvents(["b"])) == .conflict("event_types"))
        #expect(merge(["a", "c"], ["c", "a"], .setEvents(["b"])) == .result(["b"]))
        #expect(merge(["a"], ["b", "a"], .setEvents(["a", "b"])) == .result(["b", "a"]))
    }

    @Test("dropping copies merges while nobody else changed what is subscribed")
    func copies() {
        let drop = Edit.unset(Samples.path("event_types[1]"))
        #expect(merge(["a", "a"], ["a", "a"], drop) == .result(["a"]))
        #expect(merge(["a", "a", "b"], ["b", "a", "a"], drop) == .result(["a", "b"]))
        #expect(merge(["a", "a"], ["a", "a", "c"], drop) == .conflict("event_types"))
    }

    @Test("what is no list is merged as a value")
    func noList() {
        #expect(Merged.member("event_types", base: nil, live: nil, [.addEvents(["a"])]) == .result(["a"]))
        #expect(merge(["a"], .null, .addEvents(["b"])) == .conflict("event_types"))
    }
}

@Suite("Merging a webhook that comes or goes")
struct LifeMergeTests {
    private func staged(_ edits: Edit...) throws -> EditedDocument {
        var staged = EditedDocument(base: Samples.document(1))
        for edit in edits { _ = try staged.apply(edit) }
        return staged
    }

    @Test("edits of what somebody deleted are a conflict that force can't resolve")
    func deletedElsewhere() throws {
        let staged = try staged(Samples.set("active", false))
        for force in [false, true] {
            let merge = Merge(base: Samples.document(1), live: nil, staged: staged, force: force)
            #expect(merge.conflicts.map(\.path) == [.root])
        }
    }

    @Test("a deletion of what nobody changed merges, of what is gone too")
    func delete() throws {
        let staged = try staged(.delete)
        #expect(Merge(base: Samples.document(1), live: Samples.document(1), staged: staged).conflicts.isEmpty)
        #expect(Merge(base: Samples.document(1), live: nil, staged: staged).conflicts.isEmpty)
        let touched = Samples.document(1) { $0.put("2026-01-01T00:00:00Z", "updated_at") }
        #expect(Merge(base: Samples.document(1), live: touched, staged: staged).conflicts.isEmpty)
    }

    @Test("a deletion of what somebody changed is a conflict, which force overrides and tells")
    func deleteChanged() throws {
        let staged = try staged(.delete)
        let live = Samples.document(1) { $0.put("Other", "webhook_name") }
        #expect(Merge(base: Samples.document(1), live: live, staged: staged).conflicts.map(\.path) == [.root])
        let forced = Merge(base: Samples.document(1), live: live, staged: staged, force: true)
        #expect(forced.conflicts.isEmpty && forced.document == nil)
        #expect(forced.overwritten.map(\.live) == [live])
    }

    @Test("what only the server changes comes from the server")
    func serverOwned() throws {
        let live = Samples.document(1) {
            $0.put("2026-01-01T00:00:00Z", "updated_at")
            $0.put(["consecutive_failures": 2], "delivery_health")
        }
        let merge = Merge(base: Samples.document(1), live: live, staged: try staged(Samples.set("name", "N")))
        #expect(merge.document?["updated_at"] == "2026-01-01T00:00:00Z")
        #expect(merge.document?["delivery_health"] == ["consecutive_failures": 2])
    }
}
