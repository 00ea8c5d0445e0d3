import Testing

@testable import HookScript

@Suite("Lines that go on")
struct IncompleteTests {
    @Test(
        "an open quote, bracket, block or a backslash wants more",
        arguments: [
            "echo \"a", "echo 'a", "echo a \\", "args {\"a\": 1", "args [1,", "args {", "let x = $(count",
            "let x = (1 +",
            "let x = [a,", "ls where (active", "ls where (active and", "if true", "if true\necho a", "for x in [a]",
            "each",
            "def f a", "try", "try\nfail\ncatch e", "if true\necho \"a", "ls where name in [a, b", "args \"$(count",
            "if true; if false; end", "args {\"a\": \"b", "ls where len(name",
        ])
    func incomplete(_ text: String) {
        #expect(Parser.isIncomplete(SourceText(name: "prompt", text: text), signatures: TestHost()))
    }

    @Test(
        "what is whole, or wrong however it goes on, does not",
        arguments: [
            "", "ls", "echo a", "ls where active and", "ls where", "end", "echo \"\\q", "ls --bogus", "if true; end",
            "let x =", "let x = (1))", "args [1 2", "if = 5\n", "ls --bogus; if true", "echo a # \"", "echo ${a",
            "ls where name =~ /a",
        ])
    func complete(_ text: String) {
        #expect(!Parser.isIncomplete(SourceText(name: "prompt", text: text), signatures: TestHost()))
    }
}
