import Glibc
import TestSupport
import Testing

/// `docs/prompt.md` shows what the prompt shows: its screens are taken here, from the program on a pseudo-terminal.
///
/// The page is stale when a screen differs from what stands between its marks. `HOOKLINE_UPDATE_DOCS=1` writes it anew.
@Suite("docs/prompt.md", .serialized)
struct PromptPageTests {
    @Test("shows the screens of this program")
    func screens() async throws {
        let path = Self.path
        var page = try #require(Self.read(path))
        for scene in PromptScene.all {
            let screen = try await scene.screen()
            page = try #require(Self.replacing(scene.name, in: page, with: screen), "no place for \(scene.name)")
        }
        if getenv("HOOKLINE_UPDATE_DOCS") != nil { try Self.write(page, to: path) }
        let shown = Self.read(path)
        #expect(shown == page, "docs/prompt.md is stale: run the tests with HOOKLINE_UPDATE_DOCS=1")
    }

    @Test("has a place for every screen, and a screen for every place")
    func places() throws {
        let page = try #require(Self.read(Self.path))
        let places = page.split(separator: "\n").filter { $0.hasPrefix("<!-- screen: ") }
            .map { String($0.dropFirst("<!-- screen: ".count).dropLast(" -->".count)) }
        #expect(places == PromptScene.all.map(\.name))
    }

    /// The page with a screen put behind its mark, in place of the one there.
    private static func replacing(_ name: String, in page: String, with screen: String) -> String? {
        guard let mark = page.firstRange(of: "<!-- screen: \(name) -->\n```text\n"),
            let end = page[mark.upperBound...].firstRange(of: "```")
        else { return nil }
        return page[..<mark.upperBound] + screen + "\n" + page[end.lowerBound...]
    }

    private static var path: String {
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/" + tests + "/docs/prompt.md"
    }

    private static func read(_ path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
    }

    private static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "we") else { throw PtyProcess.SystemError(call: "fopen", errno: errno) }
        defer { fclose(file) }
        fputs(text, file)
    }
}
