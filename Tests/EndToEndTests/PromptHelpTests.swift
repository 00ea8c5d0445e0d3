import TestSupport
import Testing

@Suite("Help at hookline's prompt")
struct PromptHelpTests {
    @Test("? explains the command before it, and the line stays", arguments: PromptSession.sizes)
    func command(_ size: WindowShape) async throws {
        let home = try Home()
        let pty = try await PromptSession.onExample(home, size: size)
        try await pty.type("undo ?")
        try await pty.wait(for: "the page") { screen in screen.transcript.contains("undo takes back") }
        try await pty.wait(for: "the line") { $0.rows[$0.cursor.row].hasPrefix("sandbox wh_abc123def4> undo") }
        try await pty.type(Key.control("u") + "?")
        try await pty.wait(for: "the groups") { screen in
            screen.transcript.contains("Choose         use select deselect")
        }
        try await pty.wait(forInput: PromptSession.prompt)
    }

    @Test("? within a word or an argument is a character")
    func character() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.type("echo a? 'b ?'\r")
        try await pty.wait(forRow: "a? b ?")
    }

    @Test("a line that ends in ? explains and runs nothing, where ? is no key, too")
    func question() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home, type: "dumb")
        try await pty.type("use wh_abc123def4\rdelete ?\r")
        try await pty.wait(for: "the page") { $0.text.contains("delete stages") }
        try await pty.wait(forLine: PromptSession.prompt)
    }

    @Test("an unknown command suggests the one that was meant")
    func suggestion() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.type("comit\r")
        try await pty.wait(for: "the suggestion") { $0.text.contains("did you mean commit?") }
        try await pty.wait(forInput: "sandbox [2]>")
    }

    @Test("help groups the commands by what people want to do")
    func groups() async throws {
        let home = try Home()
        let help = try await home.hookline("help")
        let headings = help.lines.filter { !$0.hasPrefix(" ") && $0.contains(": ") }.map { $0.prefix { $0 != ":" } }
        #expect(headings.starts(with: ["Look", "Choose", "Edit (staged)", "Staging", "Write"]))
    }
}
