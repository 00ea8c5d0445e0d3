import LineEditor
import Testing

@testable import Shell

@Suite("rc.hook")
struct StartupScriptTests {
    private func prompt(_ script: String, _ lines: [String], skips: Bool = false) async throws -> (
        ShellFixture, ScriptedLines, ShellExit
    ) {
        let fixture = try ShellFixture { $0.skipsStartupScript = skips }
        fixture.files.put(script, at: fixture.shell.environment.paths!.startupScript)
        let scripted = ScriptedLines(lines)
        var ports = Repl.Ports { _ in InMemoryHistory() }
        let shell = fixture.shell
        ports.template = { shell.preferences.prompt }
        return (fixture, scripted, await Repl(shell: shell, lines: scripted, ports: ports).run())
    }

    @Test("what it defines is there at the prompt: commands, variables, aliases, options")
    func defines() async throws {
        let script = "def greet who\necho hi $who\nend\nlet me = Ann\nalias g greet\noption prompt '% '\n"
        let (fixture, lines, status) = try await prompt(script, ["g $me"])
        #expect(status == .done)
        #expect(fixture.output.text == "hi Ann\n", "\(fixture.errors.text)")
        #expect(lines.prompts.first == "% ")
    }

    @Test(
        "a failure is told with its place, and the prompt comes all the same",
        arguments: [
            "echo a\nget wh_nothere\n", "if true\n", "\u{0}", "exit 3\n", "quit\n",
        ])
    func failure(_ script: String) async throws {
        let (fixture, _, status) = try await prompt(script, ["echo here"])
        #expect(status == .done)
        #expect(fixture.output.text.hasSuffix("here\n"))
        if script.contains("wh_nothere") {
            #expect(fixture.errors.text.contains("rc.hook:2:1") && fixture.errors.text.contains("--no-rc"))
        }
    }

    @Test("--no-rc skips it")
    func skipped() async throws {
        let (fixture, _, _) = try await prompt("echo from rc\n", ["echo here"], skips: true)
        #expect(fixture.output.text == "here\n")
    }
}
