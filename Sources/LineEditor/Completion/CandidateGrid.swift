/// Candidates in columns, read downwards, with their descriptions beside them.
enum CandidateGrid {
    private static let gap = 2

    /// Lines that fit `columns` × `rows`, without newlines. What does not fit is counted in the last line, if
    /// there is more than one.
    static func lines(
        _ candidates: [Completions.Candidate], columns: Int, rows: Int, detailStyle: TextStyle = .plain
    ) -> [String] {
        let columns = max(1, columns)
        let rows = max(1, rows)
        // Many more than a window holds are not worth measuring.
        let shown = candidates.prefix(rows * columns).map(Cell.init)
        let widest = min(columns, shown.map(\.width).max() ?? 0)
        let perLine = max(1, (columns + gap) / (widest + gap))
        var height = (candidates.count + perLine - 1) / perLine
        var cells = shown[...]
        var rest = 0
        if height > rows {
            height = max(1, rows - 1)
            cells = cells.prefix(height * perLine)
            rest = rows == 1 ? 0 : candidates.count - cells.count
        }
        let names = cells.map(\.nameWidth).max() ?? 0
        var lines = (0..<height).map { row in
            let line = stride(from: row, to: cells.count, by: height).map { cells[$0] }
            return line.enumerated().map { place, cell in
                cell.text(names: names, columns: widest, isLast: place == line.count - 1, style: detailStyle)
            }.joined(separator: String(repeating: " ", count: gap))
        }
        if rest > 0 { lines.append(DisplayWidth.cut("… and \(rest) more", to: columns)) }
        return lines
    }

    private struct Cell {
        let name: String
        let detail: String
        let nameWidth: Int
        var width: Int { nameWidth + (detail.isEmpty ? 0 : gap + DisplayWidth.of(detail)) }

        init(_ candidate: Completions.Candidate) {
            name = VisibleText.escaped(candidate.display)
            detail = VisibleText.escaped(candidate.detail ?? "")
            nameWidth = DisplayWidth.of(name)
        }

        func text(names: Int, columns: Int, isLast: Bool, style: TextStyle) -> String {
            let name = DisplayWidth.cut(name, to: columns)
            let room = columns - names - gap
            let detail = room > 0 ? DisplayWidth.cut(detail, to: room) : ""
            if detail.isEmpty { return isLast ? name : DisplayWidth.pad(name, to: columns) }
            let text = DisplayWidth.pad(name, to: names + gap) + style.applied(to: detail)
            let missing = columns - names - gap - DisplayWidth.of(detail)
            return isLast ? text : text + String(repeating: " ", count: max(0, missing))
        }
    }
}
