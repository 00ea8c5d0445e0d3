/// Entries in memory, oldest first, each once: entering one again makes it the newest.
struct HistoryList: Sendable {
    let maximumEntries: Int
    private(set) var entries: [String] = []
    private(set) var revision = 0
    private var known: Set<String> = []

    init(maximumEntries: Int) {
        self.maximumEntries = maximumEntries
    }

    /// Takes entries as they were entered: of equal ones the newest stays, and of too many the newest.
    mutating func replace(with all: [String]) {
        var newestFirst: [String] = []
        known = []
        for entry in all.reversed() where newestFirst.count < maximumEntries && known.insert(entry).inserted {
            newestFirst.append(entry)
        }
        entries = newestFirst.reversed()
        revision += 1
    }

    /// Adds the newest entry; false if it already was the newest.
    @discardableResult
    mutating func append(_ entry: String) -> Bool {
        if entries.last == entry { return false }
        if !known.insert(entry).inserted, let old = entries.lastIndex(of: entry) { entries.remove(at: old) }
        entries.append(entry)
        if entries.count > maximumEntries { known.remove(entries.removeFirst()) }
        revision += 1
        return true
    }
}
