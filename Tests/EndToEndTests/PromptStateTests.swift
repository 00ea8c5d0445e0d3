import TestSupport
import Testing

@Suite("What hookline's prompt says")
struct PromptStateTests {
    @Test("where one is, what is chosen, how much is staged, and what failed")
    func state() async throws {
        let home = try Home()
        let pty = try await PromptSession.onExample(home)
        try await pty.wait(for: "the name at the right edge") {
            $0.rows[$0.cursor.row].hasSuffix("Engineering Slack Alerts")
        }
        #expect(pty.screen.cells[pty.screen.cursor.row][0].style == "32")
        try await pty.type("set active false\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4 +1>")
        try await pty.type("get nothing\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4 +1 [1]>")
        try await pty.type("undo\rselect where active\r")
        try await pty.wait(for: "the selection") { $0.rows[$0.cursor.row].hasSuffix(" selected>") }
        try await pty.type("select where name = none\r")
        try await pty.wait(forInput: "sandbox 0 selected>")
    }

    @Test("a narrow window has no right prompt, and one that grows gets it with the next line")
    func narrow() async throws {
        let home = try Home()
        let pty = try await PromptSession.onExample(home, size: PromptSession.sizes[1])
        #expect(pty.screen.rows[pty.screen.cursor.row] == PromptSession.prompt)
        try pty.resize(columns: 80, rows: 24)
        try await pty.type("echo x\r")
        try await pty.wait(forRow: "x")
        try await pty.wait(for: "the right prompt") { $0.rows[$0.cursor.row].hasSuffix("Engineering Slack Alerts") }
    }

    @Test("a production profile and its host stand in red")
    func production() async throws {
        let home = try Home()
        let added = try await home.hookline(
            "-c", "profile add live --base https://api.example.com --key-command 'echo k' --production")
        #expect(added.status == 0)
        let pty = try await PromptSession.start(home, ["--profile", "live"], awaiting: "live@api.example.com>")
        let row = pty.screen.cells[pty.screen.cursor.row]
        #expect(row[0].style == "1;31")
        #expect(row[5].style == "31")
    }

    @Test("a recording has its mark, and the prompt is what the user makes of it")
    func recordingAndTemplate() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.type("record start one.hook\r")
        try await pty.wait(forInput: "sandbox rec>")
        try await pty.type("record pause\r")
        try await pty.wait(forInput: "sandbox rec paused>")
        try await pty.type("record stop\r")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("option prompt '{profile}{ +staged}% {right}{chosen}'\r")
        try await pty.wait(forInput: "sandbox%")
        try await pty.type("use wh_abc123def4\r")
        try await pty.wait(for: "the right prompt") { $0.rows[$0.cursor.row].hasSuffix("wh_abc123def4") }
        try await pty.type("set active false\r")
        try await pty.wait(forInput: "sandbox +1%")
        try await pty.type("option prompt '{nothing}'\r")
        try await pty.wait(for: "the fault") { $0.text.contains("nothing") && $0.text.contains("error") }
        try await pty.wait(forInput: "sandbox +1%")
    }
}
