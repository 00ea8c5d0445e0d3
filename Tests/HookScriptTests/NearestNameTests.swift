import Testing

@testable import HookScript

@Suite("Nearest names")
struct NearestNameTests {
    private static let names = [
        "active", "name", "description", "events", "channel", "channels", "created", "ls", "get",
    ]

    @Test(
        "what was probably meant",
        arguments: [
            ("actve", "active"), ("acitve", "active"), ("nmae", "name"), ("descripton", "description"),
            ("eventss", "events"),
            ("chanel", "channel"), ("craeted", "created"), ("sl", "ls"), ("Name", "name"), ("gte", "get"),
            ("desc", "description"),
        ])
    func near(_ written: String, _ meant: String) {
        #expect(NearestName.find(written, among: Self.names) == meant)
    }

    @Test("what is near nothing has no suggestion", arguments: ["", "x", "zzz", "foo", "completely-else", "cha"])
    func far(_ written: String) {
        #expect(NearestName.find(written, among: Self.names) == nil)
    }

    @Test(
        "the distance counts insertions, deletions, changes and swaps of neighbours",
        arguments: [
            ("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("abc", "abd", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
        ])
    func distance(_ a: String, _ b: String, _ expected: Int) {
        #expect(NearestName.distance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == expected)
        #expect(NearestName.distance(Array(b.unicodeScalars), Array(a.unicodeScalars)) == expected)
    }
}
