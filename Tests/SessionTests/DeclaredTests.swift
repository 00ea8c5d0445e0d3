import LosslessJSON
import Testing
import WebhookModel

@testable import Session

@Suite("Webhooks as somebody wants them")
struct DeclaredTests {
    @Test("the edits from any document to any other lead to it", arguments: 0..<300)
    func decomposition(seed: Int) throws {
        var generator = Generator(seed: UInt64(seed))
        let base = generator.document(1)
        let wanted = generator.edited(base, 6).document ?? base
        for pairing in [Declaration.Pairing.identity, .identityThenKind] {
            var staged = Staged(key: Samples.key(1), base: Webhook(document: base))
            for edit in try EditDecomposition.edits(from: staged.result, to: wanted, pairing: pairing) {
                _ = try staged.append(edit)
            }
            let (left, right) = (staged.webhook?.document.object ?? [:], wanted.object ?? [:])
            for name in Set(left.keys + right.keys).subtracting(Member.serverOwned) {
                #expect(left[name] == right[name], "\(name)")
            }
        }
    }

    @Test("nothing differs: nothing is staged")
    func same() throws {
        let document = Samples.document(1)
        #expect(try EditDecomposition.edits(from: EditedDocument(base: document), to: document).isEmpty)
    }

    @Test("changes are the edits that a person would have typed")
    func words() throws {
        let base = Samples.json(
            #"""
            {"webhook_name":"A","event_types":["object.created","object.updated"],"is_active":true,"channels":[
             {"channel":"slack","configs":{"channel_id":"C1","workspace_id":"T","username":"x"}},
             {"channel":"sms","configs":{"phone_numbers":["+15551234567"]}}]}
            """#)
        let wanted = Samples.json(
            #"""
            {"webhook_name":"A","event_types":["object.updated","alert.created"],"is_active":false,"channels":[
             {"channel":"slack","configs":{"channel_id":"C1","workspace_id":"T","icon_emoji":":x:"}},
             {"channel":"webhook","configs":{"url":"https://example.com"}}]}
            """#)
        let edits = try EditDecomposition.edits(from: EditedDocument(base: base), to: wanted)
        #expect(
            edits.map(\.kindName) == [
                "removeEvents", "addEvents", "set", "removeChannel", "unset", "setChannel", "addChannel",
            ])
    }

    @Test("what a person edits keeps its channel though its identity changes; a file's is another channel")
    func pairing() throws {
        let base = Samples.json(
            #"{"channels":[{"channel":"slack","configs":{"channel_id":"C1","bot_token":"xoxb-1"}}],"webhook_name":"A"}"#
        )
        let shown = Masking.masked(base)
        let text =
            #"{"channels":[{"channel":"slack","configs":{"channel_id":"C2","bot_token":"••••"}}],"webhook_name":"A"}"#
        let token: JSONPath = [.name("channels"), .index(0), .name("configs"), .name("bot_token")]
        let declaration = try Declaration(document: Samples.json(text), kept: [token])
        let edited = try declaration.wanted(from: base, shownAs: shown, pairing: .identityThenKind)
        #expect(edited.value(at: token) == "xoxb-1")
        #expect(throws: Declaration.Failure.nothingToKeep(at: token)) {
            try declaration.wanted(from: base, shownAs: shown)
        }
        #expect(declaration.missing(from: base, shownAs: shown) == [token])
        #expect(
            try declaration.supplied([token: "xoxb-2"]).wanted(from: nil, shownAs: nil).value(at: token) == "xoxb-2")
    }

    @Test("what a declaration doesn't name stays, unless it is the whole")
    func partial() throws {
        let base = Samples.json(#"{"webhook_id":"wh_abc123def4","webhook_name":"A","description":"d","x":1}"#)
        let declaration = try Declaration(document: Samples.json(#"{"webhook_name":"B","webhook_id":"wh_other00000"}"#))
        #expect(
            try declaration.wanted(from: base, shownAs: base)
                == Samples.json(#"{"webhook_id":"wh_abc123def4","webhook_name":"B","description":"d","x":1}"#))
        #expect(
            try declaration.wanted(from: base, shownAs: base, isWhole: true)
                == Samples.json(#"{"webhook_id":"wh_abc123def4","webhook_name":"B"}"#))
    }

    @Test("all of it is one step of undo, and on an error nothing is staged")
    func oneStep() throws {
        var state = Samples.state(3)
        let changed = Samples.document(1) { $0.put(false, "is_active") }
        let new = Samples.json(
            #"{"webhook_name":"New","event_types":["*"],"channels":[{"channel":"pager","configs":{"a":1},"x":2}]}"#)
        let report = try state.stage(
            [WantedWebhook(key: Samples.key(1), document: changed), WantedWebhook(key: nil, document: new)],
            deleting: [Samples.key(2)])
        #expect(report.changed == [Samples.key(1), .new(1), Samples.key(2)])
        #expect(state.webhook(.new(1))?.document["channels"] == new["channels"])
        #expect(state.stagedCount == 3)
        _ = state.undo(1)
        #expect(state.stagedCount == 0)

        let wrong = Samples.document(2) { $0.put("no", "is_active") }
        #expect(throws: StagingError.self) {
            try state.stage([
                WantedWebhook(key: Samples.key(1), document: changed),
                WantedWebhook(key: Samples.key(2), document: wrong),
            ])
        }
        #expect(state.stagedCount == 0)
    }
}

extension Edit {
    fileprivate var kindName: String {
        String(describing: Mirror(reflecting: self).children.first?.label ?? "\(self)")
    }
}
