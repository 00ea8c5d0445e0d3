import CEditline

/// The line in libedit's buffer.
struct EditedLine {
    let scalars: [Unicode.Scalar]
    /// In scalars.
    let cursor: Int

    init(_ editor: OpaquePointer) {
        let line = editline_line(editor)
        let text = UnsafeBufferPointer(start: line.text, count: line.length)
        scalars = text.map { Unicode.Scalar($0) ?? "\u{FFFD}" }
        cursor = line.cursor
    }

    var text: String { String(String.UnicodeScalarView(scalars)) }

    var beforeCursor: String { String(String.UnicodeScalarView(scalars[..<cursor])) }

    /// How many scalars start before a place in UTF-8 bytes.
    func scalarCount(utf8Offset: Int) -> Int {
        var bytes = 0
        for (count, scalar) in scalars.enumerated() {
            if bytes >= utf8Offset { return count }
            bytes += UTF8.width(scalar)
        }
        return scalars.count
    }

    /// Where the row of text with the cursor starts and ends; from there, where all of the text does.
    var rowStart: Int {
        let start = scalars[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return start == cursor ? 0 : start
    }

    var rowEnd: Int {
        let end = scalars[cursor...].firstIndex(of: "\n") ?? scalars.count
        return end == cursor ? scalars.count : end
    }

    /// Where the cursor goes one row of text up or down, in the same column; nil if there is no such row.
    func cursor(movedRows step: Int) -> Int? {
        let starts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
        guard starts.count > 1, let row = starts.lastIndex(where: { $0 <= cursor }) else { return nil }
        guard starts.indices.contains(row + step) else { return nil }
        let start = starts[row + step]
        let end = starts.indices.contains(row + step + 1) ? starts[row + step + 1] - 1 : scalars.count
        return min(start + cursor - starts[row], end)
    }
}
