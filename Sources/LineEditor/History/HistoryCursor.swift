/// Where Up and Down are in the history: among the entries that start with what stood before the cursor.
struct HistoryCursor: Sendable {
    private let entries: [String]
    /// What was being typed; Down comes back to it.
    private let draft: String
    private let prefix: String
    /// `entries.count` is the draft.
    private var place: Int

    /// What the line must hold for the search to go on; after an edit a new one begins.
    private(set) var shown: String

    /// `prefix` is the draft's part before the cursor.
    init(entries: [String], draft: String, prefix: String) {
        self.entries = entries
        self.draft = draft
        self.prefix = prefix
        place = entries.count
        shown = draft
    }

    /// The next older entry; nil if there is none.
    mutating func older() -> String? {
        let candidates = entries[..<place].indices.reversed()
        guard let found = candidates.first(where: { entries[$0].hasPrefixBytes(prefix) && entries[$0] != shown })
        else { return nil }
        place = found
        shown = entries[found]
        return shown
    }

    /// The next newer entry, at last the draft; nil at the draft.
    mutating func newer() -> String? {
        guard place < entries.count else { return nil }
        let candidates = entries.indices[(place + 1)...]
        place = candidates.first { entries[$0].hasPrefixBytes(prefix) && entries[$0] != draft } ?? entries.count
        shown = place < entries.count ? entries[place] : draft
        return shown
    }
}

extension String {
    /// Whether the text starts with another's bytes: without Unicode equivalence, and fast.
    fileprivate func hasPrefixBytes(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
}
