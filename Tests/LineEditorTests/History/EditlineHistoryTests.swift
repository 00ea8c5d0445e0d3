import CEditline
import Synchronization
import Testing

@testable import LineEditor

@Suite("The copy of the history that libedit looks into")
struct EditlineHistoryTests {
    /// A store that counts how often its entries are read.
    private final class CountedHistory: HistoryStore {
        private let store = InMemoryHistory(["one", "two"])
        let reads = Mutex(0)
        var entries: [String] {
            reads.withLock { $0 += 1 }
            return store.entries
        }
        var revision: Int { store.revision }
        var failure: HistoryError? { nil }
        func append(_ entry: String) { store.append(entry) }
        func clear() { store.clear() }
    }

    @Test("is made when it is first looked into, and again only after a change")
    func lazy() throws {
        let history = try #require(EditlineHistory())
        let store = CountedHistory()
        func reads() -> Int { store.reads.withLock { $0 } }
        for _ in 0..<3 { history.use(store) }
        #expect(reads() == 0)
        #expect(editline_history_count(history.source) == 2)
        history.use(store)
        #expect(editline_history_count(history.source) == 2)
        #expect(reads() == 1)
        store.append("three")
        history.use(store)
        #expect(reads() == 1)
        #expect(editline_history_count(history.source) == 3)
        #expect(reads() == 2)
    }

    @Test("is empty without a store, and another store's entries take its place")
    func stores() throws {
        let history = try #require(EditlineHistory())
        #expect(editline_history_count(history.source) == 0)
        let (one, other) = (InMemoryHistory(["a"]), InMemoryHistory(["a", "b", "c"]))
        history.use(one)
        #expect(editline_history_count(history.source) == 1)
        history.use(other)
        #expect(editline_history_count(history.source) == 3)
        history.use(nil)
        #expect(editline_history_count(history.source) == 0)
    }
}
