import Glibc
import TestSupport
import Testing

@Suite("History at hookline's prompt")
struct PromptHistoryTests {
    private static let file = ".local/state/hookline/history-sandbox"

    private func ended(_ pty: PtyProcess) async throws {
        try await pty.type("quit\r")
        #expect(try await pty.waitForEnd() == .exited(0))
    }

    @Test("is private, without what begins with a blank, without keys and tokens, and each line once")
    func kept() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home, [])
        try await pty.type("echo one\r echo hidden\recho two\recho one\recho xoxb-12345678-canary\r")
        try await pty.wait(forRow: "xoxb-12345678-canary")
        try await pty.wait(forInput: "sandbox>")
        try await ended(pty)
        #expect(home.read(Self.file) == "echo one\necho two\necho one\necho ••••\nquit\n")
        var status = stat()
        #expect(stat(home.file(Self.file), &status) == 0 && status.st_mode & 0o777 == 0o600)
        let second = try await PromptSession.start(home, [])
        try await second.type("history\r")
        try await second.wait(for: "the list") { $0.text.contains("quit") && $0.text.contains("echo two") }
        let lines = second.screen.rows.filter { $0.hasSuffix("echo one") }
        #expect(lines.count == 1)
    }

    @Test("of sessions at once loses and mixes nothing")
    func concurrent() async throws {
        let home = try Home()
        let sessions = [try await PromptSession.start(home, []), try await PromptSession.start(home, [])]
        for number in 0..<10 {
            for (index, pty) in sessions.enumerated() { try await pty.type("echo s\(index)-\(number)\r") }
        }
        for (index, pty) in sessions.enumerated() {
            try await pty.wait(forRow: "s\(index)-9")
            try await pty.wait(forInput: "sandbox>")
            try await ended(pty)
        }
        let lines = (home.read(Self.file) ?? "").split(separator: "\n").map(String.init)
        let expected = (0..<2).flatMap { index in (0..<10).map { "echo s\(index)-\($0)" } }
        #expect(Set(lines) == Set(expected + ["quit"]))
        #expect(lines.count == 22)
    }

    @Test("history N and GLOB show a part, --clear forgets; nothing is run by looking")
    func shown() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home, [])
        try await pty.type("echo a1\recho b2\rwhoami\rhistory 2\r")
        try await pty.wait(for: "two lines") { screen in
            screen.rows.contains { $0.hasSuffix("whoami") && $0.first?.isNumber == true }
        }
        try await pty.type("\u{0C}history '*b2'\r")
        try await pty.wait(for: "one line") { screen in
            screen.rows.contains { $0.hasSuffix("echo b2") && $0.first?.isNumber == true }
        }
        #expect(!pty.screen.rows.contains { $0.hasSuffix("echo a1") })
        try await pty.type("history --clear\r")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type(Key.up)
        try await pty.wait(for: "the bell") { $0.bells == 1 }
        #expect(home.read(Self.file) == "")
    }

    @Test("Ctrl-R finds within a line, Up what begins as typed, and neither runs it", arguments: PromptSession.sizes)
    func found(_ size: WindowShape) async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home, size: size)
        try await pty.type("echo first\recho second\rcount\r")
        try await pty.wait(forRow: "46")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("ec" + Key.up + Key.up)
        try await pty.wait(forInput: "sandbox> echo first")
        try await pty.type(Key.down + Key.down)
        try await pty.wait(forInput: "sandbox> ec")
        try await pty.type(Key.control("u") + Key.control("r") + "seco")
        try await pty.wait(for: "the line found") { $0.text.contains("sandbox> echo second") }
        try await pty.type(Key.escape + Key.control("e"))
        try await pty.wait(forInput: "sandbox> echo second")
        #expect(pty.screen.rows.count { $0 == "second" } == 1)
    }

    @Test("belongs to the profile")
    func profiles() async throws {
        let home = try Home()
        let server = try SilentServer()
        let other = try await PromptSession.start(
            home, [], environment: server.environment, awaiting: "env@\(server.base.dropFirst(7))>")
        try await other.type("echo elsewhere\r")
        try await other.wait(forRow: "elsewhere")
        try await other.wait(forInput: "env@\(server.base.dropFirst(7))>")
        try await ended(other)
        let pty = try await PromptSession.start(home, [])
        try await pty.type(Key.up)
        try await pty.wait(for: "the bell") { $0.bells == 1 }
    }
}
