import LosslessJSON
import TestSupport
import Testing
import WebhookModel

@testable import Session

@Suite("Two lists under way at once")
struct ReadingOrderTests {
    private let start = Timestamp(seconds: 1_000)

    private let lost = ServiceError(.ambiguous(reason: "reset"), operation: "create", host: "memory")

    private let overdue = ServiceError(.overdue, operation: "update", host: "memory")

    /// A run of a create and, behind it, updates of webhooks 1 to 3: two at a time.
    private func machine() -> CommitMachine {
        var options = SendOptions()
        options.concurrency = 2
        let create = CommitItem(
            write: .create(Samples.document(9) { $0.drop("webhook_id") }), before: nil, intent: .exact)
        return CommitMachine(
            items: [0: create, 1: update(1), 2: update(2), 3: update(3)], knownIDs: Set((1...3).map(Samples.id)),
            readAt: start, planner: Planner(secrets: .plain), options: options)
    }

    private func update(_ number: Int) -> CommitItem {
        let target = Samples.document(number) { $0.put(false, "is_active") }
        return CommitItem(write: .update(Samples.id(number), target), before: Samples.document(number), intent: .exact)
    }

    @Test("count in the order in which they were asked for, not in that of their answers")
    func order() throws {
        var machine = machine()
        // The create and the first update are under way; the create's answer is lost, and it is looked for.
        _ = machine.start(at: start)
        _ = machine.handle(.recorded(position: 0), at: start)
        _ = machine.handle(.recorded(position: 1), at: start)
        _ = machine.handle(.answered(position: 0, .failure(lost)), at: start)
        #expect(machine.handle(.waited(position: 0), at: start) == [.list(position: 0)])
        // Meanwhile the reading grows too old, and all is listed anew; webhook 3 is as it was.
        let later = start.advanced(by: .seconds(3_600))
        let answer = Webhook(document: Samples.document(1) { $0.put(false, "is_active") })
        _ = machine.handle(.answered(position: 1, .success(answer)), at: start)
        let steps = machine.handle(.recorded(position: 1), at: later)
        #expect(steps.contains { if case .refresh = $0 { true } else { false } })
        let listed = machine.handle(.refreshed(.success([answer, Samples.webhook(2), Samples.webhook(3)])), at: later)
        #expect(!listed.contains { $0.isRecord(of: 3, .sent) })
        // The list that was asked for first comes last, and shows 3 as it was once, in somebody else's words.
        let once = Samples.webhook(3) { $0.put("theirs", "description") }
        let old = machine.handle(
            .listed(position: 0, .success([Samples.webhook(1), Samples.webhook(2), once])), at: later)
        #expect(!old.contains { $0.isRecord(of: 3, .conflict) })
        #expect(machine.status(at: 3)?.kind == .planned)
    }

    @Test("a webhook that a create's look has passed over is read by itself before it is sent")
    func passedOver() {
        var machine = machine()
        _ = machine.start(at: start)
        _ = machine.handle(.recorded(position: 0), at: start)
        _ = machine.handle(.recorded(position: 1), at: start)
        _ = machine.handle(.answered(position: 0, .failure(lost)), at: start)
        _ = machine.handle(.waited(position: 0), at: start)
        let seen = [Samples.webhook(1), Samples.webhook(2)]
        _ = machine.handle(.listed(position: 0, .success(seen)), at: start)
        let answer = Webhook(document: Samples.document(1) { $0.put(false, "is_active") })
        // A place becomes free for 2, which was seen, and by its end for 3, which was not.
        #expect(
            machine.handle(.answered(position: 1, .success(answer)), at: start).contains { $0.isRecord(of: 2, .sent) })
        _ = machine.handle(.recorded(position: 1), at: start)
        _ = machine.handle(.recorded(position: 2), at: start)
        let second = Webhook(document: Samples.document(2) { $0.put(false, "is_active") })
        let next = machine.handle(.answered(position: 2, .success(second)), at: start)
        #expect(next.contains(.read(position: 3, Samples.id(3))))
        #expect(!next.contains { $0.isRecord(of: 3, .sent) })
        // It is there: it is sent, and not read once more when its turn comes too late.
        let read = machine.handle(.read(position: 3, .success(Samples.webhook(3))), at: start)
        #expect(read.contains { $0.isRecord(of: 3, .sent) })
        _ = machine.handle(.recorded(position: 3), at: start)
        _ = machine.handle(.answered(position: 3, .failure(overdue)), at: start)
        let again = machine.handle(.recorded(position: 3), at: start)
        #expect(again.contains { $0.isRecord(of: 3, .sent) })
        #expect(!again.contains(.read(position: 3, Samples.id(3))))
    }

    @Test(
        "a webhook that the later of two looks has passed over is read, though the earlier one ends last and shows it")
    func passedOverByTheLater() {
        var options = SendOptions()
        options.concurrency = 2
        let creates = [8, 9].map { number in
            CommitItem(write: .create(Samples.document(number) { $0.drop("webhook_id") }), before: nil, intent: .exact)
        }
        var machine = CommitMachine(
            items: [0: creates[0], 1: creates[1], 2: update(3)], knownIDs: [Samples.id(3)], readAt: start,
            planner: Planner(secrets: .plain), options: options)
        _ = machine.start(at: start)
        for position in [0, 1] {
            _ = machine.handle(.recorded(position: position), at: start)
            _ = machine.handle(.answered(position: position, .failure(lost)), at: start)
        }
        #expect(machine.handle(.waited(position: 0), at: start) == [.list(position: 0)])
        #expect(machine.handle(.waited(position: 1), at: start) == [.list(position: 1)])
        // It looks once more, so that there is no place for 3 before the earlier list has ended.
        #expect(machine.handle(.listed(position: 1, .success([])), at: start) == [.list(position: 1)])
        let next = machine.handle(
            .listed(position: 0, .success([Samples.webhook(8), Samples.webhook(3)])), at: start)
        #expect(next.contains(.read(position: 2, Samples.id(3))))
        #expect(!next.contains { $0.isRecord(of: 2, .sent) })
    }
}

extension CommitMachine.Step {
    fileprivate func isRecord(of position: Int, _ state: JournalState) -> Bool {
        if case .record(let update) = self { update.position == position && update.state == state } else { false }
    }
}
