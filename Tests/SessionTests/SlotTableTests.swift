import LosslessJSON
import TestSupport
import Testing
import WebhookModel

@testable import Session

@Suite("A commit's slots")
struct SlotTableTests {
    private func slot(_ number: Int) -> CommitMachine.Slot {
        let item = CommitItem(write: .delete(Samples.id(number)), before: nil, intent: .exact)
        return CommitMachine.Slot(item: item, readAt: Timestamp(seconds: 0))
    }

    @Test("are found by position, in the order of the run, where positions have gaps")
    func gaps() {
        var table = SlotTable([7: slot(1), 2: slot(2), 3: slot(3)])
        #expect(table.count == 3)
        #expect(table.positions == [2, 3, 7])
        #expect(table.positions.map { table[$0].write } == [2, 3, 1].map { .delete(Samples.id($0)) })
        #expect(table.values.map(\.write) == [2, 3, 1].map { .delete(Samples.id($0)) })
        table[3].attempts = 5
        #expect(table[3].attempts == 5 && table[2].attempts == 0 && table[7].attempts == 0)
        #expect([0, 4, 8, 1_000, -1].allSatisfy { !table.contains($0) })
        #expect(table.positions.allSatisfy(table.contains))
    }

    @Test("may be none")
    func none() {
        let table = SlotTable([:])
        #expect(table.count == 0 && !table.contains(0) && table.positions.isEmpty)
    }
}
