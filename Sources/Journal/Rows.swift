import GRDB
import GRDBSQLite
import LosslessJSON

/// Rows to insert into one table, as SQLite takes them in: made anywhere, then bound where they stand.
///
/// A run begins with two rows for each webhook, and nothing is sent before they are on the disk. Through the library's
/// arguments each of their values would be boxed, checked and copied.
struct Rows: Sendable {
    private enum Cell {
        case null
        case integer(Int64)
        /// A part of `texts`.
        case text(Range<Int>)
    }

    private var cells: [Cell] = []
    /// UTF-8, one text behind the other. The first byte is no text's: so that an empty one has an address, too.
    private var texts: [UInt8] = [0]

    mutating func append(_ integer: Int) { cells.append(.integer(Int64(integer))) }

    mutating func append(_ text: String?) { append(text?.utf8) }

    mutating func append(_ document: JSON?) { append(document?.bytes()) }

    private mutating func append(_ bytes: (some Sequence<UInt8>)?) {
        guard let bytes else { return cells.append(.null) }
        let start = texts.count
        texts.append(contentsOf: bytes)
        cells.append(.text(start..<texts.count))
    }

    /// Executes a statement once for each row, whose values are its arguments.
    func insert(by statement: Statement, _ database: Database) throws {
        let width = Int(sqlite3_bind_parameter_count(statement.sqliteStatement))
        precondition(width > 0 && cells.count.isMultiple(of: width), "every row has a value for each argument")
        // None of the texts that stand here may be looked at afterwards.
        defer { sqlite3_clear_bindings(statement.sqliteStatement) }
        try texts.withUnsafeBytes { texts in
            for row in stride(from: 0, to: cells.count, by: width) {
                for (index, cell) in zip(CInt(1)..., cells[row..<row + width]) {
                    try check(bind(cell, texts, to: statement.sqliteStatement, at: index), database)
                }
                let result = sqlite3_step(statement.sqliteStatement)
                sqlite3_reset(statement.sqliteStatement)
                try check(result, database)
            }
        }
    }

    private func bind(
        _ cell: Cell, _ texts: UnsafeRawBufferPointer, to statement: SQLiteStatement, at index: CInt
    ) -> CInt {
        switch cell {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let value): return sqlite3_bind_int64(statement, index, value)
        case .text(let range):
            // Without a destructor they are used where they stand.
            let start = texts.baseAddress?.advanced(by: range.lowerBound).assumingMemoryBound(to: CChar.self)
            return sqlite3_bind_text64(statement, index, start, UInt64(range.count), nil, UInt8(SQLITE_UTF8))
        }
    }

    private func check(_ code: CInt, _ database: Database) throws {
        if code == SQLITE_OK || code == SQLITE_DONE { return }
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
}
