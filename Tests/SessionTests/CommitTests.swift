import LosslessJSON
import Session
import Synchronization
import TestSupport
import Testing
import WebhookModel

@Suite("A commit")
struct CommitTests {
    private let pause = Samples.set("active", false)

    @Test("lists once, and puts each changed webhook once")
    func happy() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 3)
        let report = try await bench.commit()
        #expect(report.outcome == .done)
        #expect(report.counts == [.confirmed: 2])
        #expect(bench.operations == [.list, .update, .update, .list])
        #expect(bench.service.webhooks.map(\.isActive) == [false, true, false])
        let state = await bench.session.state
        #expect(state.stagedCount == 0)
        #expect(state.webhook(Samples.key(1)) == bench.service.webhooks[0])
    }

    @Test("readings of a clock that was set back since are made anew, as those are that are too old")
    func clockSetBack() async throws {
        for (move, lists) in [(Duration.zero, 1), (.seconds(59), 1), (.seconds(61), 2), (.seconds(-1), 2)] {
            let bench = try await Bench()
            try await bench.stage(pause, on: 1, 3)
            let prepared = try await bench.session.prepare(CommitOptions(secrets: .plain))
            bench.clock.advance(by: move)
            let report = try await bench.session.commit(prepared)
            #expect(report.outcome == .done)
            let updates = bench.operations.firstIndex(of: .update) ?? 0
            #expect(bench.operations.prefix(updates) == Array(repeating: .list, count: lists)[...], "\(move)")
        }
    }

    @Test("sends the document as the server gave it, but for the change")
    func wholeDocument() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        _ = try await bench.commit()
        #expect(bench.service.puts.map { $0.text() } == [Samples.document(1) { $0.put(false, "is_active") }.text()])
    }

    @Test("says nothing is to do, and asks for nothing, when nothing is staged")
    func nothing() async throws {
        let bench = try await Bench()
        #expect(try await bench.commit().outcome == .nothingToDo)
        #expect(bench.requests.isEmpty)
    }

    @Test("sends nothing when the server holds it already, and that leaves the staging")
    func already() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        bench.service.change { $0[Samples.id(1)] = Samples.document(1) { $0.put(false, "is_active") } }
        let report = try await bench.commit()
        #expect(report.outcome == .nothingToDo && report.counts == [.already: 1] && report.run == nil)
        #expect(bench.operations == [.list])
        #expect(await bench.session.state.stagedCount == 0)
    }

    @Test("creates, and the webhook keeps its name new:N beside its identifier")
    func create() async throws {
        let bench = try await Bench()
        let key = try await bench.session.update { state in
            let channel = NewChannel(kind: "webhook", entries: [.init(["url"], "https://a.example.com")])
            let key = try state.create(NewWebhook(name: "New", events: ["object.created"], channels: [channel])).key
            try state.select([key])
            return key
        }
        let report = try await bench.commit()
        #expect(report.outcome == .done)
        let id = try #require(report.entries.first?.id)
        #expect(bench.service.world[id]?["webhook_name"] == "New")
        let state = await bench.session.state
        #expect(try state.resolve("\(key)") == .existing(id))
        #expect(state.current == .existing(id))
        #expect(state.selection.keys == [.existing(id)])
        #expect(state.webhook(.existing(id))?.name == "New")
    }

    @Test("deletes, and what was chosen is forgotten")
    func delete() async throws {
        let bench = try await Bench()
        try await bench.stage(.delete, on: 2)
        try await bench.session.update { state in
            try state.use(Samples.key(2))
            try state.select([Samples.key(2), Samples.key(1)])
        }
        #expect(try await bench.commit().outcome == .done)
        #expect(bench.operations == [.list, .delete, .list])
        let state = await bench.session.state
        #expect(!state.contains(Samples.key(2)) && state.current == nil)
        #expect(state.selection.keys == [Samples.key(1)])
    }

    @Test("only of some leaves the others staged")
    func only() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2)
        let report = try await bench.commit { $0.only = [Samples.key(2)] }
        #expect(report.entries.map(\.key) == [Samples.key(2)])
        #expect(await bench.session.state.staged.map(\.key) == [Samples.key(1)])
    }

    @Test("in a dry run reads and plans, and sends nothing")
    func dryRun() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        let report = try await bench.commit { $0.isDryRun = true }
        #expect(report.outcome == .planned && report.counts == [.planned: 1])
        #expect(bench.operations == [.list])
        #expect(await bench.session.state.stagedCount == 1)
        #expect(try await bench.journal.runs(limit: 9).isEmpty)
    }

    @Test("ends what can be undone")
    func undo() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        _ = try await bench.commit()
        let report = await bench.session.update { state in state.undo() }
        #expect(report.steps == 0 && report.stop == .commit)
    }

    // MARK: Foreign writers

    @Test("keeps what somebody else changed in another field")
    func foreignElsewhere() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        bench.service.change { $0[Samples.id(1)] = Samples.document(1) { $0.put("Theirs", "webhook_name") } }
        #expect(try await bench.commit().outcome == .done)
        let webhook = bench.service.webhooks[0]
        #expect(webhook.name == "Theirs" && !webhook.isActive)
    }

    @Test("stops a webhook at a conflict and sends the others; the conflict stays staged against its base")
    func conflict() async throws {
        let bench = try await Bench()
        try await bench.stage(Samples.set("name", "Ours"), on: 1, 2)
        bench.service.change { $0[Samples.id(1)] = Samples.document(1) { $0.put("Theirs", "webhook_name") } }
        let report = try await bench.commit()
        #expect(report.outcome == .partly && report.counts == [.conflict: 1, .confirmed: 1])
        #expect(bench.service.webhooks.map(\.name) == ["Theirs", "Ours", "Webhook 3"])
        let state = await bench.session.state
        #expect(state.staged.map(\.key) == [Samples.key(1)])
        #expect(state.staged(Samples.key(1))?.base == Samples.webhook(1))
        #expect(try await bench.commit().outcome == .conflict)
        #expect(try await bench.commit { $0.force = true }.outcome == .done)
        #expect(bench.service.webhooks[0].name == "Ours")
    }

    @Test("of what somebody deleted is a conflict, found by the list or by the write")
    func deletedElsewhere() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2)
        bench.service.change { $0[Samples.id(1)] = nil }
        bench.service.beforeNext(.update) { $0[Samples.id(2)] = nil }
        let report = try await bench.commit()
        #expect(report.outcome == .conflict && report.counts == [.conflict: 2])
        #expect(await bench.session.state.stagedCount == 2)
    }

    @Test("deletes what is gone already without complaint")
    func deleteGone() async throws {
        let bench = try await Bench()
        try await bench.stage(.delete, on: 1)
        bench.service.beforeNext(.delete) { $0[Samples.id(1)] = nil }
        #expect(try await bench.commit().outcome == .done)
    }

    // MARK: The server's answers

    @Test("tells by path where the answer differs from what was sent")
    func normalised() async throws {
        let bench = try await Bench()
        bench.service.answer { document in
            var document = document
            document.put("WEBHOOK", "webhook_name")
            document.put("POST", "channels[1].configs.method")
            return document
        }
        try await bench.session.refresh()
        try await bench.stage(Samples.set("name", "New"), on: 1)
        let report = try await bench.commit()
        guard case .confirmed(let verification) = report.entries[0].status else { throw Unexpected() }
        #expect(verification.differences.map(\.line) == [#"webhook_name: "New" → "WEBHOOK""#])
    }

    @Test("can't verify a secret that the answer masks, and doesn't call it equal")
    func maskedAnswer() {
        let sent = Samples.document(1)
        let answer = Samples.document(1) { $0.put("****", "channels[0].configs.bot_token") }
        let verification = Verification(sent: sent, answer: answer)
        #expect(verification.differences.isEmpty && verification.isTaken(sent, before: nil))
        #expect(verification.unverifiable == [["channels", 0, "configs", "bot_token"]])
    }

    @Test("is taken when only members that are new to the webhook stand beside what was sent")
    func taken() {
        let before = Samples.document(1)
        let sent = Samples.document(1) {
            $0.drop("description")
            $0.put(["object.updated"], "event_types")
        }
        func isTaken(_ change: (inout JSON) -> Void) -> Bool {
            var answer = sent
            change(&answer)
            return Verification(sent: sent, answer: answer).isTaken(sent, before: before)
        }
        #expect(isTaken { _ in })
        #expect(isTaken { $0.put("POST", "channels[1].configs.method") })
        #expect(isTaken { $0.put("2026-01-01T00:00:00Z", "updated_at") })
        #expect(!isTaken { $0.put("still there", "description") })
        #expect(!isTaken { $0.put(["object.updated", "object.created"], "event_types") })
        #expect(!isTaken { $0.put(["channel": "x", "configs": [:]], "channels[2]") })
        #expect(!isTaken { $0.put("Theirs", "webhook_name") })
        #expect(!isTaken { $0.drop("x_big") })
    }

    @Test("does not repeat a secret that the server's message repeats")
    func secretInMessage() async throws {
        let bench = try await Bench()
        try await bench.stage(
            .setChannel(
                .kind("webhook"),
                [.init(["url"], EditValue("https://h.example.com/t0ken-in-path", reference: "secret:URL"))]),
            on: 1)
        let message = "xoxb-11111111-abcd and https://h.example.com/t0ken-in-path are not taken"
        let problem = FieldProblem(
            path: nil, location: ["body", "xoxb-11111111-abcd"], message: message, type: "value_error")
        bench.service.failNext(.update, .refuse(.invalid([problem])))
        let error = try #require(try await bench.commit().firstError)
        guard case .invalid(let problems) = error.kind else { throw Unexpected() }
        #expect(problems[0].message == "••••abcd and ••••path are not taken")
        #expect(problems[0].location == ["body", "••••abcd"])
    }

    @Test("every PUT has is_active, whatever the server's copy has", arguments: [nil, true, false] as [JSON?])
    func isActiveOnTheWire(_ value: JSON?) async throws {
        let documents = (1...3).map { number in
            Samples.document(number) { document in
                document.drop("is_active")
                if let value { document.put(value, "is_active") }
            }
        }
        let bench = try await Bench(documents)
        try await bench.stage(.addEvents(["trigger.fired"]), Samples.set("description", "x"), on: 1, 2, 3)
        #expect(try await bench.commit().outcome == .done)
        #expect(bench.service.puts.count == 3)
        #expect(bench.service.puts.allSatisfy { $0["is_active"] == value ?? true })
    }

    // MARK: Reading

    @Test("reads single webhooks when fewer are staged than the list has pages")
    func singleReads() async throws {
        let bench = try await Bench((1...30).map { Samples.document($0) })
        try await bench.stage(pause, on: 7, 9)
        bench.service.change { $0[Samples.id(9)] = nil }
        let report = try await bench.commit { $0.pageSize = 10 }
        #expect(bench.operations == [.get, .get, .update])
        #expect(report.counts == [.confirmed: 1, .conflict: 1])
    }

    @Test("that can't read the server is an error, and nothing is lost")
    func unreadable() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        bench.service.failNext(.list, .refuse(.unauthorized))
        await #expect(throws: ServiceError.self) { try await bench.commit() }
        #expect(await bench.session.state.stagedCount == 1)
    }

    @Test("of a plan goes by it while it is young, and reads anew when it is old or its edits changed")
    func prepared() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        let options = CommitOptions(secrets: .plain)
        let young = try await bench.session.prepare(options)
        #expect(try await bench.session.commit(young).outcome == .done)
        #expect(bench.operations == [.list, .update, .list])

        try await bench.stage(pause, on: 2)
        let old = try await bench.session.prepare(options)
        bench.clock.advance(by: .seconds(61))
        bench.service.change { $0[Samples.id(2)] = Samples.document(2) { $0.put("Theirs", "webhook_name") } }
        #expect(try await bench.session.commit(old).outcome == .done)
        #expect(bench.service.webhooks[1].name == "Theirs")

        try await bench.stage(pause, on: 3)
        let outdated = try await bench.session.prepare(options)
        try await bench.stage(Samples.set("name", "Later"), on: 3)
        #expect(try await bench.session.commit(outdated).outcome == .done)
        #expect(bench.service.webhooks[2].name == "Later")
    }

    @Test("of a plan that is made anew sends nothing that was not agreed to")
    func reviewedAgain() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        let old = try await bench.session.prepare(CommitOptions(secrets: .plain))
        bench.clock.advance(by: .seconds(61))
        bench.service.change { $0[Samples.id(1)] = Samples.document(1) { $0.put("Theirs", "webhook_name") } }
        let seen = Mutex<[String?]>([])
        func commit(agrees: Bool) async throws -> CommitReport {
            try await bench.session.commit(
                old,
                review: { again in
                    seen.withLock { $0 += again.plan.entries.map { $0.live?.name } }
                    return agrees
                })
        }
        #expect(try await commit(agrees: false).outcome == .interrupted)
        #expect(!bench.operations.contains(.update) && seen.withLock(\.self) == ["Theirs"])
        #expect(try await commit(agrees: true).outcome == .done)
        #expect(bench.service.webhooks[0].name == "Theirs")
    }

    @Test("says when the list at the end could not be read")
    func unreadableEnd() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        let prepared = try await bench.session.prepare(CommitOptions(secrets: .plain))
        bench.service.failNext(.list, .refuse(.serverError))
        let report = try await bench.session.commit(prepared)
        #expect(report.outcome == .done && report.reviewFailure?.kind == .serverError)
    }

    struct Unexpected: Error {}
}
