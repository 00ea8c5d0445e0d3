import LineEditor
import LosslessJSON

/// Records that are written as they come: a header once, then a line each.
///
/// A table's columns have widths that were chosen before and grow where a cell needs it; a line is cut to the window.
/// `json` and `jsonl` are one compact value a line, since nobody knows where an array would end.
struct RecordStream {
    private let renderer: Renderer
    private let columns: [RecordColumn]
    private let sink: any TextOutput
    private var widths: [Int]
    private var hasBegun = false

    init(columns: [RecordColumn], widths: [Int], renderer: Renderer, sink: any TextOutput) {
        self.columns = columns
        self.renderer = renderer
        self.sink = sink
        self.widths = zip(columns, widths).map { max($1, DisplayWidth.of($0.name)) }
    }

    /// Writes the rows, and the header before the first ones.
    mutating func write(_ rows: [[JSON]]) throws(OutputError) {
        if !hasBegun { try begin() }
        for row in rows { try write(row) }
        try sink.flush()
    }

    private mutating func begin() throws(OutputError) {
        hasBegun = true
        switch renderer.format {
        case .table: try sink.write(renderer.style(.heading, line(columns.map { $0.name.uppercased() })) + "\n")
        case .csv: try sink.write(Delimited.csv(columns.map(\.name)))
        case .tsv, .ids, .json, .jsonl, .yaml: return
        }
    }

    private mutating func write(_ row: [JSON]) throws(OutputError) {
        switch renderer.format {
        case .table: try sink.write(line(row.map(renderer.scalar)) + "\n")
        case .csv: try sink.write(Delimited.csv(row.map(renderer.text)))
        case .tsv: try sink.write(Delimited.tsv(row.map(renderer.text)))
        case .ids: try sink.write((row.first.map(renderer.scalar) ?? "") + "\n")
        case .json, .jsonl:
            let text = renderer.object(columns, row).text(.compact)
            try sink.write(Printable.escapedJSON(text) + "\n")
        case .yaml: try sink.write(YamlWriter.text(of: JSON([renderer.object(columns, row)])))
        }
    }

    private mutating func line(_ cells: [String]) -> String {
        var result = ""
        for (index, cell) in cells.enumerated() {
            let width = DisplayWidth.of(cell)
            // The last column may be long; nothing stands behind it.
            if index == cells.count - 1 { result += cell; continue }
            widths[index] = max(widths[index], width)
            result += cell + String(repeating: " ", count: widths[index] - width + Table.gap)
        }
        while result.last == " " { result.removeLast() }
        return renderer.width.map { DisplayWidth.cut(result, to: $0) } ?? result
    }
}
