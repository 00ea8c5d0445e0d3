/// Rows as comma-separated (RFC 4180) and tab-separated text.
package enum Delimited {
    /// One record with its line end. A field with a comma, quote, tab or line end is quoted, quotes doubled. What could act on
    /// a terminal is escaped, but for tabs and line ends.
    package static func csv(_ fields: [String]) -> String {
        fields.map { quoted(csvText($0)) }.joined(separator: ",") + "\r\n"
    }

    /// What a reader of CSV takes a field for.
    package static func csvText(_ field: String) -> String { Printable.escapedWithinQuotes(field) }

    /// One line. Tabs, line ends and backslashes inside a field are escaped, so that a line is always a record; so is
    /// everything that could act on a terminal, for what is piped often ends on one.
    package static func tsv(_ fields: [String]) -> String {
        fields.map(escaped).joined(separator: "\t") + "\n"
    }

    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { [0x2C, 0x22, 0x09, 0x0A, 0x0D].contains($0) }) else { return field }
        // By scalars: a quote with a mark set on it is a quote to whoever reads.
        let parts = field.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + parts.map { String($0) }.joined(separator: "\"\"") + "\""
    }

    private static func escaped(_ field: String) -> String {
        guard field.utf8.contains(where: { $0 < 0x20 || $0 == 0x5C || $0 >= 0x7F }) else { return field }
        return field.unicodeScalars.split(separator: "\\", omittingEmptySubsequences: false)
            .map { Printable.escaped(String($0)) }.joined(separator: "\\\\")
    }
}
