import Testing

@testable import HookScript

@Suite("Globs")
struct GlobTests {
    @Test(
        "a glob covers the whole text",
        arguments: [
            ("*", "", true), ("*", "anything", true), ("", "", true), ("", "a", false), ("a*", "abc", true),
            ("*c", "abc", true), ("a*c", "abbc", true), ("a*c", "abd", false), ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("?", "é", true), ("??", "é", false), ("?", "日", true), ("*.*", "object.created", true),
            ("object.*", "objects.created", false), ("[a]", "[a]", true), ("[a]", "a", false), ("\\*", "*", true),
            ("\\*", "a", false), ("a\\?", "a?", true), ("a\\", "a\\", true), ("**a**", "xax", true),
            ("Team *", "team a", false),
            ("a*b*c", "aXbYc", true), ("a*b*c", "aXcYb", false), ("*a*b*", "ba", false), ("Größe*", "Größe 日本", true),
        ])
    func matches(_ glob: String, _ text: String, _ expected: Bool) {
        #expect(Glob(glob).matches(text) == expected)
    }

    @Test("many stars do not explode")
    func stars() {
        let glob = Glob(String(repeating: "*a", count: 50) + "b")
        #expect(!glob.matches(String(repeating: "a", count: 20_000)))
    }
}
