import LineEditor

/// Rows in columns for a terminal: measured by display width, cut to the window, never wrapped.
package struct Table: Sendable {
    package struct Column: Sendable {
        package var title: String
        /// A column that may not be cut, such as an id that people copy.
        package var isRigid: Bool

        package init(_ title: String, isRigid: Bool = false) {
            self.title = title
            self.isRigid = isRigid
        }
    }

    package var columns: [Column]
    package var rows: [[String]]

    package init(columns: [Column], rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    static let gap = 2
    static let narrowest = 6

    /// The table as lines, header first. `width` is the window's; nil leaves every cell whole.
    package func lines(width: Int?, style: Style) -> [String] {
        let cells = rows.map { $0.map(Printable.escaped) }
        let widths = fittedWidths(natural: naturalWidths(cells), window: width)
        var lines = [line(columns.map(\.title), widths: widths) { style(.heading, $0) }]
        for row in cells { lines.append(line(row, widths: widths) { $0 }) }
        // A window too narrow for every column loses the last ones; the heading's colour is not worth a wrapped line.
        guard let width, widths.reduce(0, +) + Table.gap * max(0, widths.count - 1) > width else { return lines }
        lines[0] = line(columns.map(\.title), widths: widths) { $0 }
        return lines.map { DisplayWidth.cut($0, to: width) }
    }

    private func naturalWidths(_ cells: [[String]]) -> [Int] {
        var widths = columns.map { DisplayWidth.of($0.title) }
        for row in cells {
            for (index, cell) in row.enumerated() where index < widths.count {
                widths[index] = max(widths[index], DisplayWidth.of(cell))
            }
        }
        return widths
    }

    /// Takes from the widest flexible column until the row fits or nothing more can give.
    private func fittedWidths(natural: [Int], window: Int?) -> [Int] {
        guard let window else { return natural }
        var widths = natural
        var excess = widths.reduce(0, +) + Table.gap * max(0, widths.count - 1) - window
        while excess > 0 {
            let flexible = widths.indices.filter { !columns[$0].isRigid && widths[$0] > Table.narrowest }
            guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
            let next = flexible.filter { $0 != widest }.map { widths[$0] }.max() ?? Table.narrowest
            let cut = min(excess, max(1, widths[widest] - max(next, Table.narrowest)))
            widths[widest] -= cut
            excess -= cut
        }
        return widths
    }

    private func line(_ cells: [String], widths: [Int], decorate: (String) -> String) -> String {
        var result = ""
        for index in widths.indices {
            let cell = DisplayWidth.cut(index < cells.count ? cells[index] : "", to: widths[index])
            let isLast = index == widths.count - 1
            let padding = isLast ? 0 : widths[index] - DisplayWidth.of(cell) + Table.gap
            result += decorate(cell) + String(repeating: " ", count: max(0, padding))
        }
        while result.last == " " { result.removeLast() }
        return result
    }
}
