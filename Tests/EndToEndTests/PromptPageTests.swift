import Glibc
import TestSupport
import Testing

/// `docs/prompt.md` shows what the prompt shows: its screens are taken here, from the program on a pseudo-terminal.
///
/// The page is stale when a screen differs from what stands between its marks. `HOOKLINE_UPDATE_DOCS=1` writes it anew.
@Suite("docs/prompt.md", .serialized)
struct PromptPageTests {
    private static let page = DocumentPage("docs/prompt.md")

    @Test("shows the screens of this program")
    func screens() async throws {
        var text = try #require(Self.page.text)
        for scene in PromptScene.all {
            let screen = try await scene.screen()
            text = try #require(
                DocumentPage.replacing(scene.name, in: text, with: screen), "no place for \(scene.name)")
        }
        if getenv("HOOKLINE_UPDATE_DOCS") != nil { try Self.page.write(text) }
        let shown = Self.page.text
        #expect(shown == text, "docs/prompt.md is stale: run the tests with HOOKLINE_UPDATE_DOCS=1")
    }

    @Test("has a place for every screen, and a screen for every place")
    func places() throws {
        let places = DocumentPage.places(in: try #require(Self.page.text))
        #expect(places == PromptScene.all.map(\.name))
    }
}
