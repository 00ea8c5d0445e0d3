import Testing

@testable import HookScript

@Suite("Completion contexts")
struct CompletionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let context: CompletionContext
        var prefix = ""
        var quote = CompletionPoint.Quote.none
        var testDescription: String { text }

        init(
            _ text: String, _ context: CompletionContext, _ prefix: String = "", _ quote: CompletionPoint.Quote = .none
        ) {
            self.text = text
            self.context = context
            self.prefix = prefix
            self.quote = quote
        }
    }

    static let cases: [Case] = [
        Case("", .command),
        Case("l", .command, "l"),
        Case("ls; co", .command, "co"),
        Case("ls\nco", .command, "co"),
        Case("if true\n  ec", .command, "ec"),
        Case("let x = $(co", .command, "co"),
        Case("get wh", .positional(of: "get", name: "record", kind: .name("record"), index: 0), "wh"),
        Case("get ", .positional(of: "get", name: "record", kind: .name("record"), index: 0)),
        Case("set name ", .positional(of: "set", name: "value", kind: .inferred, index: 1)),
        Case("set \"na", .positional(of: "set", name: "field", kind: .path, index: 0), "na", .double),
        Case("get 'wh_", .positional(of: "get", name: "record", kind: .name("record"), index: 0), "wh_", .single),
        Case("select a b c", .positional(of: "select", name: "record", kind: .name("record"), index: 2), "c"),
        Case("ls --limit ", .flagValue(of: "ls", flag: "limit", kind: .integer)),
        Case("ls --limit=5", .flagValue(of: "ls", flag: "limit", kind: .integer), "5"),
        Case("ls -n 5", .flagValue(of: "ls", flag: "limit", kind: .integer), "5"),
        Case("ls --columns a b", .flagValue(of: "ls", flag: "columns", kind: .text), "b"),
        Case("channel slack to", .key(of: "channel"), "to"),
        Case("channel slack token=x", .value(of: "channel", key: "token", kind: .text), "x"),
        Case("channel slack url=\"https", .value(of: "channel", key: "url", kind: .text), "https", .double),
        Case("vault s", .subcommand(of: "vault"), "s"),
        Case("vault set ", .positional(of: "vault", name: "name", kind: .text, index: 0)),
        Case("ls where ", .field),
        Case("ls where act", .field, "act"),
        Case("ls where not act", .field, "act"),
        Case("ls where (active and na", .field, "na"),
        Case("ls where exists cha", .field, "cha"),
        Case("ls where channel ", .comparator(field: "channel")),
        Case("ls where channel = ", .comparand(field: "channel", comparator: .equal)),
        Case("ls where channel = sl", .comparand(field: "channel", comparator: .equal), "sl"),
        Case("ls where name ~ \"Te", .comparand(field: "name", comparator: .like), "Te", .double),
        Case("ls where channel in [sl", .operand, "sl"),
        Case("ls where receives(obj", .operand, "obj"),
        Case("echo $na", .variable, "na"),
        Case("echo \"a ${na", .variable, "na"),
        Case("echo ${env:HO", .environmentName, "HO"),
        Case("echo ${secret:TO", .secretName, "TO"),
        Case("ls > out", .fileName, "out"),
        Case("let x = $y + ", .operand),
        Case("for x ", .keyword(["in"])),
        Case("each ", .keyword(["selected", "where"])),
        Case("let x ", .keyword(["="])),
    ]

    @Test("what is due at the end of a text", arguments: cases)
    func due(_ test: Case) {
        let point = Parser.completion(at: SourceText(name: "prompt", text: test.text), signatures: TestHost())
        #expect(point.contexts.contains(test.context), "\(point.contexts)")
        #expect(point.prefix == test.prefix)
        #expect(point.quote == test.quote)
        #expect(point.span.end == test.text.utf8.count)
    }

    @Test("flags, where and the end of a block are offered beside what is likeliest")
    func alternatives() {
        #expect(contexts("ls ").contains(.flagName(of: "ls")))
        #expect(contexts("ls ").contains(.keyword(["where"])))
        #expect(contexts("ls --js").contains(.flagName(of: "ls")))
        #expect(!contexts("ls -- --js").contains(.flagName(of: "ls")))
        #expect(contexts("if true\necho a\n").contains(.keyword(["elif", "else", "end"])))
        #expect(contexts("channel slack ").contains(.key(of: "channel")))
    }

    @Test("the words before the cursor are handed over")
    func words() {
        let point = Parser.completion(
            at: SourceText(name: "prompt", text: "echo x; channel slack url=a to"), signatures: TestHost())
        #expect(point.words == ["channel", "slack"])
    }

    private func contexts(_ text: String) -> [CompletionContext] {
        Parser.completion(at: SourceText(name: "prompt", text: text), signatures: TestHost()).contexts
    }
}
