/// What a terminal of a given size shows: a model of an xterm, as far as line editors use one.
///
/// It knows UTF-8, wide and combining characters, wrapping with the pending wrap at the right edge, scrolling, the cursor,
/// erasing, inserting and deleting, insert mode, the colours of cells, and the private modes that are on. Other sequences
/// are skipped whole. A new size crops or extends rows; nothing is wrapped anew.
package struct TerminalScreen: Sendable {
    /// One cell. The second half of a wide character is empty text.
    package struct Cell: Hashable, Sendable {
        package var text = " "
        /// The parameters of the last SGR sequence that was not a reset, such as `"1;32"`.
        package var style = ""
    }

    package struct Position: Hashable, Sendable {
        package var row: Int
        package var column: Int
    }

    package private(set) var columns: Int
    package private(set) var height: Int
    package internal(set) var cells: [[Cell]]
    package internal(set) var cursor = Position(row: 0, column: 0)
    /// Rows that were scrolled out at the top.
    package internal(set) var scrolledOut: [String] = []
    /// Private modes that are on; 2004 is bracketed paste.
    package internal(set) var modes: Set<Int> = []
    /// How often the bell rang.
    package internal(set) var bells = 0

    var style = ""
    var wrapsNext = false
    var inserts = false
    var saved = Position(row: 0, column: 0)
    var parser = EscapeParser()

    package init(columns: Int, rows: Int) {
        self.columns = columns
        height = rows
        cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
    }

    /// The rows' text without blanks at the end.
    package var rows: [String] { cells.map(Self.text) }

    /// The rows down to the last that is not empty.
    package var text: String {
        let rows = rows
        let count = (rows.lastIndex { !$0.isEmpty } ?? -1) + 1
        return rows[..<count].joined(separator: "\n")
    }

    /// Everything since the start, rows that were scrolled out included.
    package var transcript: String { (scrolledOut + [text]).joined(separator: "\n") }

    static func text(_ row: [Cell]) -> String {
        var text = row.map(\.text).joined()
        while text.utf8.last == 0x20 { text.removeLast() }
        return text
    }

    package mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            // Most bytes are plain characters.
            if (0x20..<0x7F).contains(byte), parser.isBetweenCharacters {
                put(Unicode.Scalar(byte))
                continue
            }
            for action in parser.add(byte) { perform(action) }
        }
    }

    /// A new size, as xterm does it: rows are cropped or extended at the right, and at the top if the cursor would be
    /// outside, else at the bottom.
    package mutating func resize(columns: Int, rows: Int) {
        for row in cells.indices {
            if columns < self.columns {
                cells[row].removeSubrange(columns...)
            } else {
                cells[row] += Array(repeating: Cell(), count: columns - self.columns)
            }
        }
        self.columns = columns
        while cells.count > rows {
            if cursor.row >= rows {
                scrolledOut.append(Self.text(cells.removeFirst()))
                cursor.row -= 1
            } else {
                cells.removeLast()
            }
        }
        while cells.count < rows { cells.append(blankRow) }
        height = rows
        cursor.column = min(cursor.column, columns - 1)
        wrapsNext = false
    }

    var blankRow: [Cell] { Array(repeating: Cell(), count: columns) }
}

extension TerminalScreen: CustomStringConvertible {
    /// The rows in a frame, the cursor as a line below.
    package var description: String {
        let edge = "+" + String(repeating: "-", count: columns) + "+"
        let body = rows.map { "|" + $0 }.joined(separator: "\n")
        return "\(edge)\n\(body)\n\(edge) cursor \(cursor.row),\(cursor.column)"
    }
}
