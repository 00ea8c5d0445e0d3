import LineEditor
import Testing

@testable import Shell

@Suite("What Tab offers")
struct ShellCompleterTests {
    private func offers(_ line: String, after: String = "use wh_abc123def4") async throws -> [String] {
        let fixture = try ShellFixture()
        _ = await fixture.run(after)
        fixture.shell.completionState = await fixture.shell.connection.knownState
        let completions = ShellCompleter(shell: fixture.shell)
            .completions(for: CompletionContext(text: line, cursor: line.utf8.count))
        return completions.candidates.map(\.text)
    }

    @Test(
        "the grammar decides what is due",
        arguments: [
            ("desel", ["deselect"]),
            ("use wh_a", ["wh_abc123def4"]),
            ("get Eng", ["'Engineering Slack Alerts'"]),
            ("add-event taxonomy.cr", ["taxonomy.created"]),
            ("remove-event ", ["object.created", "object.updated"]),
            ("ls --so", ["--sort"]),
            ("ls --format js", ["json", "jsonl"]),
            ("ls where descr", ["description"]),
            ("ls where channel = ema", ["email"]),
            ("secret s", ["set"]),
            ("add-channel sla", ["slack"]),
            ("add-channel slack workspace", ["workspace_id="]),
            ("set acti", ["active"]),
            ("remove-channel sl", ["slack"]),
            ("help add-c", ["add-channel"]),
            ("echo $na", ["name"]),
            ("count; desel", ["deselect"]),
        ])
    func due(_ line: String, _ expected: [String]) async throws {
        #expect(try await offers(line) == expected)
    }

    @Test("add-event offers nothing that is subscribed already")
    func notSubscribed() async throws {
        let offered = try await offers("add-event object.")
        #expect(offered == ["object.deleted"])
    }

    @Test("another letter case and a part of the text are found when nothing begins so")
    func fallback() async throws {
        #expect(try await offers("get ENG") == ["'Engineering Slack Alerts'"])
        #expect(try await offers("get Trail") == ["wh_xyz789uvw0", "'Audit Trail Logger'"])
    }

    @Test("what is replaced is the word before the cursor")
    func replaced() async throws {
        let fixture = try ShellFixture()
        let completions = ShellCompleter(shell: fixture.shell)
            .completions(for: CompletionContext(text: "add-event cluster.execution.fai", cursor: 31))
        #expect(completions.replacing == 10..<31)
        #expect(completions.candidates.map(\.text) == ["cluster.execution.failed"])
    }

    @Test("nothing is asked of the server for it")
    func noRequest() async throws {
        let fixture = try ShellFixture()
        _ = ShellCompleter(shell: fixture.shell).completions(for: CompletionContext(text: "get ", cursor: 4))
        #expect(fixture.service.requests.isEmpty)
    }
}
