import CEditline

/// The history as libedit's own commands see it (incremental search, vi's `k`): a copy of a store's entries.
final class EditlineHistory {
    private(set) var list: OpaquePointer
    private weak var loaded: (any HistoryStore)?
    private var revision: Int?

    init?() {
        // The store limits the number.
        guard let list = editline_history_create(Int32.max) else { return nil }
        self.list = list
    }

    deinit {
        editline_history_destroy(list)
    }

    /// Copies a store's entries unless that has been done; nil empties the list.
    func load(_ store: (any HistoryStore)?) {
        if let store, store === loaded, store.revision == revision { return }
        editline_history_clear(list)
        for entry in store?.entries ?? [] {
            _ = WideText.with(entry) { editline_history_enter(list, $0) }
        }
        loaded = store
        revision = store?.revision
    }
}
