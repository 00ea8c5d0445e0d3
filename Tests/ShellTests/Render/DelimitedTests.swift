import Testing

@testable import Shell

@Suite("CSV and TSV")
struct DelimitedTests {
    @Test("a CSV field with a comma, quote or line end is quoted (RFC 4180)")
    func csv() {
        #expect(Delimited.csv(["a", "b,c", "d\"e", "f\ng", ""]) == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n")
    }

    @Test("a CSV field keeps its lines and tabs; what else could act on a terminal is escaped")
    func csvEscapes() {
        #expect(Delimited.csv(["a\n\tb", "c\u{1B}[31m\r"]) == "\"a\n\tb\",c\\u{1B}[31m\\r\r\n")
    }

    @Test("a TSV line is always one record")
    func tsv() {
        #expect(Delimited.tsv(["a\tb", "c\nd", "e\\f", "ü"]) == "a\\tb\tc\\nd\te\\\\f\tü\n")
    }
}
