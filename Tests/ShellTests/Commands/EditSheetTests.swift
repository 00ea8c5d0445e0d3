import HookScript
import Synchronization
import Testing

@testable import Shell

@Suite("edit, where it comes to nothing")
struct EditSheetTests {
    /// An editor that leaves a text and ends with a status, as often as it is opened.
    private final class Editor: ProcessRunner {
        let files = Mutex<MemoryFiles?>(nil)
        let seen = Mutex<[String]>([])
        private let results: [(status: Int32, change: @Sendable (String) -> String)]

        init(_ results: [(status: Int32, change: @Sendable (String) -> String)]) { self.results = results }

        func run(_ command: ProcessCommand) async -> ProcessResult {
            let (path, files) = (command.arguments.last ?? "", files.withLock { $0 })
            let text = files?.text(path) ?? ""
            let turn = seen.withLock { seen in
                seen.append(text)
                return min(seen.count, results.count) - 1
            }
            // As an editor does that is careless with permissions.
            files?.put(results[turn].change(text), at: path, mode: 0o644)
            return ProcessResult(status: results[turn].status, standardOutput: [])
        }
    }

    private func fixture(_ results: (status: Int32, change: @Sendable (String) -> String)...) throws -> (
        ShellFixture, Editor
    ) {
        let editor = Editor(results)
        let fixture = try ShellFixture(environment: ["EDITOR": "ed"], processes: editor)
        editor.files.withLock { $0 = fixture.files }
        return (fixture, editor)
    }

    private func sheet(_ fixture: ShellFixture) -> String? { fixture.files.paths.first { $0.contains("/edit-") } }

    @Test("Ctrl-C in the editor keeps what was written, for its owner alone, and says where; apply stages it")
    func interrupted() async throws {
        let (fixture, _) = try fixture((130, { $0.replacing("Engineering Slack", with: "Night") }))
        let run = await fixture.run("edit wh_abc123def4")
        #expect(run.status == .interrupted)
        let path = try #require(sheet(fixture))
        #expect(run.errors.contains("kept in \(path)"), "\(run.errors)")
        #expect(fixture.files.mode(path) == 0o600)
        let text = try #require(fixture.files.text(path))
        #expect(text.contains("!keep") && !text.contains("canary"))
        #expect(await fixture.shell.connection.stagedCount == 0)
        let applied = await fixture.run("apply \(path)")
        #expect(applied.status == .done, "\(applied.errors)")
        let diff = await fixture.run("diff")
        #expect(diff.output.contains(#"~ webhook_name  "Engineering Slack Alerts" → "Night Alerts""#), "\(diff)")
    }

    @Test("nothing is kept where nothing was written", arguments: [130, 1] as [Int32])
    func untouched(_ status: Int32) async throws {
        let (fixture, _) = try fixture((status, { $0 }))
        #expect(await fixture.run("edit wh_abc123def4").status != .done)
        #expect(sheet(fixture) == nil)
    }

    @Test("an editor that fails, and a mistake that nobody mends, keep what was written", arguments: [0, 1] as [Int32])
    func failed(_ status: Int32) async throws {
        let (fixture, _) = try fixture((status, { $0.contains("is_active: [") ? $0 : $0 + "is_active: [\n" }))
        let run = await fixture.run("edit wh_abc123def4")
        #expect(run.status != .done)
        let path = try #require(sheet(fixture))
        #expect(run.errors.contains("kept in \(path)"))
        #expect(fixture.files.text(path)?.contains("is_active: [") == true)
    }

    @Test("a text with CRLF is read like one with LF, and gets each mistake on top once")
    func lineEnds() async throws {
        let (fixture, editor) = try fixture(
            (0, { $0.replacing("is_active: true", with: "is_active: [").replacing("\n", with: "\r\n") }),
            (0, { $0.replacing("is_active: [", with: "is_active: {").replacing("\n", with: "\r\n") }),
            (0, { $0.replacing("is_active: {", with: "is_active: false").replacing("\n", with: "\r\n") }))
        let run = await fixture.run("edit wh_abc123def4")
        #expect(run.status == .done, "\(run.errors)")
        let seen = editor.seen.withLock { $0 }
        #expect(seen.count == 3)
        let marks = seen.map { text in text.split(whereSeparator: \.isNewline).count { $0.hasPrefix("#! ") } }
        #expect(marks[0] == 0 && marks[1] > 0 && marks[2] == marks[1], "\(marks)")
        #expect(seen.allSatisfy { !$0.contains("\r\n") })
        let state = try #require(await fixture.shell.connection.knownState)
        #expect(state.staged.count == 1 && state.staged[0].changes.count == 1)
    }

    @Test("a text whose line ends are all that is new changes nothing")
    func onlyLineEnds() async throws {
        let (fixture, _) = try fixture((0, { $0.replacing("\n", with: "\r\n") }))
        #expect(await fixture.run("edit wh_abc123def4").errors.contains("Nothing changed."))
    }
}
