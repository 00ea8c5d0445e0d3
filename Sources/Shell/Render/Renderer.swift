import LosslessJSON
import Session
import WebhookModel

/// Writes a command's output in a format.
///
/// Data that people look at (`table`) is cut to the window and coloured; every other format is whole. Unsafe characters
/// are escaped in all of them.
struct Renderer: Sendable {
    var format: OutputFormat
    var style: Style
    /// The window's width; nil off a terminal.
    var width: Int?
    var showsSecrets: Bool
    var known = KnownSecrets()

    private var cells: WebhookCells { WebhookCells(showsSecrets: showsSecrets, known: known) }
    private var documents: DocumentView { DocumentView(showsSecrets: showsSecrets, known: known) }

    func write(_ output: CommandOutput, to sink: any TextOutput) throws(OutputError) {
        switch output {
        case .nothing, .shown: return
        case .webhooks(let rows, let columns): try write(rows, columns: columns, to: sink)
        case .webhook(let row): try write(row, to: sink)
        case .part(let row, let field): try write(cells.value(field, of: row), to: sink)
        case .value(let value): try write(value, to: sink)
        case .records(let columns, let rows): try write(columns, rows, to: sink)
        case .report(let lines, let json):
            if isStructured { try write(json, to: sink) } else { try write(lines: lines, to: sink) }
        case .text(let lines): try write(lines: lines, to: sink)
        case .failing(let shown, _): try write(shown, to: sink)
        }
    }

    private var isStructured: Bool {
        switch format {
        case .json, .jsonl, .yaml: true
        case .table, .csv, .tsv, .ids: false
        }
    }

    private func write(_ rows: [WebhookRow], columns: [Field], to sink: any TextOutput) throws(OutputError) {
        switch format {
        case .table:
            let columns = rows.contains { $0.mark != nil } && !columns.contains(.staged) ? [.staged] + columns : columns
            var table = Table(columns: columns.map { Table.Column(title($0), isRigid: $0 == .id) })
            table.rows = rows.map { row in columns.map { cells.cell($0, of: row) } }
            try write(lines: table.lines(width: width, style: style), to: sink)
        case .csv:
            try sink.write(Delimited.csv(columns.map(\.description)))
            for row in rows { try sink.write(Delimited.csv(columns.map { cells.cell($0, of: row) })) }
        case .tsv:
            for row in rows { try sink.write(Delimited.tsv(columns.map { cells.cell($0, of: row) })) }
        case .ids:
            for row in rows { try sink.write(row.key + "\n") }
        case .jsonl:
            for row in rows { try sink.write(json(documents.shown(row.webhook), .compact) + "\n") }
        case .json:
            try writeArray(rows, to: sink)
        case .yaml:
            if rows.isEmpty { try sink.write("[]\n") }
            for row in rows { try sink.write(YamlWriter.text(of: JSON([documents.shown(row.webhook)]))) }
        }
    }

    /// One element at a time, so that a long list costs no second copy of itself.
    private func writeArray(_ rows: [WebhookRow], to sink: any TextOutput) throws(OutputError) {
        try sink.write(rows.isEmpty ? "[" : "[\n")
        for (index, row) in rows.enumerated() {
            let text = json(documents.shown(row.webhook), .pretty)
            let indented = text.split(separator: "\n").joined(separator: "\n  ")
            try sink.write("  " + indented + (index == rows.count - 1 ? "\n" : ",\n"))
        }
        try sink.write("]\n")
    }

    private func write(_ row: WebhookRow, to sink: any TextOutput) throws(OutputError) {
        switch format {
        case .csv, .ids: try write([row], columns: WebhookCells.standardColumns, to: sink)
        case .table, .json, .jsonl, .yaml, .tsv: try write(documents.shown(row.webhook), to: sink)
        }
    }

    private func write(_ value: JSON, to sink: any TextOutput) throws(OutputError) {
        switch format {
        case .json: try sink.write(json(value, .pretty) + "\n")
        case .jsonl: try sink.write(json(value, .compact) + "\n")
        case .yaml: try sink.write(YamlWriter.text(of: value))
        case .table:
            if isScalar(value) {
                try sink.write(scalar(value) + "\n")
            } else {
                try sink.write(YamlWriter.text(of: value))
            }
        case .csv, .tsv, .ids:
            if isScalar(value) { return try sink.write(scalar(value) + "\n") }
            for leaf in documents.leaves(of: value) {
                let fields = [leaf.path, leaf.text]
                try sink.write(format == .csv ? Delimited.csv(fields) : Delimited.tsv(fields))
            }
        }
    }

    private func write(_ columns: [RecordColumn], _ rows: [[JSON]], to sink: any TextOutput) throws(OutputError) {
        switch format {
        case .table:
            var table = Table(columns: columns.map { Table.Column($0.name.uppercased(), isRigid: $0.isRigid) })
            table.rows = rows.map { $0.map(scalar) }
            try write(lines: table.lines(width: width, style: style), to: sink)
        case .csv:
            try sink.write(Delimited.csv(columns.map(\.name)))
            for row in rows { try sink.write(Delimited.csv(row.map(text))) }
        case .tsv:
            for row in rows { try sink.write(Delimited.tsv(row.map(text))) }
        case .ids:
            for row in rows { try sink.write((row.first.map(scalar) ?? "") + "\n") }
        case .jsonl:
            for row in rows { try sink.write(json(object(columns, row), .compact) + "\n") }
        case .json, .yaml:
            try write(JSON(rows.map { object(columns, $0) }), to: sink)
        }
    }

    func object(_ columns: [RecordColumn], _ row: [JSON]) -> JSON {
        JSON(JSONObject(zip(columns, row).map { ($0.name, $1) }))
    }

    private func write(lines: [String], to sink: any TextOutput) throws(OutputError) {
        for line in lines { try sink.write(line + "\n") }
    }

    private func title(_ field: Field) -> String { field == .staged ? "" : field.description.uppercased() }

    private func isScalar(_ value: JSON) -> Bool { value.kind != .object && value.kind != .array }

    /// A value on a line, safe to show.
    func scalar(_ value: JSON) -> String { Printable.escaped(text(value)) }

    /// A value as a field of CSV or TSV, which have escapes of their own.
    func text(_ value: JSON) -> String {
        if value.isNull { return "" }
        return value.string ?? value.text(.compact)
    }

    private func json(_ value: JSON, _ style: JSONStyle) -> String { Printable.escapedJSON(value.text(style)) }
}
