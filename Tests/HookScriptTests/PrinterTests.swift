import Testing

@testable import HookScript

@Suite("The canonical form")
struct PrinterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let printed: String
        var testDescription: String { text }

        init(_ text: String, _ printed: String) {
            self.text = text
            self.printed = printed
        }
    }

    static let cases: [Case] = [
        Case("echo   a\t'b'  \"c\"", "echo a b c"),
        Case("echo 'a b' \"it's\" \"x\\ny\"", "echo 'a b' \"it's\" \"x\\ny\""),
        Case("echo \"$x\" \"${x}\" \"a$x\" b${x}c", "echo $x $x \"a${x}\" \"b${x}c\""),
        Case(
            "echo ${x:-5} ${x.y[0]} ${env:HOME} $1 ${10} $@ $# $x...",
            "echo ${x:-5} ${x.y[0]} ${env:HOME} $1 ${10} $@ $# $x..."),
        Case("args { \"a\" : [ 1 , $x ] }", "args {\"a\":[1,$x]}"),
        Case("args {\"a\" : 1.0}", "args {\"a\":1.0}"),
        Case("ls --limit 5 -n 6 --json", "ls --limit=5 --limit=6 --json"),
        Case("ls --columns a b where active", "ls --columns a b where active"),
        Case("channel k url=\"a b\" x={\"a\": 1}", "channel k url='a b' x={\"a\":1}"),
        Case("ls > 'my file' where active", "ls > 'my file' where active"),
        Case("ls where active | sort -u >> out", "ls >> out where active | sort -u"),
        Case("ls where ((active)) and (name=\"a\")", "ls where active and name = \"a\""),
        Case("ls where (active or name=a) and not(not active)", "ls where (active or name = a) and not not active"),
        Case("ls where not (active and active)", "ls where not (active and active)"),
        Case("let x = (1 + 2) * 3 - (4 - 5)", "let x = (1 + 2) * 3 - (4 - 5)"),
        Case("let x = (1 * 2) + 3", "let x = 1 * 2 + 3"),
        Case("let x = 1+2", "let x = 1 + 2"),
        Case("let r = 1..3", "let r = 1..3"),
        Case("let r = ($a + 1)..$b", "let r = ($a + 1)..$b"),
        Case("let x = $a.b.c[0] = [x,\"y z\", $l...]", "let x = $a.b.c[0] = [x, \"y z\", $l...]"),
        Case("let x = $( count where active )", "let x = $(count where active)"),
        Case("let x = ( $a = 1 ) = true", "let x = ($a = 1) = true"),
        Case("ls where created < 30d ago", "ls where created < 30d ago"),
        Case("ls where name =~ /a\\/b/i", "ls where name =~ /a\\/b/i"),
        Case("ls where all( events ~ \"a*\" )", "ls where all(events ~ \"a*\")"),
        Case(
            "if $x = 1; echo a; elif true; echo b; else; echo c; end",
            "if $x = 1\n    echo a\nelif true\n    echo b\nelse\n    echo c\nend"),
        Case("for x in [a]; echo $x; end", "for x in [a]\n    echo $x\nend"),
        Case("each selected where active; echo; end", "each selected where active\n    echo\nend"),
        Case("def f a b=\"x y\"; return $a; end", "def f a b='x y'\n    return $a\nend"),
        Case("try; fail; catch e; echo a; end", "try\n    fail\ncatch e\n    echo a\nend"),
        Case("param x 'help' = 5 --secret", "param x \"help\" = 5 --secret"),
        Case("assert $x = 1 'no'", "assert $x = 1 \"no\""),
        Case("wait until $x > 1 --timeout 5m", "wait until $x > 1 --timeout 5m"),
        Case("exit 3; unlet x", "exit 3\nunlet x"),
        Case(
            "# a\n\n\n# b\necho a # c\n\n\n\necho b\nif true # d\n  # e\n  echo c\n  # f\nend # g\n# h",
            "# a\n\n# b\necho a  # c\n\necho b\nif true  # d\n    # e\n    echo c\n    # f\nend  # g\n# h"),
        Case("echo -- --json", "echo -- --json"),
        Case("channel -- a=b", "channel -- a=b"),
    ]

    @Test("a source in its canonical form", arguments: cases)
    func canonical(_ test: Case) throws {
        let script = try Parser.parse(SourceText(name: "test", text: test.text), signatures: TestHost())
        let printed = StatementPrinter.text(script)
        #expect(printed == test.printed + "\n")
        let again = try Parser.parse(SourceText(name: "again", text: printed), signatures: TestHost())
        #expect(outline(again.body) == outline(script.body))
        #expect(StatementPrinter.text(again) == printed)
    }
}
