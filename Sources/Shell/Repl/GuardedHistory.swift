import LineEditor

/// A history that never learns what came by reference to a secret in this session, wherever in a line it stands.
final class GuardedHistory: HistoryStore {
    private let store: any HistoryStore
    private let mask: @Sendable (String) -> String

    init(_ store: any HistoryStore, mask: @escaping @Sendable (String) -> String) {
        self.store = store
        self.mask = mask
    }

    var entries: [String] { store.entries }
    var revision: Int { store.revision }
    var failure: HistoryError? { store.failure }

    func append(_ entry: String) { store.append(mask(entry)) }
    func clear() { store.clear() }
}
