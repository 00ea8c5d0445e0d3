/// What the first bytes of a file say before SQLite touches it (the database file format, §1.3).
enum DatabaseFileHeader {
    static let length = 100

    /// Whether a file that starts so can be a sandbox database: it is empty, carries our application id, or is new and in
    /// WAL mode, in which case the id may still stand in the log. Another program's database is told apart here, before
    /// its journal mode is changed.
    static func mayBeOurs(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty else { return true }
        guard bytes.count >= length, bytes.starts(with: "SQLite format 3\0".utf8) else { return false }
        let applicationID = bytes[68..<72].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        let isWAL = bytes[18] == 2
        return applicationID == UInt32(bitPattern: StoreSchema.applicationID) || (applicationID == 0 && isWAL)
    }
}
