import LosslessJSON
import Session
import TestSupport
import Testing
import WebhookModel

@Suite("A commit in which something goes wrong")
struct CommitFailureTests {
    private let pause = Samples.set("active", false)
    private let new = NewWebhook(
        name: "New", events: ["object.created"],
        channels: [NewChannel(kind: "webhook", entries: [.init(["url"], "https://a.example.com")])])

    private func states(_ bench: Bench) async throws -> [JournalState] {
        let run = try #require(try await bench.journal.runs(limit: 1).first)
        return try await bench.journal.entries(of: run.id).map(\.state)
    }

    @Test(
        "a refusal leaves its webhook staged, stops the rest, and is an error of that webhook",
        arguments: [
            ServiceError.Kind.badRequest, .invalid([]), .alreadyExists, .notAllowed,
            .rateLimited(retryAfter: .seconds(3)),
        ])
    func refused(_ kind: ServiceError.Kind) async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2, 3)
        bench.service.failNext(.update, .refuse(kind))
        let report = try await bench.commit()
        let error = try #require(report.firstError)
        #expect(report.stop == .error(error) && error.kind == kind)
        #expect(report.counts[.planned] == 2)
        guard case .refused = report.outcome else { throw CommitTests.Unexpected() }
        #expect(await bench.session.state.stagedCount == 3)
        #expect(bench.operations == [.list, .update])
        #expect(try await bench.commit().outcome == .done)
    }

    @Test("an answer that nobody could look up stops the rest, though the closing list settles it")
    func settledAtTheEnd() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2, 3)
        bench.service.failNext(.update, .loseAnswer)
        bench.service.failNext(.get, .refuse(.timedOut))
        let report = try await bench.commit()
        guard case .error(let error) = report.stop else { throw CommitTests.Unexpected() }
        guard case .ambiguous = error.kind else { throw CommitTests.Unexpected() }
        #expect(report.outcome == .partly && report.counts == [.confirmed: 1, .planned: 2])
    }

    @Test("with on-error continue the others are sent")
    func carriesOn() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2, 3)
        bench.service.failNext(.update, .refuse(.badRequest))
        let report = try await bench.commit { $0.send.onError = .continue }
        #expect(report.outcome == .partly && report.counts == [.refused: 1, .confirmed: 2])
        #expect(await bench.session.state.staged.map(\.key) == [Samples.key(1)])
        #expect(try await states(bench) == [.refused, .confirmed, .confirmed])
    }

    @Test(
        "what holds for all stops the run, on-error continue or not",
        arguments: [
            ServiceError.Kind.unauthorized, .forbidden, .unreachable(reason: "refused"), .insecureTransport,
            .certificate(reason: "expired"), .redirectRefused(to: "https://elsewhere"),
        ])
    func fatal(_ kind: ServiceError.Kind) async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2, 3)
        bench.service.failNext(.update, .refuse(kind))
        let report = try await bench.commit { $0.send.onError = .continue }
        let error = try #require(report.firstError)
        #expect(report.stop == .service(error))
        let isNotAllowed = [.unauthorized, .forbidden].contains(kind)
        #expect(report.outcome == (isNotAllowed ? .notAllowed(error) : .refused(error)))
        #expect(bench.operations == [.list, .update])
        #expect(await bench.session.state.stagedCount == 3)
    }

    // MARK: Ambiguous writes

    private static let open: [ServiceError.Kind] = [
        .serverError, .ambiguous(reason: "reset"), .timedOut,
        .unexpectedAnswer(contentType: "text/html", snippet: "<html>"),
        .malformedBody(reason: "cut short", offset: 7), .bodyTooLarge(limit: 1),
    ]

    @Test("a write that may have happened and did is confirmed by looking", arguments: open)
    func happened(_ kind: ServiceError.Kind) async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2)
        bench.service.failNext(.update, .doAndFail(kind))
        #expect(try await bench.commit().outcome == .done)
        #expect(bench.operations == [.list, .update, .get, .update, .list])
        #expect(bench.clock.slept == [.seconds(10)])
        #expect(await bench.session.state.stagedCount == 0)
    }

    @Test("a write that may have happened and did not is sent again", arguments: open)
    func didNotHappen(_ kind: ServiceError.Kind) async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        bench.service.failNext(.update, .refuse(kind))
        #expect(try await bench.commit().outcome == .done)
        #expect(bench.operations == [.list, .update, .get, .update, .list])
    }

    @Test("a write that never happens is given up after so many attempts")
    func givenUp() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        for _ in 1...3 { bench.service.failNext(.update, .refuse(.serverError)) }
        let report = try await bench.commit()
        #expect(report.counts == [.failed: 1])
        #expect(bench.operations == [.list, .update, .get, .update, .get, .update, .get])
        #expect(try await states(bench) == [.failed])
    }

    @Test("a write that may have happened, and somebody else wrote since, is a conflict")
    func overtaken() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        bench.service.failNext(.update, .loseAnswer)
        bench.service.beforeNext(.get) { $0[Samples.id(1)] = Samples.document(1) { $0.put("Theirs", "webhook_name") } }
        let report = try await bench.commit()
        #expect(report.outcome == .conflict)
        #expect(bench.operations == [.list, .update, .get])
        #expect(bench.service.webhooks[0].name == "Theirs")
    }

    @Test("a write that may have happened to what is gone now is a conflict, and a delete is done")
    func goneSince() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        try await bench.stage(.delete, on: 2)
        bench.service.failNext(.update, .loseRequest)
        bench.service.failNext(.delete, .loseAnswer)
        bench.service.beforeNext(.get) { $0[Samples.id(1)] = nil }
        let report = try await bench.commit()
        #expect(report.counts == [.conflict: 1, .confirmed: 1])
    }

    @Test("a write of which looking tells nothing either is looked at once more by the closing list")
    func unknown() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2)
        bench.service.failNext(.update, .loseAnswer)
        bench.service.failNext(.get, .refuse(.timedOut))
        let report = try await bench.commit()
        #expect(report.outcome == .partly && report.counts == [.confirmed: 1, .planned: 1])
        #expect(try await states(bench) == [.confirmed, .planned])
        #expect(try await bench.commit().counts == [.confirmed: 1])
    }

    // MARK: Creates

    private func stageNew(_ bench: Bench, _ count: Int = 1) async throws {
        try await bench.session.update { state in
            for _ in 0..<count { _ = try state.create(new) }
        }
    }

    @Test("a create that may have happened and did is found in the list, and not sent again")
    func createHappened() async throws {
        let bench = try await Bench()
        try await stageNew(bench)
        bench.service.failNext(.create, .loseAnswer)
        let report = try await bench.commit()
        #expect(report.outcome == .done)
        #expect(bench.operations == [.list, .create, .list, .list])
        #expect(bench.service.webhooks.count == 4)
        #expect(report.entries[0].id == bench.service.webhooks[3].id)
    }

    @Test("a create is found though the server filled in its defaults")
    func createNormalised() async throws {
        let bench = try await Bench()
        bench.service.answer { document in
            var document = document
            document.put(.null, "description")
            return document
        }
        try await stageNew(bench)
        bench.service.failNext(.create, .loseAnswer)
        #expect(try await bench.commit().outcome == .done)
        #expect(bench.service.webhooks.count == 4)
    }

    @Test("a create that did not happen is sent again, an equal webhook from before notwithstanding")
    func createDidNotHappen() async throws {
        let bench = try await Bench()
        try await stageNew(bench)
        #expect(try await bench.commit().outcome == .done)
        try await stageNew(bench)
        bench.service.failNext(.create, .loseRequest)
        let report = try await bench.commit()
        #expect(report.outcome == .done)
        #expect(bench.service.webhooks.count == 5)
        let run = try #require(report.run)
        #expect(try await bench.journal.entries(of: run)[0].equalBefore == [bench.service.webhooks[3].id])
        #expect(try await bench.journal.entries(of: run)[0].createdID == bench.service.webhooks[4].id)
    }

    @Test("a create that did not happen is sent again, though a list from before has lacked its equal of a moment ago")
    func createBesideUnseen() async throws {
        let bench = try await Bench()
        try await stageNew(bench)
        #expect(try await bench.commit().outcome == .done)
        let made = bench.service.webhooks[3]
        let id = try #require(made.id)
        try await stageNew(bench)
        bench.service.beforeNext(.list) { $0[id] = nil }
        bench.service.beforeNext(.create) { $0[id] = made.document }
        bench.service.failNext(.create, .loseRequest)
        #expect(try await bench.commit().outcome == .done)
        #expect(bench.service.webhooks.count == 5)
    }

    @Test("a create after which several equal webhooks are new is unknown")
    func createUnclear() async throws {
        let bench = try await Bench()
        try await stageNew(bench)
        bench.service.failNext(.create, .loseAnswer)
        let arrived: [JSON] = await bench.session.state.staged.compactMap(\.webhook?.document)
        bench.service.beforeNext(.create) { world in
            for document in arrived {
                var foreign = document
                foreign.put("wh_foreign", "webhook_id")
                world[Samples.foreign] = foreign
            }
        }
        #expect(try await bench.commit().counts == [.unknown: 1])
    }

    @Test("a create that may have happened is unknown when a new webhook has its name and is different")
    func createChanged() async throws {
        let bench = try await Bench()
        try await stageNew(bench)
        bench.service.failNext(.create, .loseAnswer)
        bench.service.beforeNext(.list) { _ in }
        bench.service.beforeNext(.list) { world in
            for webhook in world.webhooks.suffix(1) {
                guard let id = webhook.id else { continue }
                try? world[id]?.set(["object.deleted"], at: [.name("event_types")])
            }
        }
        #expect(try await bench.commit().counts == [.unknown: 1])
        #expect(bench.service.webhooks.count == 4)
    }

    @Test("equal creates are sent one after another, so that they can be told apart")
    func equalCreates() async throws {
        let bench = try await Bench()
        try await stageNew(bench, 4)
        bench.service.failNext(.create, .loseAnswer)
        bench.service.failNext(.create, .loseAnswer)
        let report = try await bench.commit { $0.send.concurrency = 8 }
        #expect(report.outcome == .done)
        #expect(bench.service.webhooks.count == 7)
        #expect(Set(report.entries.compactMap(\.id)).count == 4)
    }
}

extension Samples {
    static let foreign: WebhookID = {
        guard let id = WebhookID(rawValue: "wh_foreign") else { preconditionFailure() }
        return id
    }()
}
