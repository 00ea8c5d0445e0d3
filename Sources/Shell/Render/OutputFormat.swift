/// How data is written to standard output.
package enum OutputFormat: String, CaseIterable, Sendable {
    /// Columns cut to the window, for people.
    case table
    /// One indented JSON value.
    case json
    /// One compact JSON value a line.
    case jsonl
    case yaml
    /// RFC 4180, with a header.
    case csv
    /// Tab-separated, without a header; tabs and line ends inside a value are escaped.
    case tsv
    /// Webhook ids, one a line.
    case ids

    package var summary: String {
        switch self {
        case .table: "columns for people, cut to the window"
        case .json: "one indented JSON value"
        case .jsonl: "one compact JSON value a line"
        case .yaml: "YAML, one document"
        case .csv: "comma-separated with a header (RFC 4180)"
        case .tsv: "tab-separated, without a header"
        case .ids: "webhook ids, one a line"
        }
    }

    /// What a command uses when nobody asked: a table on a terminal, tab-separated text elsewhere.
    package static func standard(onTerminal: Bool) -> OutputFormat { onTerminal ? .table : .tsv }
}
