/// Gathers a bracketed paste, from behind its `ESC [200~` up to its `ESC [201~`.
struct PasteCollector {
    private static let terminator = Array("\u{1B}[201~".utf8)

    private let limit: Int
    private var bytes: [UInt8] = []
    /// More was pasted than a line may hold. The rest is read and dropped, for it must not be taken for keys.
    private(set) var isTooLong = false

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes a piece; when the paste ends in it, returns what stands behind.
    mutating func add(_ piece: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let searched = max(0, bytes.count - Self.terminator.count + 1)
        bytes += piece
        if let end = bytes[searched...].firstRange(of: Self.terminator) {
            let behind = bytes[end.upperBound...]
            bytes.removeSubrange(end.lowerBound...)
            return behind
        }
        if bytes.count > limit {
            isTooLong = true
            bytes.removeFirst(bytes.count - Self.terminator.count + 1)
        }
        return nil
    }

    /// What was pasted, fit to be inserted; empty if it was too long.
    var text: String { isTooLong ? "" : PasteFilter.text(bytes) }
}
