/// Candidates in columns, read downwards, with their descriptions beside them, a window's worth at a time.
struct CandidateGrid {
    private static let gap = 2
    private static let limit = 1000

    /// Cells of the candidates at hand; more may fit than those.
    private let cells: [Cell]
    private let total: Int
    private let columns: Int
    /// Rows that a page may have, the line that says where it is included.
    private let rows: Int
    private let detailStyle: TextStyle
    private let widest: Int
    private let perLine: Int

    init(_ completions: Completions, columns: Int, rows: Int, detailStyle: TextStyle = .plain) {
        let columns = max(1, columns)
        // More than this nobody pages through, and every one has to be measured.
        let cells = completions.candidates.prefix(Self.limit).map(Cell.init)
        let names = min(columns, cells.lazy.map(\.nameWidth).max() ?? 0)
        let details = cells.lazy.map(\.detailWidth).max() ?? 0
        // A name keeps its width; of the descriptions a column may lose what would take a second column's room.
        let whole = min(columns, names + (details > 0 ? Self.gap + details : 0))
        let half = (columns - Self.gap) / 2
        widest = whole > half && cells.count > max(1, rows) && names + Self.narrowDetail <= half ? half : whole
        self.columns = columns
        self.rows = max(1, rows)
        self.cells = cells
        self.detailStyle = detailStyle
        total = completions.total
        perLine = max(1, (columns + Self.gap) / (widest + Self.gap))
        nameWidth = names
    }

    private let nameWidth: Int
    /// A description cut to less than this says nothing.
    private static let narrowDetail = 18

    /// How many pages the candidates at hand take.
    var pageCount: Int { max(1, (cells.count + perPage - 1) / perPage) }

    private var fitsOnePage: Bool { total == cells.count && (cells.count + perLine - 1) / perLine <= rows }

    private var perPage: Int { fitsOnePage ? rows * perLine : max(1, rows - 1) * perLine }

    /// The lines of a page, counted from 0, without newlines. Where there are several pages, the last line says which
    /// candidates these are.
    func page(_ number: Int) -> [String] {
        let start = min(number, pageCount - 1) * perPage
        let shown = cells[start..<min(cells.count, start + perPage)]
        let height = max(1, (shown.count + perLine - 1) / perLine)
        var lines = (0..<height).map { row in
            let line = stride(from: shown.startIndex + row, to: shown.endIndex, by: height).map { cells[$0] }
            return line.enumerated().map { place, cell in
                cell.text(names: nameWidth, columns: widest, isLast: place == line.count - 1, style: detailStyle)
            }.joined(separator: String(repeating: " ", count: Self.gap))
        }
        if !fitsOnePage, rows > 1 { lines.append(detailStyle.applied(to: place(of: shown.indices))) }
        return lines
    }

    /// `1–40 of 300: Tab shows more`
    private func place(of shown: Range<Int>) -> String {
        let place = "\(shown.lowerBound + 1)–\(shown.upperBound) of \(total)"
        let rest =
            pageCount > 1
            ? (shown.upperBound == cells.count ? "Tab starts again" : "Tab shows more") : "type more to see fewer"
        return DisplayWidth.cut(place + ": " + rest, to: columns)
    }

    private struct Cell {
        let name: String
        let detail: String
        let nameWidth: Int
        let detailWidth: Int

        init(_ candidate: Completions.Candidate) {
            name = VisibleText.escaped(candidate.display)
            detail = VisibleText.escaped(candidate.detail ?? "")
            nameWidth = DisplayWidth.of(name)
            detailWidth = DisplayWidth.of(detail)
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
