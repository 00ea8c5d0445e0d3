import Synchronization
import Testing

@testable import Shell

@Suite("What a pipe hands to other programs")
struct PipelineTests {
    /// Remembers what it was asked to run; answers in upper case.
    private final class Programs: ProcessRunner {
        let asked = Mutex<[ProcessPipeline]>([])
        func run(_ command: ProcessCommand) async -> ProcessResult { ProcessResult(status: 127, standardOutput: []) }
        func run(_ pipeline: ProcessPipeline) async throws(ProcessPipeline.Failure) -> ProcessResult {
            asked.withLock { $0.append(pipeline) }
            let text = String(decoding: pipeline.standardInput, as: UTF8.self)
            return ProcessResult(
                status: pipeline.commands.last == ["false"] ? 1 : 0, standardOutput: Array(text.uppercased().utf8))
        }
    }

    @Test("plain, whole and tab-separated, or in the format asked for")
    func format() async throws {
        let programs = Programs()
        let fixture = try ShellFixture(processes: programs)
        #expect(await fixture.run("ls --ids | grep a b | wc; ls --columns id where active | cat").status == .done)
        let asked = programs.asked.withLock { $0 }
        #expect(asked.map(\.commands) == [[["grep", "a", "b"], ["wc"]], [["cat"]]])
        #expect(
            asked.map { String(decoding: $0.standardInput, as: UTF8.self) } == [
                "wh_abc123def4\nwh_xyz789uvw0\n", "wh_abc123def4\n",
            ])
        #expect(asked.allSatisfy { $0.output == .inherited })
    }

    @Test("a redirect behind it takes what the last one prints; a failing one leaves no file")
    func collected() async throws {
        let programs = Programs()
        let fixture = try ShellFixture(processes: programs)
        let run = await fixture.run("echo a | cat > x.txt; echo c | false > z.txt")
        #expect(fixture.files.text("/work/x.txt") == "A\n")
        #expect(run.status == .failed)
        #expect(fixture.files.text("/work/z.txt") == nil)
    }

    @Test("secrets never go through a pipe, and a script may not pipe at all")
    func refused() async throws {
        let programs = Programs()
        let fixture = try ShellFixture(processes: programs)
        fixture.files.put(#"{"TOKEN": "xoxb-secret-canary-1"}"#, at: fixture.shell.environment.paths!.secretsFile)
        fixture.files.put("create x | cat\n", at: "/work/s.hook")
        #expect(await fixture.run("echo x | cat ${secret:TOKEN}").status != .done)
        #expect(await fixture.run("get wh_abc123def4 --json | cat").status == .done)
        #expect(await fixture.run("run s.hook").status == .usage)
        // What may not be piped is not done either.
        #expect(await fixture.shell.connection.stagedCount == 0)
        for pipeline in programs.asked.withLock({ $0 }) {
            #expect(!String(decoding: pipeline.standardInput, as: UTF8.self).contains("canary"))
        }
    }
}
