import LosslessJSON
import Session
import Testing
import WebhookModel

@Suite("A plan")
struct PlannerTests {
    private func staged(_ edits: Edit..., base: JSON = Samples.document(1)) throws -> Staged {
        var staged = Staged(key: Samples.key(1), base: Webhook(document: base))
        for edit in edits { _ = try staged.append(edit) }
        return staged
    }

    private func plan(
        _ staged: Staged, live: JSON? = Samples.document(1), _ planner: Planner = Planner(secrets: .plain)
    ) -> PlanEntry {
        planner.plan(staged, live: live.map { Webhook(document: $0) })
    }

    @Test("updates with the whole document as the server gave it, patched")
    func update() throws {
        let entry = plan(try staged(Samples.set("name", "New")))
        let expected = Samples.document(1) { $0.put("New", "webhook_name") }
        #expect(entry.action == .update(expected))
        #expect(entry.action.target?.text() == expected.text())
        #expect(entry.changes.map(\.line) == [#"webhook_name: "Webhook 1" → "New""#])
    }

    @Test("always has is_active in what is sent")
    func isActive() throws {
        let base = Samples.document(1) { $0.drop("is_active") }
        let entry = plan(try staged(Samples.set("name", "New"), base: base), live: base)
        #expect(entry.action.target?["is_active"] == true)
    }

    @Test("skips what the server holds already")
    func already() throws {
        let live = Samples.document(1) { $0.put("New", "webhook_name") }
        #expect(plan(try staged(Samples.set("name", "New")), live: live).action == .already)
        #expect(plan(try staged(Samples.set("active", true))).action == .already)
        #expect(plan(try staged(.delete), live: nil).action == .already)
        let absent = Samples.document(1) { $0.drop("is_active") }
        #expect(plan(try staged(Samples.set("name", "Webhook 1"), base: absent), live: absent).action == .already)
    }

    @Test("sends an explicit active true while delivery_health is set, since that clears it")
    func health() throws {
        let failing = Samples.document(1) { $0.put(["consecutive_failures": 3], "delivery_health") }
        let enable = try staged(Samples.set("active", true), base: failing)
        #expect(plan(enable, live: failing).action == .update(failing))
        #expect(plan(try staged(Samples.set("name", "Webhook 1"), base: failing), live: failing).action == .already)
        let healthy = Samples.document(1) { $0.put(.null, "delivery_health") }
        #expect(plan(try staged(Samples.set("active", true), base: healthy), live: healthy).action == .already)
    }

    @Test("shows a conflict and sends nothing; force sends ours and tells what it overwrites")
    func conflict() throws {
        let live = Samples.document(1) { $0.put("Theirs", "webhook_name") }
        let entry = plan(try staged(Samples.set("name", "Ours")), live: live)
        #expect(entry.action.kind == .conflict && !entry.action.isWrite)
        let forced = plan(try staged(Samples.set("name", "Ours")), live: live, Planner(force: true, secrets: .plain))
        #expect(forced.action.target?["webhook_name"] == "Ours")
        #expect(forced.overwritten.map(\.live) == ["Theirs"])
    }

    @Test("refuses what the API would refuse")
    func invalid() throws {
        let entry = plan(try staged(.removeEvents([.init("object.*")])))
        #expect(entry.action == .invalid([Finding(path: ["event_types"], code: .tooShort(minimum: 1))]))
        let long = plan(try staged(Samples.set("name", JSON(String(repeating: "x", count: 201)))))
        #expect(long.action.kind == .invalid)
    }

    @Test("does not refuse an edit for what the server's copy lacks already")
    func inherited() throws {
        let broken = Samples.document(1) {
            $0.drop("channels[1].configs.url")
            $0.put("", "webhook_name")
        }
        #expect(plan(try staged(Samples.set("active", false), base: broken), live: broken).action.kind == .update)
        // The broken channel moves up when the one before it goes.
        #expect(plan(try staged(.removeChannel(.kind("slack")), base: broken), live: broken).action.kind == .update)
    }

    @Test("warns of near misses that the edits brought")
    func warnings() throws {
        let base = Samples.document(1) { $0.put(["object.created", "old.unknown"], "event_types") }
        let entry = plan(try staged(.addEvents(["object.deletd"]), base: base), live: base)
        #expect(entry.warnings.map(\.suggestion) == ["object.deleted"])
    }

