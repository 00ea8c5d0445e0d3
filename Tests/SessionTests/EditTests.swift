import LosslessJSON
import Session
import Testing
import WebhookModel

@Suite("An edit")
struct EditTests {
    /// The document with the edits applied, and all they had to say.
    private func apply(_ edits: Edit..., to document: JSON = Samples.document(1)) throws -> (JSON, [EditNote]) {
        var edited = EditedDocument(base: document)
        var notes: [EditNote] = []
        for edit in edits { notes += try edited.apply(edit) }
        return (try #require(edited.document), notes)
    }

    private func apply(_ edit: Edit, to document: JSON = Samples.document(1)) throws -> JSON {
        try apply(edit, to: document).0
    }

    // MARK: Members and paths

    @Test("set writes a member, and makes one that isn't there")
    func set() throws {
        #expect(try apply(Samples.set("name", "New"))["webhook_name"] == "New")
        let made = try apply(Samples.set("x_new", ["a": 1]))
        #expect(made["x_new"] == ["a": 1])
        #expect(made.object?.keys.last == "x_new")
    }

    @Test("set by a kind writes into every channel of the kind")
    func setByKind() throws {
        let changed = try apply(Samples.set("channels.slack.channel_id", "C9"))
        #expect(changed.at("channels[0].configs.channel_id") == "C9")
        #expect(changed["channels"]?[1] == Samples.document(1)["channels"]?[1])
    }

    @Test("set through a list that holds nothing of the kind says so and changes nothing")
    func setNowhere() throws {
        let (document, notes) = try apply(Samples.set("channels.sms.message_template", "x"))
        #expect(document == Samples.document(1))
        #expect(notes == [.nothingAt(Samples.path("channels.sms.message_template"))])
    }

    @Test("set of a place that can't be is an error")
    func setImpossible() {
        for word in ["channels[7].configs.url", "name.deeper", "channels[0].configs.channel_id.x"] {
            #expect(throws: EditError.noSuchPlace(Samples.path(word))) { try apply(Samples.set(word, "x")) as JSON }
        }
    }

    @Test("what only the server changes can't be edited", arguments: ["id", "created", "updated", "health.paused_at"])
    func readOnly(_ word: String) throws {
        let member = try #require(Samples.path(word).plain?.first?.description)
        #expect(throws: EditError.readOnly(member: member)) { try apply(Samples.set(word, "x")) as JSON }
        #expect(throws: EditError.readOnly(member: member)) { try apply(.unset(Samples.path(word))) as JSON }
    }

    @Test("members the program relies on keep their type")
    func types() {
        #expect(throws: EditError.wrongType(member: "is_active", expected: .boolean, found: .string)) {
            try apply(Samples.set("active", "no")) as JSON
        }
        #expect(throws: EditError.wrongType(member: "webhook_name", expected: .text, found: .number)) {
            try apply(Samples.set("name", 1)) as JSON
        }
        #expect(throws: EditError.wrongType(member: "event_types", expected: .texts, found: .array)) {
            try apply(Samples.set("events", [1])) as JSON
        }
        #expect(throws: EditError.wrongType(member: "channels", expected: .list, found: .object)) {
            try apply(Samples.set("channels", [:])) as JSON
        }
    }

    @Test("unset removes what is there, says when nothing is, and spares what the API requires")
    func unset() throws {
        #expect(try apply(.unset(Samples.path("description")))["description"] == nil)
        #expect(
            try apply(.unset(Samples.path("channels.webhook.headers.X-Env"))).at("channels[1].configs.headers") == [
                "X-Team": "core"
            ])
        let (document, notes) = try apply(.unset(Samples.path("x_new")))
        #expect(document == Samples.document(1))
        #expect(notes == [.nothingAt(Samples.path("x_new"))])
        #expect(throws: EditError.required(member: "is_active")) { try apply(.unset(Samples.path("active"))) as JSON }
    }

    @Test("unset of every element removes them all")
    func unsetAll() throws {
        #expect(try apply(.unset(Samples.path("channels.*"))).at("channels") == [])
        #expect(
            try apply(.unset(Samples.path("event_types[0]"))).at("event_types") == ["object.updated", "object.created"])
    }

    // MARK: Events

    @Test("an added event goes to the end, once; one that is there stays where it is and is told of")
    func addEvents() throws {
        let (document, notes) = try apply(.addEvents(["trigger.fired", "object.updated", "trigger.fired"]))
        #expect(
            Webhook(document: document).eventTypes == [
                "object.created", "object.updated", "object.created", "trigger.fired",
            ])
        #expect(notes == [.alreadySubscribed("object.updated"), .alreadySubscribed("trigger.fired")])
    }

    @Test("an unknown event is added, with the nearest known one")
    func addUnknown() throws {
        let (document, notes) = try apply(.addEvents(["object.creatd"]))
        #expect(Webhook(document: document).receives("object.creatd"))
        #expect(notes == [.unknownEvent("object.creatd", nearest: "object.created")])
    }

    @Test("a removed event drops every copy")
    func removeEvents() throws {
        #expect(Webhook(document: try apply(.removeEvents([.init("object.created")]))).eventTypes == ["object.updated"])
        #expect(Webhook(document: try apply(.removeEvents([.init("object.*")]))).eventTypes.isEmpty)
    }

    @Test("removing what isn't subscribed changes nothing and says so")
    func removeNothing() throws {
        let (document, notes) = try apply(.removeEvents([.init("trigger.fired"), .init("alert.*"), .init("*")]))
        #expect(document == Samples.document(1))
        #expect(notes == [.notSubscribed("trigger.fired"), .nothingMatched(.init("alert.*")), .notSubscribed("*")])
    }

    @Test("the wildcard is added and removed as itself")
    func wildcard() throws {
        let added = try apply(.addEvents(["*"]))
        #expect(Webhook(document: added).eventTypes.last == "*")
        #expect(try apply(.removeEvents([.init("*")]), to: added) == Samples.document(1))
    }

    @Test("set-events is exact")
    func setEvents() throws {
        #expect(Webhook(document: try apply(.setEvents(["trigger.fired"]))).eventTypes == ["trigger.fired"])
    }

    @Test("a renamed event keeps its place, and merges into one that is there")
    func renameEvent() throws {
        let renamed = try apply(.renameEvent(from: "object.created", to: "trigger.fired"))
        #expect(Webhook(document: renamed).eventTypes == ["trigger.fired", "object.updated"])
        let merged = try apply(.renameEvent(from: "object.created", to: "object.updated"))
        #expect(Webhook(document: merged).eventTypes == ["object.updated"])
        let (same, notes) = try apply(.renameEvent(from: "trigger.fired", to: "x"))
        #expect(same == Samples.document(1))
        #expect(notes == [.notSubscribed("trigger.fired")])
    }

    @Test("globs to add expand over the catalogue, and a glob that picks nothing is an error")
    func globs() throws {
        #expect(
            try Edit.addingEvents([.init("annotation.*"), .init("x.y"), .init("annotation.created")])
                == .addEvents(["annotation.created", "annotation.updated", "annotation.deleted", "x.y"]))
        #expect(throws: EditError.unknownEvents(.init("objct.created*"), nearest: "object.created")) {
            try Edit.settingEvents([.init("objct.created*")])
        }
    }

    @Test("events of a document that has no list of them are an error, and of one that has none are made")
    func noEvents() throws {
        #expect(throws: EditError.notAList(member: "event_types")) {
            try apply(.addEvents(["a"]), to: ["event_types": 1]) as JSON
        }
        #expect(try apply(.addEvents(["trigger.fired"]), to: [:]) == ["event_types": ["trigger.fired"]])
    }

    // MARK: Channels

    private let endpoint = NewChannel(kind: "webhook", entries: [.init(["url"], "https://new.example.com")])

    @Test("an added channel goes to the end; an equal one is not added twice")
    func addChannel() throws {
        let (document, notes) = try apply(.addChannel(endpoint), .addChannel(endpoint))
        #expect(document["channels"]?.count == 3)
        #expect(document["channels"]?[2] == ["channel": "webhook", "configs": ["url": "https://new.example.com"]])
        #expect(notes == [.channelPresent])
    }

    @Test("a channel that delivers to the same place as another is told of")
    func addRepeated() throws {
        let repeated = NewChannel(kind: "webhook", entries: [.init(["url"], "https://hooks.example.com/1")])
        #expect(try apply(.addChannel(repeated)).1 == [.channelRepeated])
    }

    @Test("a channel's settings may lead deeper")
    func deepSettings() throws {
        let match = ChannelMatch.kind("webhook")
        let changed = try apply(.setChannel(match, [.init(["headers", "X-Team"], "web"), .init(["method"], "POST")]))
        #expect(changed.at("channels[1].configs.headers") == ["X-Team": "web", "X-Env": "prod"])
        #expect(changed.at("channels[1].configs.method") == "POST")
        #expect(throws: EditError.badKey(["url", "x"])) {
            try apply(.setChannel(match, [.init(["url", "x"], "1")])) as JSON
        }
    }

    @Test(
        "a channel is matched by position, kind, setting or identity",
        arguments: [
            ChannelMatch.index(1), .kind("webhook"),
            .property(kind: "webhook", key: ["url"], value: "https://hooks.example.com/1"),
            .property(kind: "webhook", key: ["headers", "X-Team"], value: "core"),
            .property(kind: "webhook", key: ["timeout"], value: "10.0"),
            .property(kind: "webhook", key: ["timeout"], value: 10),
            .identity(.endpoint(url: "https://hooks.example.com/1"), occurrence: 0),
        ])
    func matching(_ match: ChannelMatch) throws {
        #expect(Webhook(document: try apply(.removeChannel(match))).channels.map(\.kind) == ["slack"])
    }

    @Test("a match of several channels is an error that names their positions")
    func ambiguous() throws {
        let two = try apply(.addChannel(endpoint))
        #expect(throws: EditError.ambiguousChannel(.kind("webhook"), positions: [1, 2])) {
            try apply(.removeChannel(.kind("webhook")), to: two) as JSON
        }
    }

    @Test(
        "a match of none changes nothing and says so",
        arguments: [
            ChannelMatch.index(2), .index(-1), .kind("sms"), .property(kind: "slack", key: ["channel_id"], value: "C2"),
        ])
    func noMatch(_ match: ChannelMatch) throws {
        let (document, notes) = try apply(.removeChannel(match), .setChannel(match, []))
        #expect(document == Samples.document(1))
        #expect(notes == [.noChannelMatched(match), .noChannelMatched(match)])
    }

    @Test("an index is kept as the channel's identity")
    func stable() throws {
        var staged = Staged(key: Samples.key(1), base: Samples.webhook(1))
        _ = try staged.append(.removeChannel(.index(0)))
        #expect(staged.edits == [.removeChannel(.identity(.slackChannel(id: "C1", workspace: "T1"), occurrence: 0))])
    }

    // MARK: Replace

    @Test("replace puts text in place of text, everywhere below the path")
    func replace() throws {
        let edit = Edit.replace(Samples.path("channels"), old: TextPattern(literal: "example.com"), new: "example.org")
        #expect(try apply(edit).at("channels[1].configs.url") == "https://hooks.example.org/1")
        let moved = Edit.replace(Samples.path("channels.slack.channel_id"), old: TextPattern(literal: "C1"), new: "C2")
        #expect(try apply(moved).at("channels[0].configs.channel_id") == "C2")
    }

    @Test("replace of a number is by the whole")
    func replaceNumber() throws {
        let path = Samples.path("channels.webhook.timeout")
        let edit = Edit.replace(path, old: TextPattern(literal: "10.0"), new: EditValue(30))
        #expect(try apply(edit).at("channels[1].configs.timeout") == 30)
        #expect(
            try apply(.replace(path, old: TextPattern(literal: "1"), new: "2")).1 == [
                .nothingToReplace(TextPattern(literal: "1"))
            ])
    }

    @Test("replace leaves the matching of a regular expression to its engine")
    func replaceRegex() throws {
        let digits = TextPattern(regex: "[0-9]+") { text, new in
            text.contains { $0.isNumber } ? String(text.filter { !$0.isNumber }) + new : nil
        }
        #expect(try apply(.replace(Samples.path("name"), old: digits, new: "X"))["webhook_name"] == "Webhook X")
    }

    @Test("replace that finds nothing changes nothing and says so")
    func replaceNothing() throws {
        for old in ["absent", ""] {
            let pattern = TextPattern(literal: old)
            #expect(try apply(.replace(Samples.path("name"), old: pattern, new: "x")).1 == [.nothingToReplace(pattern)])
        }
    }

    @Test(
        "a literal is found at every place, not overlapping",
        arguments: [
            ("aaa", "aa", "b", "ba"), ("abab", "ab", "", ""), ("xay", "a", "aa", "xaay"), ("é", "e", "x", "é"),
            ("aXbX", "X", "é", "aébé"),
        ])
    func literal(_ text: String, _ old: String, _ new: String, _ result: String) {
        #expect((TextPattern(literal: old).replacing(in: text, with: new) ?? text) == result)
    }

    // MARK: Whole webhooks

    @Test("nothing more can be done to a deleted webhook")
    func deleted() throws {
        var edited = EditedDocument(base: Samples.document(1))
        _ = try edited.apply(.delete)
        #expect(throws: EditError.deleted) { try edited.apply(.addEvents(["a"])) }
    }

    @Test("a created webhook has what it was given, active unless told otherwise")
    func create() throws {
        var edited = EditedDocument(base: nil)
        let new = NewWebhook(
            name: "New", events: ["object.created"], channels: [endpoint], members: ["description": "d"])
        _ = try edited.apply(.create(new))
        #expect(
            edited.document?.text()
                == #"{"webhook_name":"New","event_types":["object.created"],"channels":[{"channel":"webhook","configs":{"url":"https://new.example.com"}}],"is_active":true,"description":"d"}"#
        )
        #expect(throws: EditError.wrongOrigin) { try edited.apply(.create(new)) }
    }

    @Test("a clone has everything but what the server owns")
    func clone() throws {
        var edited = EditedDocument(base: nil)
        _ = try edited.apply(.clone(of: Samples.key(1), document: Samples.document(1)))
        let keys = try #require(edited.document?.object?.keys)
        #expect(
            keys == [
                "x_first", "webhook_name", "event_types", "is_active", "channels", "description", "x_big", "x_owner",
            ])
    }

    @Test("what fails changes nothing, however far it got")
    func atomic() {
        var edited = EditedDocument(base: Samples.document(1))
        let before = edited
        let entries: [ConfigEntry] = [.init(["method"], "PUT"), .init(["url", "x"], "1")]
        #expect(throws: EditError.self) { try edited.apply(.setChannel(.kind("webhook"), entries)) }
        #expect(edited == before)
    }
}

