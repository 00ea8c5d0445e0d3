import Testing

/// `docs/safety.md` names the test that holds each promise: each of them is there.
@Suite("docs/safety.md")
struct SafetyPageTests {
    /// What stands between quotation marks in a text, line ends as blanks; code within a sentence apart.
    static func quotations(in text: String) -> [String] {
        let code = /`[^`\n]*"[^`\n]*`/
        let lines = text.replacing(code, with: "").split(separator: "\n").map { line in
            String(line.drop { $0 == " " })
        }
        let parts = lines.joined(separator: " ").split(separator: "\"", omittingEmptySubsequences: false)
        return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }
    }

    /// The sources of every test.
    private static let sources: String = {
        let folder = DocumentPage("Tests").path
        return ["/*/*.swift", "/*/*/*.swift"].flatMap { DocumentPage.paths(like: folder + $0) }
            .compactMap { DocumentPage(path: $0).text }.joined(separator: "\n")
    }()

    @Test("names tests that there are")
    func tests() throws {
        let named = Self.quotations(in: try #require(DocumentPage("docs/safety.md").text))
        #expect(named.count > 80)
        for name in named { #expect(Self.sources.contains("\"\(name)"), "\(name)") }
    }
}
