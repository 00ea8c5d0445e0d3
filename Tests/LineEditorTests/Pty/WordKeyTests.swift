import TestSupport
import Testing

@Suite("Words and their parts at the prompt")
struct WordKeyTests {
    @Test("word keys take an identifier or event type whole")
    func words() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("add-event cluster.execution.failed" + Key.controlLeft)
        try await pty.wait(forLine: "probe> add-event cluster.execution.failed", column: 17)
        try await pty.type(Key.controlRight + Key.control("w"))
        try await pty.wait(forLine: "probe> add-event", column: 17)
        try await pty.type("wh_abc123def4 x" + Key.alt("b") + Key.alt("b") + Key.alt("d"))
        try await pty.wait(forLine: "probe> add-event  x", column: 17)
    }

    @Test("Alt with an arrow or Backspace goes by what stands between dots and underscores")
    func parts() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("cluster.execution.failed" + Key.alt(Key.backspace) + "started")
        try await pty.wait(forLine: "probe> cluster.execution.started", column: 32)
        try await pty.type(Key.altLeft + Key.altLeft)
        try await pty.wait(forLine: "probe> cluster.execution.started", column: 15)
        try await pty.type(Key.altRight + Key.alt(Key.backspace) + Key.control("y") + "s\r")
        try await pty.wait(forRow: #"[line "cluster.executions.started"]"#)
    }

    @Test("Alt-. inserts the last word of the entry before, and of older ones when pressed again")
    func lastArgument() async throws {
        let pty = try await HistoryKeyTests.started(["get wh_first", "set name 'Team Slack'"])
        try await pty.type("echo" + Key.alt("."))
        try await pty.wait(forLine: "probe> echo 'Team Slack'")
        try await pty.type(Key.alt("."))
        try await pty.wait(forLine: "probe> echo wh_first", column: 20)
        try await pty.type(Key.alt("."))
        try await pty.wait(for: "a beep") { $0.bells == 1 }
        try await pty.type(" x" + Key.alt("."))
        try await pty.wait(forLine: "probe> echo wh_first x 'Team Slack'")
    }
}
