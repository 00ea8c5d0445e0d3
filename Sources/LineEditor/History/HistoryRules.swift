/// Which entries a history keeps, in which form, and how many.
package struct HistoryRules: Sendable {
    /// The most entries that are remembered; the oldest go first.
    package var maximumEntries: Int
    /// Longer entries, in UTF-8 bytes, can be recalled in this session but are not written to disk.
    package var maximumEntryBytes: Int
    /// Above this size the file is rewritten with the newest entries, down to half of it.
    package var maximumFileBytes: Int
    /// What is kept instead of an entry (a secret masked); nil: nothing. Called before the entry is stored anywhere.
    package var redactor: @Sendable (String) -> String?

    package init(
        maximumEntries: Int = 10_000, maximumEntryBytes: Int = 64 << 10, maximumFileBytes: Int = 4 << 20,
        redactor: @escaping @Sendable (String) -> String? = { $0 }
    ) {
        self.maximumEntries = max(1, maximumEntries)
        self.maximumEntryBytes = maximumEntryBytes
        self.maximumFileBytes = max(1024, maximumFileBytes)
        self.redactor = redactor
    }

    /// The form in which an entry is kept; nil for a blank one, one that starts with a space (the way to say "not this
    /// one" in every shell), and one that the redactor refuses. Trailing white space is dropped.
    package func kept(_ entry: String) -> String? {
        guard let first = entry.utf8.first, first != UInt8(ascii: " ") else { return nil }
        guard let kept = redactor(entry) else { return nil }
        let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
        guard let last = kept.utf8.lastIndex(where: { !blanks.contains($0) }) else { return nil }
        return String(kept[...last])
    }
}
