import Glibc
import Testing

/// What a page shows at the prompt is what the program shows, to the character.
///
/// `HOOKLINE_UPDATE_DOCS=1` writes the transcripts anew: what is typed stays, and what is said to it is taken.
@Suite("The transcripts of the documents")
struct DocumentTranscriptTests {
    private static let pages = DocumentPage.names.filter { name in
        DocumentPage(name).blocks.contains { DocumentTranscript($0) != nil }
    }

    @Test("are what the program shows", arguments: pages)
    func transcripts(_ name: String) async throws {
        let page = DocumentPage(name)
        let text = try #require(page.text)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for block in page.blocks.reversed() {
            guard let transcript = DocumentTranscript(block) else { continue }
            let shown = try await transcript.played()
            lines.replaceSubrange(block.line - 1..<block.line - 1 + block.lines.count, with: shown)
        }
        let fresh = lines.joined(separator: "\n")
        if getenv("HOOKLINE_UPDATE_DOCS") != nil { try page.write(fresh) }
        #expect(page.text == fresh, "\(name) is stale: run the tests with HOOKLINE_UPDATE_DOCS=1")
    }

    @Test("the README has some")
    func readme() { #expect(Self.pages.contains("README.md")) }
}
