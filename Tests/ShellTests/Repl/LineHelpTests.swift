import LineEditor
import Testing

@testable import Shell

@Suite("? at the prompt")
struct LineHelpTests {
    private func explained(_ marked: String) -> String? {
        let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let context = CompletionContext(text: parts.joined(), cursor: parts[0].utf8.count)
        return LineHelp(style: .plain).explanation(for: context)?.first
    }

    @Test(
        "explains the command before it, a subcommand, a statement, or on an empty line what there is",
        arguments: [
            ("commit ", "commit reads, merges"), ("  ls ", "ls lists"), ("profile ", "profile "),
            ("profile use ", "profile use "), ("count; get ", "get "), ("each ", "each runs"),
            ("if true\n  commit ", "commit reads"), ("", "Look "), ("  ", "Look "),
        ])
    func explains(_ line: String, _ start: String) {
        #expect(explained(line)?.hasPrefix(start) == true, "\(explained(line) ?? "nil")")
    }

    @Test(
        "is a character within a word, behind an argument, and behind what is no command",
        arguments: ["commit", "get wh_", "get wh_abc ", "grep foo ", "nonsense ", "echo 'a ", "|commit "])
    func inserts(_ line: String) {
        if line == "|commit " { return #expect(explained(line) == nil) }
        #expect(explained(line) == nil)
    }

    @Test("a line that ends in one asks, and runs nothing")
    func questions() {
        #expect(LineHelp.question("commit ?") == ["commit"])
        #expect(LineHelp.question("profile use ?") == ["profile", "use"])
        #expect(LineHelp.question("?") == nil)
        #expect(LineHelp.question("echo a ?") == nil)
        #expect(LineHelp.question("nonsense ?") == nil)
        #expect(LineHelp.question("commit --yes ?") == nil)
    }
}
