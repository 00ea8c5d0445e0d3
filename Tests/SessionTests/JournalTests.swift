import Session
import Synchronization
import TestSupport
import Testing

@Suite("The in-memory journal")
struct JournalTests {
    @Test("conforms", arguments: JournalConformance.checks + JournalConformance.leaseChecks)
    func conforms(_ check: JournalConformance.Check) async throws {
        let storage = MemoryJournal.Storage()
        let dead = Deaths()
        try await check.run(
            { process in MemoryJournal(storage, holder: process, isAlive: { !dead.contains($0) }) },
            { dead.add($0) })
    }
}

/// Which processes have died.
private final class Deaths: Sendable {
    private let names = Mutex<Set<String>>([])
    func add(_ name: String) { _ = names.withLock { $0.insert(name) } }
    func contains(_ name: String) -> Bool { names.withLock { $0.contains(name) } }
}