@Suite("A secret in an edit")
struct SecretEditTests {
    private let token = EditValue("xoxb-secret-value", reference: "secret:SLACK")

    @Test("never prints itself")
    func neverPrints() {
        let edit = Edit.setChannel(.kind("slack"), [.init(["bot_token"], token)])
        var dumped = ""
        dump(edit, to: &dumped)
        for text in ["\(edit)", String(reflecting: edit), dumped, "\([token])", token.description] {
            #expect(!text.contains("xoxb-secret"))
        }
        #expect(token.description == "${secret:SLACK}")
    }

    @Test("shows as its reference in the changes, wherever the channel moves")
    func reference() throws {
        var staged = Staged(key: Samples.key(1), base: Samples.webhook(1))
        let new = NewChannel(kind: "slack", entries: [.init(["bot_token"], token), .init(["channel_id"], "C7")])
        _ = try staged.append(.addChannel(new))
        _ = try staged.append(.setChannel(.index(0), [.init(["bot_token"], token)]))
        _ = try staged.append(.removeChannel(.kind("webhook")))
        #expect(staged.result.reference(at: ["channels", 1, "configs", "bot_token"]) == "secret:SLACK")
        let change = try #require(staged.changes.first { $0.path == ["channels", 0, "configs", "bot_token"] })
        #expect(change.isSecret)
        #expect(change.masked.after == "${secret:SLACK}")
        #expect(change.masked.before == "••••abcd")
        for change in staged.changes { #expect(!"\(change.masked)".contains("xoxb-")) }
    }

    @Test("is forgotten where a plain value takes its place")
    func overwritten() throws {
        var edited = EditedDocument(base: Samples.document(1))
        _ = try edited.apply(.setChannel(.index(0), [.init(["bot_token"], token)]))
        _ = try edited.apply(.setChannel(.index(0), [.init(["bot_token"], "plain")]))
        #expect(edited.references.isEmpty)
    }

    @Test("belongs into a channel's configs and nowhere else")
    func elsewhere() {
        var edited = EditedDocument(base: Samples.document(1))
        for word in ["name", "description", "channels[0].channel", "channels"] {
            let value = word == "channels" ? EditValue([], reference: "secret:X") : token
            #expect(throws: EditError.secretOutsideConfigs(Samples.path(word))) {
                try edited.apply(.set(Samples.path(word), value))
            }
        }
        #expect(throws: EditError.secretOutsideConfigs(Samples.path("name"))) {
            try edited.apply(.replace(Samples.path("name"), old: TextPattern(literal: "Web"), new: token))
        }
    }

    @Test("shows as its reference where the key's name doesn't tell, in the plan and after the commit too")
    func plainKey() async throws {
        let bench = try await Bench()
        let url = EditValue("https://hooks.example.com/t0ken-in-path", reference: "secret:URL")
        let new = NewChannel(
            kind: "webhook", .configs(EditValue(["url": url.json, "timeout": 3], reference: "secret:ALL")))
        try await bench.stage(.setChannel(.kind("webhook"), [.init(["url"], url)]), .addChannel(new), on: 1)
        let staged = try #require(await bench.session.state.staged(Samples.key(1)))
        for change in staged.changes {
            #expect(change.isSecret)
            #expect(!"\(change.masked) \(change)".contains("t0ken"))
        }
        let plan = try await bench.session.prepare(CommitOptions(secrets: .plain)).plan
        for change in plan.entries[0].changes { #expect(!"\(change.masked)".contains("t0ken")) }
        #expect(try await bench.commit().outcome == .done)
        let state = await bench.session.state
        let shown = state.masked(try #require(state.webhook(Samples.key(1)))).document
        #expect(
            shown.at("channels[1].configs.url") == "${secret:ALL}"
                || shown.at("channels[1].configs.url") == "${secret:URL}")
        #expect(shown.at("channels[0].configs.bot_token") == "••••abcd")
        #expect(shown.at("channels[1].configs.headers.X-Team") == "••••")
        var dumped = ""
        dump(state.knownSecrets, to: &dumped)
        #expect(!dumped.contains("t0ken"))
    }

    @Test("does not show in a conflict either")
    func conflict() throws {
        var staged = EditedDocument(base: Samples.document(1))
        _ = try staged.apply(.setChannel(.kind("slack"), [.init(["username"], token)]))
        let live = Samples.document(1) { $0.put("theirs", "channels[0].configs.username") }
        let merge = Merge(base: Samples.document(1), live: live, staged: staged)
        #expect(merge.conflicts.map(\.masked.staged) == ["${secret:SLACK}"])
        #expect(!"\(merge.conflicts)".contains("xoxb-secret"))
    }
}
