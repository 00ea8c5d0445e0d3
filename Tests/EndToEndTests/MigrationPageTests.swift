import Glibc
import Testing

/// `docs/migrations.md` walks through a migration: what it shows is said here, by the program on a served sandbox.
///
/// The page is stale when a transcript differs from what stands behind its mark. `HOOKLINE_UPDATE_DOCS=1` writes it anew.
@Suite("docs/migrations.md", .serialized)
struct MigrationPageTests {
    private let page = DocumentPage("docs/migrations.md")

    @Test("shows what this program says")
    func transcripts() async throws {
        var fresh = try #require(page.text)
        let player = try await MigrationPlayer()
        for scene in MigrationScene.all {
            let transcript = try await player.play(scene)
            fresh = try #require(
                DocumentPage.replacing(scene.name, in: fresh, with: transcript), "no place for \(scene.name)")
        }
        if getenv("HOOKLINE_UPDATE_DOCS") != nil { try page.write(fresh) }
        #expect(page.text == fresh, "docs/migrations.md is stale: run the tests with HOOKLINE_UPDATE_DOCS=1")
    }

    @Test("has a place for every transcript, and a transcript for every place")
    func places() throws {
        #expect(DocumentPage.places(in: try #require(page.text)) == MigrationScene.all.map(\.name))
    }
}
