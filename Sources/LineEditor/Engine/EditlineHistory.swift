import CEditline

/// The history as libedit's own commands see it (incremental search, vi's `k`): a copy of a store's entries, made when
/// one of them first looks into it. Most lines are typed without.
final class EditlineHistory {
    private let list: OpaquePointer
    /// What the editor asks; it points here.
    let source: UnsafeMutablePointer<EditlineHistorySource>
    private weak var store: (any HistoryStore)?
    private weak var copied: (any HistoryStore)?
    private var revision: Int?

    init?() {
        // The store limits the number.
        guard let list = editline_history_create(Int32.max) else { return nil }
        self.list = list
        source = .allocate(capacity: 1)
        let itself = Unmanaged.passUnretained(self).toOpaque()
        source.initialize(
            to: EditlineHistorySource(
                prepare: { Unmanaged<EditlineHistory>.fromOpaque($0).takeUnretainedValue().prepared() },
                context: itself))
    }

    deinit {
        editline_history_destroy(list)
        source.deallocate()
    }

    /// Names the store that is to be looked into; nil: none.
    func use(_ store: (any HistoryStore)?) {
        self.store = store
        // What other sessions enter from now on is not this one's: a file is read at its first line.
        _ = store?.revision
    }

    /// The list with the store's entries, copied unless that has been done.
    private func prepared() -> OpaquePointer {
        if let store, store === copied, store.revision == revision { return list }
        editline_history_clear(list)
        for entry in store?.entries ?? [] {
            _ = WideText.with(entry) { editline_history_enter(list, $0) }
        }
        copied = store
        revision = store?.revision
        return list
    }
}
