import LosslessJSON
import Session
import TestSupport
import Testing
import WebhookModel

@Suite("A resume")
struct ResumeTests {
    private let pause = Samples.set("active", false)

    /// What a run looks like after a crash: begun, some entries sent.
    private func crashed(_ bench: Bench, sent: Set<Int>, _ entries: [JournalEntry]) async throws -> RunID {
        let header = RunHeader(startedAt: bench.clock.now(), target: bench.session.target)
        let run = try await bench.journal.begin(header, entries: entries, since: try await bench.journal.mark())
        for position in sent.sorted() {
            try await bench.journal.record(JournalUpdate(position: position, state: .sent), of: run)
        }
        try await bench.journal.release(run)
        return run
    }

    private func paused(_ number: Int) -> JSON {
        Samples.document(number) { try? $0.set(false, at: [.name("is_active")]) }
    }

    private func entry(_ number: Int) -> JournalEntry {
        JournalEntry(
            key: Samples.key(number), operation: .update, before: Samples.document(number), target: paused(number))
    }

    private func resume(_ bench: Bench, _ run: RunID) async throws -> CommitReport {
        try await bench.session.commit(
            try await bench.session.prepareResume(run, CommitOptions(secrets: .plain)))
    }

    @Test("confirms what the server holds, sends what is as it was, and leaves what somebody changed")
    func reclassifies() async throws {
        let bench = try await Bench()
        let run = try await crashed(bench, sent: [0, 1], (1...3).map(entry))
        bench.service.change { world in
            world[Samples.id(1)] = paused(1)
            try? world[Samples.id(3)]?.set("theirs", at: [.name("description")])
        }
        let report = try await resume(bench, run)
        #expect(report.entries.map(\.status.kind) == [.confirmed, .confirmed, .conflict])
        #expect(bench.service.puts.count == 1 && bench.service.puts[0] == paused(2))
        #expect(bench.service.world[Samples.id(3)]?["is_active"] == true)
        let summary = try await bench.journal.run(run)
        #expect(summary.counts == [.confirmed: 2, .conflict: 1] && summary.finishedAt != nil)
    }

