import Glibc
import TestSupport
import Testing

@Suite("A commit at the prompt that is interrupted, suspended or paused")
struct CommitInterruptTests {
    /// More than are under way at once.
    private static let count = 100

    /// At the prompt of a server that holds writes, with an edit of every webhook on its way.
    private func committing(
        _ server: GatedServer, _ flags: String = "", home: Home, isQuiet: Bool = true
    ) async throws -> PtyProcess {
        let prompt = "env@\(server.host)"
        let pty = try await PromptSession.start(
            home, isQuiet ? ["-q"] : [], environment: server.environment, awaiting: "\(prompt)>")
        try await pty.type("select all; set description changed\r")
        try await pty.wait(for: "the staged edits") { $0.text.contains("+\(Self.count)>") }
        try await pty.type("commit --yes --max-changes 100% \(flags)\r")
        return pty
    }

    private func wait(_ pty: PtyProcess, forWrites server: GatedServer) async throws {
        try await pty.wait(for: "a write in flight") { _ in server.writes > 0 }
    }

    /// Presses a key that is a signal and waits for it to be heard: a newline answers it. Two at once would be one to the
    /// system.
    private func press(_ key: String, _ pty: PtyProcess) async throws {
        let row = pty.screen.scrolledOut.count + pty.screen.cursor.row
        try await pty.type(key)
        try await pty.wait(for: "the signal's newline") { $0.scrolledOut.count + $0.cursor.row > row }
    }

    /// The state that the kernel shows: `T` for a stopped process.
    private func state(of process: pid_t) -> Character? {
        guard let file = fopen("/proc/\(process)/stat", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        guard fgets(&line, 512, file) != nil else { return nil }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.split(separator: ")").last?.first { $0 != " " }
    }

    @Test("Ctrl-C sends nothing more and waits for what is under way; a second one doesn't wait")
    func interruptedTwice() async throws {
        let home = try Home()
        let server = try GatedServer(webhooks: Self.count)
        let pty = try await committing(server, home: home)
        try await wait(pty, forWrites: server)
        try await press(Key.control("c"), pty)
        try await press(Key.control("c"), pty)
        try await pty.wait(for: "the prompt, while the write is held") {
            let row = $0.rows[$0.cursor.row]
            return row.hasPrefix("env@") && row.contains(">") && !row.contains("commit")
        }
        #expect(server.descriptions.allSatisfy { $0 == nil })
        try await pty.type("log\r")
        try await pty.wait(for: "the run, open") { $0.text.contains("open") }
        server.open()
        try await pty.type("resume --yes\r")
        try await pty.wait(for: "every webhook written") { _ in
            server.descriptions.allSatisfy { $0 == "changed" }
        }
    }

    @Test("one Ctrl-C ends once what was under way has been answered")
    func interruptedOnce() async throws {
        let home = try Home()
        let server = try GatedServer(webhooks: Self.count)
        let pty = try await committing(server, home: home)
        try await wait(pty, forWrites: server)
        try await press(Key.control("c"), pty)
        server.open()
        try await pty.wait(for: "the report") { $0.text.contains("resume") }
        let written = server.descriptions.count { $0 == "changed" }
        #expect(written > 0 && written < Self.count)
        #expect(server.writes == written)
    }

    @Test("Ctrl-C takes back what waits for its turn behind a limit")
    func interruptedBehindLimit() async throws {
        let home = try Home()
        let server = try GatedServer(webhooks: Self.count)
        server.open()
        // One a second once a third of a minute's is used up; a quarter of a minute's is under way.
        try home.configure(base: server.base, "tier: 60")
        let pty = try await PromptSession.start(home, ["-q"], awaiting: "a@\(server.host)>")
        try await pty.type("select all; set description changed; commit --yes --max-changes 100%\r")
        try await pty.wait(for: "the end of the burst") { _ in server.writes >= 15 }
        try await press(Key.control("c"), pty)
        let written = server.writes
        try await pty.wait(for: "the report") { $0.text.contains("resume") }
        #expect(server.writes < written + 10)
        #expect(server.descriptions.count { $0 == "changed" } == server.writes)
    }

    @Test("Ctrl-Z stops once what is under way has been answered, and goes on where it was")
    func suspended() async throws {
        let home = try Home()
        let server = try GatedServer(webhooks: Self.count)
        let pty = try await committing(server, home: home)
        try await wait(pty, forWrites: server)
        try await press(Key.control("z"), pty)
        #expect(state(of: pty.process) != "T")
        server.open()
        try await pty.wait(for: "a stopped process") { _ in state(of: pty.process) == "T" }
        let written = server.writes
        #expect(written > 0 && written < Self.count)
        pty.send(signal: SIGCONT)
        try await pty.wait(for: "the rest") { _ in server.writes == Self.count }
        try await pty.wait(for: "the prompt") { $0.rows[$0.cursor.row].hasSuffix("selected>") }
        #expect(server.descriptions.allSatisfy { $0 == "changed" })
        try await pty.type("echo still here\r")
        try await pty.wait(forRow: "still here")
    }

    @Test("Ctrl-Z is heard in a later commit of the same session, too")
    func suspendedLater() async throws {
        let home = try Home()
        let server = try GatedServer(webhooks: Self.count)
        server.open()
        let pty = try await committing(server, home: home)
        try await pty.wait(for: "the first commit's end") { $0.rows[$0.cursor.row].hasSuffix("selected>") }
        #expect(server.writes == Self.count)
        server.close()
        try await pty.type("set description again; commit --yes --max-changes 100%\r")
        try await pty.wait(for: "a write that is held") { _ in server.writes > Self.count + 1 }
        try await press(Key.control("z"), pty)
        #expect(state(of: pty.process) != "T")
        server.open()
        try await pty.wait(for: "a stopped process") { _ in state(of: pty.process) == "T" }
        pty.send(signal: SIGCONT)
        try await pty.wait(for: "the rest") { _ in server.descriptions.allSatisfy { $0 == "again" } }
    }

    @Test("nothing is sent while the pause file exists")
    func pauseFile() async throws {
        let home = try Home()
        try home.write("", to: "hold")
        let server = try GatedServer(webhooks: Self.count)
        server.open()
        let pty = try await committing(server, "--pause-file hold", home: home, isQuiet: false)
        try await pty.wait(for: "the pause") { $0.text.contains("paused") }
        #expect(server.writes == 0)
        unlink(home.file("hold"))
        try await pty.wait(for: "every webhook written") { _ in server.writes == Self.count }
    }
}
