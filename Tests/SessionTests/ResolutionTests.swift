import LosslessJSON
import Session
import Testing
import WebhookModel

@Suite("A reference to a webhook")
struct ResolutionTests {
    private func named(_ id: String, _ name: String) -> Webhook {
        Webhook(document: ["webhook_id": JSON(id), "webhook_name": JSON(name)])
    }

    private var state: SessionState {
        var state = SessionState()
        state.refresh(
            [
                named("wh_abc1", "Alerts"), named("wh_abd2", "Audit"), named("wh_x", "Audit"),
                named("wh_xyz", "wh_abc1"),
            ],
            at: Timestamp(seconds: 0))
        return state
    }

    private func key(_ text: String) throws -> WebhookKey { try #require(WebhookKey(text)) }

    @Test("is an exact identifier before a name, and a name before a prefix")
    func order() throws {
        #expect(try state.resolve("wh_abc1") == key("wh_abc1"))
        #expect(try state.resolve("wh_x") == key("wh_x"))
        #expect(try state.resolve("Alerts") == key("wh_abc1"))
        #expect(try state.resolve("wh_abd") == key("wh_abd2"))
    }

    @Test("that fits several lists them")
    func ambiguous() throws {
        let audits = [try key("wh_abd2"), try key("wh_x")]
        #expect(throws: ResolutionError.ambiguous("Audit", candidates: audits, count: 2)) { try state.resolve("Audit") }
        let prefixed = [try key("wh_abc1"), try key("wh_abd2")]
        #expect(throws: ResolutionError.ambiguous("wh_ab", candidates: prefixed, count: 2)) {
            try state.resolve("wh_ab")
        }
        let all = try ["wh_abc1", "wh_abd2", "wh_x", "wh_xyz"].map(key)
        #expect(throws: ResolutionError.ambiguous("wh_", candidates: all, count: 4)) { try state.resolve("wh_") }
    }

    @Test("that fits none suggests the nearest")
    func unknown() {
        #expect(throws: ResolutionError.notFound("Alrets", nearest: "Alerts")) { try state.resolve("Alrets") }
        #expect(throws: ResolutionError.notFound("wh_adb2", nearest: "wh_abd2")) { try state.resolve("wh_adb2") }
        #expect(throws: ResolutionError.notFound("", nearest: nil)) { try state.resolve("") }
        #expect(throws: ResolutionError.notFound("alerts", nearest: "Alerts")) { try state.resolve("alerts") }
    }

    @Test("goes by the names that are shown, staged ones included")
    func stagedNames() throws {
        var state = state
        let renamed = try key("wh_abc1")
        _ = try state.stage(Samples.set("name", "Renamed"), on: [renamed])
        #expect(try state.resolve("Renamed") == renamed)
        #expect(throws: ResolutionError.self) { try state.resolve("Alerts") }
        _ = state.undo()
        #expect(try state.resolve("Alerts") == renamed)
        #expect(throws: ResolutionError.self) { try state.resolve("Renamed") }
    }

    @Test("new:N is a webhook of this session, or an error")
    func new() throws {
        var state = state
        _ = try state.create(NewWebhook(name: "Fresh", events: [], channels: []))
        #expect(try state.resolve("new:1") == .new(1))
        #expect(try state.resolve("Fresh") == .new(1))
        #expect(throws: ResolutionError.unknownNew(2)) { try state.resolve("new:2") }
    }

    @Test("of a key reads what the key prints", arguments: ["wh_abc", "new:1", "new:42"])
    func keys(_ text: String) {
        #expect(WebhookKey(text)?.description == text)
    }

    @Test("is no key otherwise", arguments: ["new:0", "new:-1", "new:+1", "new:01", "new:", "New:1", "abc", ""])
    func noKeys(_ text: String) {
        #expect(WebhookKey(text) == nil)
    }
}
