import LineEditor
import Testing

@testable import Shell

@Suite("Secrets and the prompt's history")
struct HistorySecretsTests {
    @Test(
        "what stands where a secret belongs is masked, in every line of a block",
        arguments: [
            ("run f.hook token=hunter2 n=1", "run f.hook token=•••• n=1"),
            ("run f.hook --token=hunter2", "run f.hook --token=••••"),
            ("let password = 'hunter2'", "let password = ••••"),
            ("set-channel webhook headers.Authorization=Bearer-x", "set-channel webhook headers.Authorization=••••"),
            (
                "if true\n  set channels.slack.bot_token hunter2\nend",
                "if true\n  set channels.slack.bot_token ••••\nend"
            ),
            ("let token = ${secret:X}; echo $token", "let token = ${secret:X}; echo $token"),
        ])
    func masked(_ line: String, _ kept: String) {
        #expect(HistoryRedactor.redact(line) == kept)
    }

    @Test("what came by reference to a secret is kept out wherever it stands")
    func byReference() async throws {
        let fixture = try ShellFixture(environment: ["HOME": "/home/u"])
        fixture.files.put(#"{"HOOK": "plain-words-here"}"#, at: "/home/u/.config/hookline/secrets.json")
        let history = InMemoryHistory()
        let lines = ScriptedLines([
            "use wh_xyz789uvw0", "set-channel webhook payload_note=${secret:HOOK}", "echo plain-words-here",
        ])
        _ = await Repl(shell: fixture.shell, lines: lines, history: history).run()
        #expect(history.entries.count == 3)
        #expect(!history.entries.contains { $0.contains("plain-words") })
        #expect(history.entries[1].contains("${secret:HOOK}"))
    }
}