    @Test("holds masked secrets back where the server may take them at their word")
    func masked() throws {
        let base = Samples.document(1) { $0.put("xoxb-...", "channels[0].configs.bot_token") }
        let edit = try staged(Samples.set("name", "New"), base: base)
        let path: JSONPath = ["channels", 0, "configs", "bot_token"]
        for secrets in [SecretsCapability.lossy, .unknown] {
            #expect(plan(edit, live: base, Planner(secrets: secrets)).action == .masked([path]))
            let allowed = Planner(secrets: secrets, maskedAllowed: [Samples.key(1)])
            #expect(plan(edit, live: base, allowed).action.kind == .update)
            let supplied = try staged(Samples.set("channels.slack.bot_token", "xoxb-new-token"), base: base)
            #expect(plan(supplied, live: base, Planner(secrets: secrets)).action.kind == .update)
        }
        for secrets in [SecretsCapability.plain, .keep] {
            #expect(plan(edit, live: base, Planner(secrets: secrets)).action.kind == .update)
        }
        let signing = Samples.document(1) { $0.put("redacted", "channels[1].configs.signing_secret") }
        #expect(
            plan(try staged(Samples.set("name", "N"), base: signing), live: signing, Planner(secrets: .unknown)).action
                .kind == .update)
    }

    @Test(
        "holds a mask of ours back wherever it would replace a secret, and whatever the server does",
        arguments: [SecretsCapability.plain, .keep, .lossy, .unknown])
    func ownMask(_ secrets: SecretsCapability) throws {
        let planner = Planner(secrets: secrets)
        let token: JSONPath = ["channels", 0, "configs", "bot_token"]
        let text: JSONPath = ["description"]
        for (path, mask) in [(token, "••••1234"), (text, "see https://••••@example.com/")] {
            let base = Samples.document(1) { $0.put("see https://user:pass@example.com/", "description") }
            let edit = try staged(.set(FieldPath(path), EditValue(JSON(mask))), base: base)
            #expect(plan(edit, live: base, planner).action == .masked([path]))
            let allowed = Planner(secrets: secrets, maskedAllowed: [Samples.key(1)])
            #expect(plan(edit, live: base, allowed).action.kind == .update)
        }
        // A text that was edited may not look like one with a secret any more.
        for text in ["see ••••w0rd@example.com", "${secret:TOKEN}"] {
            let edit = try staged(Samples.set("description", JSON(text)))
            #expect(plan(edit, live: Samples.document(1), planner).action == .masked([["description"]]))
            let unheld = Planner(secrets: secrets, holdsStandIns: false)
            #expect(plan(edit, live: Samples.document(1), unheld).action.kind == .update)
        }
    }

    @Test("a new webhook has nothing that a server's mask could keep", arguments: [SecretsCapability.keep, .lossy])
    func maskOfNew(_ secrets: SecretsCapability) throws {
        var state = Samples.state()
        let channel = NewChannel(
            kind: "slack", entries: [.init(["channel_id"], "C1"), .init(["bot_token"], "redacted")])
        _ = try state.create(NewWebhook(name: "New", events: ["object.created"], channels: [channel]))
        let live = LiveSnapshot([], isComplete: true, readAt: Timestamp(seconds: 0), requests: 1)
        let plan = Planner(secrets: secrets).plan(state.staged, against: live)
        #expect(plan.entries.map(\.action) == [.masked([["channels", 0, "configs", "bot_token"]])])
    }

    @Test("a mask that the server holds as the secret is nothing that an edit of something else brings")
    func heldMask() throws {
        let base = Samples.document(1) { $0.put("••••1234", "channels[0].configs.bot_token") }
        let edit = try staged(Samples.set("name", "New"), base: base)
        #expect(plan(edit, live: base, Planner(secrets: .plain)).action.kind == .update)
    }

    @Test("shows a secret by its reference though a merge moved its channel")
    func reference() throws {
        let token = EditValue("xoxb-secret-secret", reference: "secret:SLACK")
        let edit = try staged(.setChannel(.kind("slack"), [.init(["bot_token"], token)]))
        let live = Samples.document(1) { document in
            let channels = document["channels"]?.array ?? []
            document.put(JSON(channels.reversed()), "channels")
        }
        let change = try #require(plan(edit, live: live).changes.first)
        #expect(change.path == ["channels", 1, "configs", "bot_token"])
        #expect(change.masked.after == "${secret:SLACK}")
    }

    @Test("counts what it does")
    func counts() throws {
        var state = Samples.state()
        _ = try state.stage(Samples.set("active", false), on: [Samples.key(1)])
        _ = try state.stage(.delete, on: [Samples.key(2)])
        let channel = NewChannel(kind: "webhook", entries: [.init(["url"], "https://a.example.com")])
        _ = try state.create(NewWebhook(name: "New", events: ["object.created"], channels: [channel]))
        let live = LiveSnapshot(
            (1...3).map { Samples.webhook($0) }, isComplete: true, readAt: Timestamp(seconds: 0), requests: 1)
        let plan = Planner(secrets: .plain).plan(state.staged, against: live)
        #expect(plan.counts == [.update: 1, .delete: 1, .create: 1])
        #expect(plan.writes == 3 && plan.reads == 1 && !plan.isEmpty)
    }

    @Test(
        "reads with the fewest requests",
        arguments: [
            (1, 0, 10_000, 1_000, RefreshStrategy.reads([Samples.id(0)])), (10, 0, 10_000, 1_000, .list(pages: 10)),
            (9, 0, 9_001, 1_000, .reads((0..<9).map { Samples.id($0) })), (1, 0, 10_000, nil, .list(pages: 1)),
            (1, 0, 1_000, 1_000, .list(pages: 1)), (1, 0, 0, 1_000, .list(pages: 1)), (0, 0, 10_000, 1_000, .nothing),
            (1, 1, 10_000, 1_000, .list(pages: 10)), (1, 0, 10, 0, .reads([Samples.id(0)])),
        ] as [(Int, Int, Int, Int?, RefreshStrategy)])
    func refresh(_ changed: Int, _ created: Int, _ known: Int, _ pageSize: Int?, _ strategy: RefreshStrategy) {
        let keys = (0..<changed).map { Samples.key($0) } + (0..<created).map { WebhookKey.new($0 + 1) }
        #expect(RefreshStrategy.choose(for: keys, known: known, pageSize: pageSize) == strategy)
    }
}
