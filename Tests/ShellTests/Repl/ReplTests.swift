import LineEditor
import LosslessJSON
import Synchronization
import Testing

@testable import Shell

@Suite("The prompt's loop")
struct ReplTests {
    @Test("a line is run, the prompt follows what it did, and the end of input leaves")
    func session() async throws {
        let fixture = try ShellFixture(environment: ["MIXPEEK_API_BASE": "http://127.0.0.1:1"])
        let lines = ScriptedLines(["use wh_abc123def4", "set active false", "nonsense", "discard all"])
        let status = await Repl(shell: fixture.shell, lines: lines, history: InMemoryHistory()).run()
        #expect(status == .done)
        #expect(
            lines.prompts.map { $0.replacing("@127.0.0.1:1", with: "") } == [
                "env> ", "env wh_abc123def4> ", "env wh_abc123def4 +1> ",
                "env wh_abc123def4 +1 [2]> ", "env wh_abc123def4> ",
            ])
    }

    @Test("an unknown command suggests the one that was meant")
    func suggestion() async throws {
        let fixture = try ShellFixture()
        _ = await Repl(shell: fixture.shell, lines: ScriptedLines(["comit"]), history: InMemoryHistory()).run()
        #expect(fixture.errors.text.contains("did you mean commit?"))
    }

    @Test("exit leaves as quit does, with its status, and keeps staged edits from being lost the first time")
    func exit() async throws {
        let plain = ScriptedLines(["exit 3", "echo never"])
        let fixture = try ShellFixture()
        let status = await Repl(shell: fixture.shell, lines: plain, history: InMemoryHistory()).run()
        #expect(status.rawValue == 3 && fixture.output.text.isEmpty)
        let staged = try ShellFixture()
        let lines = ScriptedLines(["set active false --on wh_abc123def4", "exit", "echo still here", "exit", "exit"])
        #expect(await Repl(shell: staged.shell, lines: lines, history: InMemoryHistory()).run() == .done)
        #expect(staged.output.text.contains("still here"))
    }

    @Test("a question runs nothing")
    func question() async throws {
        let fixture = try ShellFixture()
        let lines = ScriptedLines(["use wh_abc123def4", "delete ?"])
        _ = await Repl(shell: fixture.shell, lines: lines, history: InMemoryHistory()).run()
        #expect(fixture.output.text.contains("delete stages"))
        #expect(await fixture.shell.connection.stagedCount == 0)
    }

    @Test("the continuation prompt goes on until the parser has enough; a block is one entry of the history")
    func block() async throws {
        let fixture = try ShellFixture()
        let history = InMemoryHistory()
        let lines = ScriptedLines(["for i in 1..2", "echo $i", "end"])
        _ = await Repl(shell: fixture.shell, lines: lines, history: history).run()
        #expect(fixture.output.text == "1\n2\n")
        #expect(lines.prompts.dropFirst().prefix(2) == ["... ", "... "])
        #expect(history.entries == ["for i in 1..2\necho $i\nend"])
    }

    @Test("commands defined at the prompt are known to the next line")
    func definitions() async throws {
        let fixture = try ShellFixture()
        let lines = ScriptedLines(["def greet who", "echo \"hi $who\"", "end", "greet you"])
        _ = await Repl(shell: fixture.shell, lines: lines, history: InMemoryHistory()).run()
        #expect(fixture.output.text == "hi you\n")
    }

    @Test("each profile has its history, and what came by reference to a secret is kept out of it")
    func histories() async throws {
        let fixture = try ShellFixture()
        let asked = Mutex<[String]>([])
        let history = InMemoryHistory()
        var ports = Repl.Ports { profile in
            asked.withLock { $0.append(profile.name) }
            return history
        }
        ports.recording = { "rec" }
        let lines = ScriptedLines([
            "use wh_abc123def4", "set description ${env:HOME}", "history 1",
        ])
        _ = await Repl(shell: fixture.shell, lines: lines, ports: ports).run()
        #expect(Set(asked.withLock { $0 }) == ["env"])
        #expect(lines.prompts[0].contains(" rec> "))
        #expect(fixture.output.text.contains("history 1"))
    }

    @Test("Ctrl-C ends a command that reads, and the prompt comes back")
    func interrupt() async throws {
        let reached = AsyncStream.makeStream(of: Void.self)
        let fixture = try ShellFixture(arrival: { _ in
            reached.continuation.yield()
            try? await Task.sleep(for: .seconds(600))
        })
        let lines = ScriptedLines(["count", "echo back"])
        let repl = Repl(shell: fixture.shell, lines: lines, history: InMemoryHistory())
        let task = Task { await repl.run() }
        for await _ in reached.stream { break }
        let start = ContinuousClock.now
        repl.interrupt()
        #expect(await task.value == .done)
        #expect(start.duration(to: .now) < .seconds(10))
        #expect(fixture.output.text.hasSuffix("back\n"))
        #expect(fixture.errors.text.hasPrefix("\n"))
    }

    @Test("an end from outside lets what runs come to its end, and reads no more")
    func end() async throws {
        let fixture = try ShellFixture()
        let lines = ScriptedLines(["echo never"])
        let repl = Repl(shell: fixture.shell, lines: lines, history: InMemoryHistory())
        repl.end()
        #expect(await repl.run() == .interrupted)
        #expect(fixture.output.text == "")
    }
}