    @Test("takes the edits that it sent out of the staging of the session that made them")
    func sameSession() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2)
        try await bench.stage(Samples.set("description", "later"), on: 2)
        let report = try await resume(bench, try await crashed(bench, sent: [0], [entry(1), entry(2)]))
        #expect(report.outcome == .done)
        let state = await bench.session.state
        #expect(state.staged.map(\.key) == [Samples.key(2)])
    }

    @Test("finds what an interrupted create made, by what was there before")
    func creates() async throws {
        let bench = try await Bench()
        let target = Samples.json(
            #"{"webhook_name":"New","event_types":["object.created"],"channels":[{"channel":"x","configs":{}}],"is_active":true}"#
        )
        let create = { (before: [WebhookID]) in
            JournalEntry(key: .new(1), operation: .create, before: nil, target: target, equalBefore: before)
        }
        // There was an equal one before, and another arrived: that is ours.
        let old = try await bench.service.create(target).id!
        let new = try await bench.service.create(target).id!
        let found = try await resume(bench, try await crashed(bench, sent: [0], [create([old])]))
        #expect(found.entries.map(\.id) == [new] && found.outcome == .done)
        // Nothing arrived: it is created once.
        let again = try await resume(bench, try await crashed(bench, sent: [0], [create([old, new])]))
        #expect(again.outcome == .done && bench.service.webhooks.count == 6)
        // It was never sent, and none like it has come.
        let before = bench.service.webhooks.compactMap(\.id)
        let unsent = try await resume(bench, try await crashed(bench, sent: [], [create(before)]))
        #expect(unsent.outcome == .done && bench.service.webhooks.count == 7)
        // Two arrived: nobody can tell, and nothing is sent.
        let open = try await resume(bench, try await crashed(bench, sent: [0], [create([old, new])]))
        #expect(open.entries.map(\.status.kind) == [.conflict] && bench.service.webhooks.count == 7)
    }

    @Test("doesn't make a webhook twice whose like has come since: it may have been committed again elsewhere")
    func committedAgain() async throws {
        let bench = try await Bench()
        let target = Samples.document(9) { $0.drop("webhook_id") }
        let creates = (1...2).map { JournalEntry(key: .new($0), operation: .create, before: nil, target: target) }
        let run = try await crashed(bench, sent: [], Array(creates.prefix(1)))
        let other = try await crashed(bench, sent: [], creates)
        #expect(try await resume(bench, other).counts == [.confirmed: 2])
        let report = try await resume(bench, run)
        #expect(report.entries.map(\.status.kind) == [.conflict] && bench.service.webhooks.count == 5)
        #expect(try await bench.journal.run(run).finishedAt != nil)
    }

    @Test("takes no webhook for its own that another run made")
    func madeByAnother() async throws {
        let bench = try await Bench()
        let target = Samples.document(9) { $0.drop("webhook_id") }
        let create = JournalEntry(key: .new(1), operation: .create, before: nil, target: target)
        let run = try await crashed(bench, sent: [0], [create])
        let other = try await crashed(bench, sent: [], [create])
        let made = try #require(try await created(bench, by: other))
        // Whether its own was made and is gone, or is on its way, nobody can tell.
        #expect(try await resume(bench, run).counts == [.conflict: 1])
        #expect(bench.service.webhooks.count == 4)
        // One beside the other's is its own.
        let third = try await crashed(bench, sent: [0], [create])
        try await bench.journal.record(JournalUpdate(position: 0, state: .unknown), of: third)
        let own = try #require(try await bench.service.create(target).id)
        #expect(try await created(bench, by: third) == own && own != made)
        #expect(bench.service.webhooks.count == 5)
    }

    /// What the create of a run made, once it is through.
    private func created(_ bench: Bench, by run: RunID) async throws -> WebhookID? {
        #expect(try await resume(bench, run).counts == [.confirmed: 1])
        return try await bench.journal.entries(of: run)[0].createdID
    }

    @Test("takes no webhook for its own that an earlier run deleted, though an old list still shows it")
    func deletedBefore() async throws {
        let bench = try await Bench()
        let target = Samples.document(9) { $0.drop("webhook_id") }
        let old = try await bench.service.create(target)
        let id = try #require(old.id)
        let delete = JournalEntry(key: .existing(id), operation: .delete, before: old.document, target: nil)
        #expect(try await resume(bench, try await crashed(bench, sent: [], [delete])).counts == [.confirmed: 1])
        let create = JournalEntry(key: .new(1), operation: .create, before: nil, target: target)
        let run = try await crashed(bench, sent: [0], [create])
        bench.service.beforeNext(.list) { $0[id] = old.document }
        bench.service.beforeNext(.list) { $0[id] = nil }
        let made = try await created(bench, by: run)
        #expect(made != nil && made != id)
    }

    @Test("takes no webhook for a create's that is known to be its twin's, though an old list has lacked it")
    func unseenTwin() async throws {
        let bench = try await Bench()
        let target = Samples.document(9) { $0.drop("webhook_id") }
        let twins = (1...2).map { JournalEntry(key: .new($0), operation: .create, before: nil, target: target) }
        let run = try await crashed(bench, sent: [0], twins)
        let made = try await bench.service.create(target)
        let id = try #require(made.id)
        try await bench.journal.record(JournalUpdate(position: 0, state: .confirmed, createdID: id), of: run)
        bench.service.beforeNext(.list) { $0[id] = nil }
        bench.service.beforeNext(.create) { $0[id] = made.document }
        bench.service.failNext(.create, .loseRequest)
        #expect(try await resume(bench, run).counts == [.confirmed: 1])
        let ids = try await bench.journal.entries(of: run).map(\.createdID)
        #expect(ids[0] == id && ids[1] != nil && ids[1] != id && bench.service.webhooks.count == 5)
    }

    @Test("takes no webhook for a create's that may be its twin's")
    func twins() async throws {
        let bench = try await Bench()
        let target = Samples.document(9) { $0.drop("webhook_id") }
        let twins = (1...2).map { JournalEntry(key: .new($0), operation: .create, before: nil, target: target) }
        let run = try await crashed(bench, sent: [0, 1], twins)
        try await bench.journal.record(JournalUpdate(position: 0, state: .conflict), of: run)
        // It came of either.
        _ = try await bench.service.create(target)
        let report = try await resume(bench, run)
        #expect(report.entries.map(\.status.kind) == [.conflict] && bench.service.webhooks.count == 4)
    }

    @Test("doesn't create again what somebody changed since, and leaves others of its name out of it")
    func changedCreate() async throws {
        let bench = try await Bench()
        let target = Samples.document(9) { $0.put("New", "webhook_name") }
        let old = try await bench.service.create(target).id!
        let new = try await bench.service.create(target).id!
        bench.service.change { world in
            for id in [old, new] { try? world[id]?.set("theirs", at: [.name("description")]) }
        }
        let create = { (before: [WebhookID]) in
            JournalEntry(key: .new(1), operation: .create, before: nil, target: target, equalBefore: before)
        }
        let unclear = try await resume(bench, try await crashed(bench, sent: [0], [create([old])]))
        #expect(unclear.entries.map(\.status.kind) == [.conflict] && bench.service.webhooks.count == 5)
        let clear = try await resume(bench, try await crashed(bench, sent: [0], [create([old, new])]))
        #expect(clear.outcome == .done && bench.service.webhooks.count == 6)
    }

    @Test("waits before it sends again what was sent and isn't there: it may still arrive")
    func lateArrival() async throws {
        let bench = try await Bench()
        let run = try await crashed(bench, sent: [0], [entry(1), entry(2)])
        bench.service.beforeNext(.list) { _ in }
        bench.service.beforeNext(.list) { $0[Samples.id(1)] = paused(1) }
        let report = try await resume(bench, run)
        #expect(report.outcome == .done)
        #expect(bench.service.puts == [paused(2)])
        #expect(bench.clock.slept == [SendOptions().lateTime])
    }

    @Test("after a kill waits once, and reads the list no more often than it must")
    func waitsOnce() async throws {
        let storage = MemoryJournal.Storage()
        let dead = MemoryJournal(storage, holder: "dead")
        let bench = try await Bench(journal: MemoryJournal(storage, holder: "ours") { $0 == "ours" })
        let header = RunHeader(startedAt: bench.clock.now(), target: bench.session.target)
        let run = try await dead.begin(header, entries: (1...2).map(entry), since: try await dead.mark())
        try await dead.record(JournalUpdate(position: 0, state: .sent), of: run)
        #expect(try await resume(bench, run).outcome == .done)
        #expect(bench.clock.slept == [SendOptions().lateTime])
        #expect(bench.operations == [.list, .list, .update, .update, .list])
    }

    @Test("sends another secret to a server that hides secrets, though nothing is to be seen of it")
    func hiddenSecrets() async throws {
        let bench = try await Bench()
        let hidden = Samples.document(1) { $0.put("****abcd", "channels[0].configs.bot_token") }
        let target = Samples.document(1) { $0.put("a new token", "channels[0].configs.bot_token") }
        bench.service.change { $0[Samples.id(1)] = hidden }
        let entry = JournalEntry(key: Samples.key(1), operation: .update, before: hidden, target: target)
        let report = try await resume(bench, try await crashed(bench, sent: [], [entry]))
        #expect(report.outcome == .done && bench.service.puts == [target])
    }

    @Test("of another session's run leaves what is staged here as new alone")
    func othersCreate() async throws {
        let bench = try await Bench()
        let theirs = Samples.document(8) { $0.drop("webhook_id") }
        let run = try await crashed(
            bench, sent: [], [JournalEntry(key: .new(1), operation: .create, before: nil, target: theirs)])
        _ = try await bench.session.update { state throws(StagingError) in
            try state.clone(Samples.key(2), name: "Ours")
        }
        #expect(try await resume(bench, run).outcome == .done)
        let staged = await bench.session.state.staged
        #expect(staged.map(\.key) == [.new(1)])
    }

    @Test("sends nothing when its journal cannot be read, and says why")
    func unreadable() async throws {
        let bench = try await Bench()
        let run = try await crashed(bench, sent: [], [entry(1)])
        let prepared = try await bench.session.prepareResume(run, CommitOptions(secrets: .plain))
        let forgetful = Session(
            service: bench.service, journal: MemoryJournal(), clock: bench.clock, target: bench.session.target)
        let report = try await forgetful.commit(stale(prepared, bench))
        #expect(report.stop == .journal(.unknownRun(run)) && bench.service.puts.isEmpty)
    }

    /// So old by now that it is planned anew.
    private func stale(_ prepared: PreparedCommit, _ bench: Bench) -> PreparedCommit {
        bench.clock.advance(by: prepared.options.send.maximumAge + .seconds(1))
        return prepared
    }

    @Test("takes a delete that happened as done")
    func deletes() async throws {
        let bench = try await Bench()
        let entry = JournalEntry(
            key: Samples.key(1), operation: .delete, before: Samples.document(1), target: nil)
        let run = try await crashed(bench, sent: [0], [entry])
        bench.service.change { $0[Samples.id(1)] = nil }
        #expect(try await resume(bench, run).outcome == .done)
    }

    @Test("has nothing to do for a run that is through, and says so")
    func nothing() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1)
        let run = try #require(try await bench.commit().run)
        await #expect(throws: RunError.nothingOpen(run)) { try await resume(bench, run) }
    }

    @Test("ends a run that was cut off behind its last webhook")
    func cutOffAtTheEnd() async throws {
        let bench = try await Bench()
        let run = try await crashed(bench, sent: [0], [entry(1)])
        try await bench.journal.record(JournalUpdate(position: 0, state: .confirmed), of: run)
        await #expect(throws: RunError.nothingOpen(run)) { try await resume(bench, run) }
        #expect(try await bench.journal.run(run).finishedAt != nil)
    }

    @Test("goes on after an error stopped the run")
    func afterError() async throws {
        let bench = try await Bench()
        try await bench.stage(pause, on: 1, 2, 3)
        bench.service.failNext(.update, .refuse(.unreachable(reason: "down")))
        let report = try await bench.commit()
        let run = try #require(report.run)
        #expect(try await bench.journal.run(run).finishedAt == nil)
        #expect(try await bench.session.newestRun { $0.openCount > 0 }.id == run)
        #expect(try await resume(bench, run).outcome == .done)
        #expect(bench.service.webhooks.allSatisfy { !$0.isActive })
    }

    @Test("planned before another session went on with the run is planned anew, and creates nothing twice")
    func overtaken() async throws {
        let bench = try await Bench()
        let target = Samples.document(9) { $0.drop("webhook_id") }
        let create = JournalEntry(key: .new(1), operation: .create, before: nil, target: target)
        let run = try await crashed(bench, sent: [], [create, entry(1)])
        let options = CommitOptions(secrets: .plain)
        let early = try await bench.session.prepareResume(run, options)
        let first = try await bench.session.commit(try await bench.session.prepareResume(run, options)) { _ in }
        #expect(first.outcome == .done)
        let late = try await bench.session.commit(early)
        #expect(late.counts[.confirmed] == nil)
        #expect(bench.service.webhooks.count == 4)
    }

    @Test("a commit waits for a write that a process sent before it died")
    func unsettled() async throws {
        let storage = MemoryJournal.Storage()
        let dead = MemoryJournal(storage, holder: "dead")
        let bench = try await Bench(journal: MemoryJournal(storage, holder: "ours") { $0 == "ours" })
        let header = RunHeader(startedAt: bench.clock.now(), target: bench.session.target)
        let run = try await dead.begin(header, entries: [entry(1)], since: try await dead.mark())
        try await dead.record(JournalUpdate(position: 0, state: .sent), of: run)
        try await bench.stage(Samples.set("description", "ours"), on: 1)
        #expect(try await bench.commit().outcome == .done)
        #expect(bench.clock.slept == [CommitOptions(secrets: .plain).send.lateTime])
        #expect(bench.operations == [.list, .list, .update, .list])
    }

    @Test("a list that passes over a webhook is completed before the webhook is taken for gone")
    func passedOver() async throws {
        let bench = try await Bench()
        try await bench.stage(.delete, on: 3)
        bench.service.beforeNext(.list) { $0[Samples.id(3)] = nil }
        bench.service.beforeNext(.get) { $0[Samples.id(3)] = Samples.document(3) }
        let report = try await bench.commit()
        #expect(report.counts == [.confirmed: 1])
        #expect(bench.operations == [.list, .get, .delete, .list])
    }

    @Test("under another key needs a webhook of the run in the organization")
    func sameOrganization() async throws {
        let bench = try await Bench()
        let header = RunHeader(
            startedAt: bench.clock.now(), target: CommitTarget(profile: "test", host: "memory", organization: "old key")
        )
        let start = JournalMark(place: 0)
        let ours = try await bench.journal.begin(header, entries: [entry(1)], since: start)
        let other = try await bench.journal.begin(header, entries: [entry(9)], since: start)
        for run in [ours, other] { try await bench.journal.release(run) }
        let options = CommitOptions(secrets: .plain)
        await #expect(throws: RunError.otherTarget(ours, header.target)) {
            try await bench.session.prepareResume(ours, options)
        }
        await #expect(throws: RunError.otherOrganization(other)) {
            try await bench.session.prepareResume(other, options, sameOrganization: true)
        }
        _ = try await bench.session.prepareResume(ours, options, sameOrganization: true)
    }
}
