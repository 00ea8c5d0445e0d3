import Glibc
import TestSupport
import Testing

@Suite("Ways out of hookline's prompt, and what must not be one")
struct PromptEndingTests {
    @Test(
        "a terminal that hangs up and a polite end keep the history and give the modes back",
        arguments: [SIGHUP, SIGTERM])
    func ended(_ number: Int32) async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home, [])
        try await pty.type("echo kept\r")
        try await pty.wait(forRow: "kept")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("half a li")
        try await pty.wait(forInput: "sandbox> half a li")
        pty.send(signal: number)
        #expect(try await pty.waitForEnd() == .exited(130))
        #expect(pty.modes == .usual)
        #expect(!pty.screen.modes.contains(2004))
        #expect(home.read(".local/state/hookline/history-sandbox") == "echo kept\n")
    }

    @Test("with edits staged they end it as well")
    func endedWithEdits() async throws {
        let home = try Home()
        let pty = try await PromptSession.onExample(home)
        try await pty.type("set active false\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4 +1>")
        pty.send(signal: SIGTERM)
        #expect(try await pty.waitForEnd() == .exited(130))
    }

    @Test("a crash gives the modes back, too", arguments: [SIGSEGV, SIGABRT, SIGTRAP, SIGILL, SIGBUS])
    func crashed(_ number: Int32) async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.type("half a li")
        try await pty.wait(forInput: "sandbox> half a li")
        #expect(pty.modes == .keys)
        pty.send(signal: number)
        #expect(try await pty.waitForEnd() == .killed(signal: number))
        #expect(pty.modes == .usual)
        #expect(!pty.screen.modes.contains(2004))
    }

    @Test("Ctrl-C ends a command that waits for a server; what it waits for is said after a moment")
    func interrupted() async throws {
        let home = try Home()
        let server = try SilentServer()
        let host = server.base.dropFirst(7)
        let pty = try await PromptSession.start(
            home, [], environment: server.environment, awaiting: "env@\(host)>")
        try await pty.type("count\r")
        try await pty.wait(for: "what it waits for") {
            $0.rows[$0.cursor.row].contains("waiting for the list of webhooks from \(host)")
        }
        try await pty.type(Key.control("c"))
        try await pty.wait(forInput: "env@\(host) [130]>")
        #expect(!pty.screen.text.contains("waiting for"))
        try await pty.type("echo back\r")
        try await pty.wait(forRow: "back")
        try await pty.wait(forInput: "env@\(host)>")
        try await pty.type(Key.control("d"))
        #expect(try await pty.waitForEnd() == .exited(0))
    }

    @Test("a closed input is the end", arguments: ["<&-", "<&- >&-", "<&- 2>&-"])
    func closed(_ redirections: String) async throws {
        let home = try Home()
        let pty = try PtyProcess(
            "/bin/sh", ["-c", "\"$0\" --sandbox \(redirections); echo ended $?", Home.program],
            environment: PtyProcess.environment(["HOME": home.path, "TMPDIR": home.path]))
        try await pty.wait(for: "the end") { $0.text.contains("ended ") }
    }

    @Test("a closed output is told of as that, and nothing else that is open is written to in its place")
    func closedOutput() async throws {
        let home = try Home()
        let pty = try PtyProcess(
            "/bin/sh", ["-c", "\"$0\" --sandbox -c count >&-; echo ended $?", Home.program],
            environment: PtyProcess.environment(["HOME": home.path, "TMPDIR": home.path]))
        try await pty.wait(for: "the end") { $0.text.contains("ended 1") }
        #expect(pty.screen.text.contains("standard output: Bad file descriptor"))
    }

    @Test("a terminal of unknown or no type gets a plain prompt", arguments: ["no-such-terminal", nil, "dumb"])
    func plain(_ type: String?) async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home, type: type)
        try await pty.type("use wh_abc123def4\r")
        try await pty.wait(forLine: PromptSession.prompt)
        try await pty.type("count\r")
        try await pty.wait(forRow: "46")
        try await pty.type(Key.control("d"))
        #expect(try await pty.waitForEnd() == .exited(0))
        let output = pty.output
        #expect(!output.contains(0x1B))
    }

    @Test("a window of one column takes lines")
    func tiny() async throws {
        let home = try Home()
        let pty = try PtyProcess(
            Home.program, ["--sandbox", "-q"],
            environment: PtyProcess.environment(["HOME": home.path, "TMPDIR": home.path]), columns: 1, rows: 3)
        try await pty.wait(for: "the prompt") { $0.modes.contains(2004) && pty.modes == .keys }
        try await pty.type("co" + Key.tab + Key.tab + "?" + Key.control("u") + "echo ok\r")
        try await pty.wait(for: "the answer") { $0.transcript.filter { $0 != "\n" }.contains("ok") }
        try pty.resize(columns: 40, rows: 10)
        try await pty.type("echo wider\r")
        try await pty.wait(forRow: "wider")
        try await pty.type(Key.control("d"))
        #expect(try await pty.waitForEnd() == .exited(0))
    }

    @Test("a line of a mebibyte, NUL and bytes that are no UTF-8 are only text")
    func hostile() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.type(Array("echo a".utf8) + [0x00, 0xFF, 0xC3] + Array("b\r".utf8))
        try await pty.wait(for: "the answer") { $0.rows.contains { $0.hasPrefix("a\u{FFFD}") } }
        try await pty.paste("echo '" + String(repeating: "0123456789abcdef", count: 1 << 16) + "' > big")
        try await pty.wait(for: "the end of the line") { $0.rows[$0.cursor.row].hasSuffix("' > big") }
        try await pty.type("\r")
        try await pty.wait(for: "the prompt") { $0.rows[$0.cursor.row] == "sandbox>" }
        #expect(home.read("big")?.utf8.count == (1 << 20) + 1)
        try await pty.type(Key.control("d"))
        #expect(try await pty.waitForEnd() == .exited(0))
    }
}
