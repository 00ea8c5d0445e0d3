import Testing

@testable import HookScript

@Suite("Errors as text")
struct DiagnosticRendererTests {
    private func rendered(_ text: String, name: String = "demo.hook") async -> String {
        do throws(ScriptError) {
            _ = try await Interpreter(host: TestHost()).run(SourceText(name: name, text: text))
            return "it ran"
        } catch {
            return DiagnosticRenderer.text(error)
        }
    }

    @Test("file, line and column, the line, a caret and a hint")
    func whole() async {
        let text = await rendered("echo a\nls where actve = true\n")
        #expect(
            text == """
                demo.hook:2:10: error: there is no field "actve"
                  ls where actve = true
                           ^~~~~
                  hint: did you mean active?
                """)
    }

    @Test("what is hidden in the line is, and the caret stays under its place before it and behind it")
    func hidden() async {
        func rendered(_ text: String) async -> String {
            do throws(ScriptError) {
                _ = try await Interpreter(host: TestHost()).run(SourceText(name: "demo.hook", text: text))
                return "it ran"
            } catch {
                return DiagnosticRenderer.text(error.diagnostics[0]) { $0.replacing("hush hush", with: "••••") }
            }
        }
        #expect(
            await rendered("echo $nope 'hush hush'").hasPrefix(
                """
                demo.hook:1:6: error: $nope is not set
                  echo $nope '••••'
                       ^~~~~
                """))
        #expect(
            await rendered("echo 'hush hush' $nope").hasPrefix(
                """
                demo.hook:1:18: error: $nope is not set
                  echo '••••' $nope
                              ^~~~~
                """))
        #expect(!(await rendered("echo 'hush hush' $nope 'hush hush'")).contains("hush"))
    }

    @Test("wide characters and tabs keep the caret under its place")
    func wide() async {
        let text = await rendered("\techo 日本 é $nope")
        #expect(
            text == """
                demo.hook:1:12: error: $nope is not set
                      echo 日本 é $nope
                                  ^~~~~
                  hint: ${nope:-…} gives a default
                """)
    }

    @Test("a place at a line's end gets a caret after it")
    func lineEnd() async {
        let text = await rendered("let x =\n")
        #expect(text == "demo.hook:1:8: error: a value is missing here\n  let x =\n         ^")
    }

    @Test("the calls that led to an error are listed")
    func trace() async {
        let text = await rendered("def inner\n  fail\nend\ndef outer\n  inner\nend\nouter\n")
        #expect(
            text == """
                demo.hook:2:3: error: it failed
                    fail
                    ^~~~
                  in inner, called at demo.hook:5:3
                  in outer, called at demo.hook:7:1
                """)
    }

    @Test("a long line is shown around its error")
    func long() async {
        let text = await rendered(
            String(repeating: "echo a; ", count: 100) + "echo $nope; " + String(repeating: "echo b; ", count: 100))
        let lines = text.split(separator: "\n")
        #expect(lines[0] == "demo.hook:1:806: error: $nope is not set")
        #expect(lines[1].hasPrefix("  …") && lines[1].hasSuffix("…") && lines[1].count < 200)
        let caret = lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) } ?? 0
        #expect(String(lines[1].dropFirst(caret).prefix(5)) == "$nope")
    }

    @Test("several errors stand one after the other")
    func several() async {
        let text = await rendered("end\nls --bogus\n")
        #expect(text.split(separator: "\n").filter { $0.contains(": error: ") }.count == 2)
    }

    @Test("nothing that does not show gets onto the terminal")
    func controls() async {
        let text = await rendered("echo \"\u{1B}[31m\u{202E}\" $nope\n")
        #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
        let quoted = await rendered("ls \"--\u{1B}[31m\"\n")
        #expect(!quoted.unicodeScalars.contains("\u{1B}"))
    }

    @Test("an error at the very end of an unfinished source")
    func atEnd() async {
        let open = await rendered("echo \"abc")
        #expect(
            open
                == "demo.hook:1:6: error: this quote is never closed\n  echo \"abc\n       ^\n  hint: in \"…\" a quote is written \\\""
        )
        let empty = await rendered("")
        #expect(empty == "it ran")
    }

    @Test("every limit and every problem has a sentence")
    func sentences() {
        for limit in LimitName.allCases {
            #expect(DiagnosticRenderer.message(.limitReached(limit, allowed: 7)).hasSuffix("more than 7"))
        }
    }
}
