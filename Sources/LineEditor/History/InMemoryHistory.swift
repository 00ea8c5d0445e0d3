import Synchronization

/// A history that ends with the process.
package final class InMemoryHistory: HistoryStore {
    private let rules: HistoryRules
    private let list: Mutex<HistoryList>

    package init(_ entries: [String] = [], rules: HistoryRules = HistoryRules()) {
        self.rules = rules
        var list = HistoryList(maximumEntries: rules.maximumEntries)
        list.replace(with: entries)
        self.list = Mutex(list)
    }

    package var entries: [String] { list.withLock { $0.entries } }
    package var revision: Int { list.withLock { $0.revision } }
    package var failure: HistoryError? { nil }

    package func append(_ entry: String) {
        guard let kept = rules.kept(entry) else { return }
        list.withLock { _ = $0.append(kept) }
    }

    package func clear() {
        list.withLock { $0.replace(with: []) }
    }
}
