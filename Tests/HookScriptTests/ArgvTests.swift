import Testing

@testable import HookScript

@Suite("Words from a command line outside")
struct ArgvTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let words: [String]
        let output: [String]
        var testDescription: String { words.joined(separator: " ␣ ") }

        init(_ words: [String], _ output: [String]) {
            self.words = words
            self.output = output
        }
    }

    static let cases: [Case] = [
        Case(["args", "$x", "a;b", "a|b", "a>b", "#c"], ["text $x", "text a;b", "text a|b", "text a>b", "text #c"]),
        Case(["args", "${secret:TOKEN}", "$(fail)"], ["text ${secret:TOKEN}", "text $(fail)"]),
        Case(["args", "a b", "", "'q'", "\"d\""], ["text a b", "text ", "text 'q'", "text \"d\""]),
        Case(["ls", "where", "active"], ["wh_a wh_c wh_d"]),
        Case(["ls", "where", "name", "=", "\"Team Alpha\""], ["wh_a"]),
        Case(["ls", "where", "name ~ \"Team *\" and active"], ["wh_a"]),
        Case(["ls", "where", "active", "--limit", "2"], ["wh_a wh_c wh_d"]),
        Case(["ls", "where", "active", "--limit=2", "--json"], ["wh_a wh_c wh_d"]),
        Case(["ls", "--json", "where", "created", ">", "2025-09-01"], ["wh_d"]),
        Case(["ls", "where", "name", "=", "$x"], [""]),
        Case(
            ["channel", "http", "url=https://x/?a=b&c=$d;e", "headers={\"A\": \"$b\"}"],
            ["channel http url='https://x/?a=b&c=$d;e' headers='{\"A\": \"$b\"}'"]),
        Case(["take-json", "{\"a\": [1, \"$x\"]}"], ["object {\"a\":[1,\"$x\"]}"]),
        Case(["args", "--", "--json", "where"], ["text --json", "text where"]),
    ]

    @Test("each word is taken as it is", arguments: cases)
    func words(_ test: Case) async throws {
        let host = TestHost()
        let interpreter = Interpreter(host: host)
        await interpreter.set("x", to: Value("never read"))
        _ = try await interpreter.run(words: test.words)
        #expect(host.output == test.output)
        #expect(host.invocations.count == 1)
    }

    @Test(
        "nothing in a condition starts a second command or names a file",
        arguments: [
            ["ls", "where", "active; fail"], ["ls", "where", "active | sh"], ["ls", "where", "active\nfail"],
            ["ls", "where", "active", "#", "x"], ["ls", "where", "active", ")"], ["ls", "where", "$(fail)"],
        ])
    func injection(_ words: [String]) async throws {
        let host = TestHost()
        await #expect(throws: ScriptError.self) { _ = try await Interpreter(host: host).run(words: words) }
        #expect(host.invocations.isEmpty)
    }

    @Test("errors name the word", arguments: [(["ls", "--limt", "5"], 4), (["nosuch"], 1), ([], 1)])
    func errors(_ words: [String], _ column: Int) async throws {
        do throws(ScriptError) {
            _ = try await Interpreter(host: TestHost()).run(words: words)
            Issue.record("it ran")
        } catch {
            let diagnostic = try #require(error.diagnostics.first)
            #expect(diagnostic.source.location(of: diagnostic.span.start).column == column)
            #expect(error.exitCode == 2)
        }
    }
}
