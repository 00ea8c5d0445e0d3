import TestSupport
import Testing

@Suite("Rehearsing at the prompt")
struct PromptRehearsalTests {
    @Test("Ctrl-C ends what follows and what listens; the prompt is there again, and nothing has failed")
    func interrupted() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.type("sandbox emit object.created --count 2 > /dev/null\r")
        try await pty.wait(for: "what was emitted") { $0.rows.contains { $0.hasPrefix("2 events, ") } }
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("sandbox deliveries --follow --limit 1 --ids\r")
        try await pty.wait(for: "a delivery") { $0.rows.contains { $0.hasPrefix("evt_") } }
        try await pty.type(Key.control("c"))
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("listen\r")
        try await pty.wait(for: "the address") { $0.rows.contains { $0.hasPrefix("Listening on http://127.0.0.1:") } }
        try await pty.type(Key.control("c"))
        try await pty.wait(forInput: "sandbox>")
        #expect(!pty.screen.rows.contains { $0.contains("error") || $0.contains("interrupted") })
    }
}
