import LosslessJSON
import Testing

@testable import Shell

@Suite("Checking a script without running it")
struct ScriptCheckTests {
    private func check(_ text: String, _ words: String = "") async throws -> (
        status: ShellExit, output: String, errors: String
    ) {
        let fixture = try ShellFixture(arrival: { _ in Issue.record("a check asked the server") })
        fixture.files.put(text, at: "/work/s.hook")
        return await fixture.run("run --check s.hook \(words)")
    }

    @Test(
        "commands, flags, fields and variables that do not exist are reported at once, each with its place and a caret")
    func everything() async throws {
        let run = try await check(
            """
            echo ran
            lst
            ls --frmat x
            ls where chanels = slack
            echo $nobody
            get wh_1 wh_2

            """)
        #expect(run.status == .usage)
        #expect(run.output.isEmpty)
        for place in ["2:1", "3:4", "4:10", "5:6", "6:10"] {
            #expect(run.errors.contains("s.hook:\(place): error: "), "\(place) in \(run.errors)")
        }
        #expect(run.errors.contains("  ls where chanels = slack\n           ^~~~~~~\n"))
        #expect(run.errors.contains("did you mean channels?"))
        #expect(run.errors.contains("error: 5 problems in s.hook"))
    }

    @Test("syntax errors are reported with what else is wrong")
    func syntax() async throws {
        let run = try await check("let = 3\nls --frmat x\n")
        #expect(run.status == .usage)
        #expect(run.errors.contains("s.hook:1:"))
    }

    @Test("what is right, given or made by the script itself is no problem")
    func nothing() async throws {
        let run = try await check(
            """
            param team "whose"
            alias paused = 'ls where not active'
            paused --json
            def each-of who
                echo $who $team $given $id
            end
            each-of me
            if $1 = x
                let y = 1
            end
            echo $y

            """, "given=1")
        #expect(run.status == .done, "\(run.errors)")
        #expect(run.errors == "s.hook: no problem found.\n")
    }

    @Test("inside try it warns and fails nothing")
    func warning() async throws {
        let run = try await check("try\nlst\ncatch\nend\n")
        #expect(run.status == .done)
        #expect(run.errors.contains("s.hook:2:1: warning: "))
    }

    @Test("hookline run --check FILE does the same")
    func commandLine() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("echo $nobody\n", at: "/work/s.hook")
        let batch = Batch(shell: fixture.shell, runner: ScriptRunner(shell: fixture.shell))
        #expect(await batch.run(words: ["run", "--check", "s.hook"]) == .usage)
        #expect(fixture.errors.text.contains("s.hook:1:6: error: "))
        fixture.files.put("echo $nobody $1\n", at: "/work/t.hook")
        #expect(await batch.run(words: ["run", "t.hook", "--check", "nobody=x"]) == .done)
        #expect(fixture.output.text.isEmpty)
    }

    @Test("with --json each problem is an object with its place")
    func json() async throws {
        let fixture = try ShellFixture { $0.format = .json }
        fixture.files.put("lst\necho $nobody\n", at: "/work/s.hook")
        let run = await fixture.run("run s.hook --check")
        let errors = try run.errors.split(separator: "\n").map { try JSON(parsing: String($0)) }
        #expect(errors.map { $0["error"]?["line"]?.number?.int } == [1, 2, nil])
        #expect(errors.allSatisfy { $0["error"]?["exit"] == 2 })
    }

    @Test("an error in a script that another runs lists the calls that led there, once")
    func trace() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("def go\n  run inner.hook\nend\ngo\n", at: "/work/outer.hook")
        fixture.files.put("echo a\nget wh_nothere\n", at: "/work/inner.hook")
        let run = await fixture.run("run outer.hook")
        #expect(run.status == .failed)
        let calls = run.errors.split(separator: "\n").filter { $0.hasPrefix("  in ") }
        #expect(
            calls == [
                "  in inner.hook, called at outer.hook:2:3", "  in go, called at outer.hook:4:1",
                "  in outer.hook, called at -c:1:1",
            ], "\(run.errors)")
        #expect(!run.errors.contains("run at"))
    }
}
