import TestSupport
import Testing

@Suite("Tab at hookline's prompt")
struct PromptCompletionTests {
    /// What one Tab makes of a line: the only candidate, or what all have in common.
    private static let insertions: [(typed: String, completed: String)] = [
        ("desel", "deselect"),
        ("use wh_ab", "use wh_abc123def4"),
        ("use Engineering\\ ", "use Engineering\\ "),
        ("use 'Engineering Sl", "use 'Engineering Slack Alerts'"),
        ("get SIEM", "get 'SIEM Export'"),
        ("add-event taxonomy.cr", "add-event taxonomy.created"),
        ("remove-event object.d", "remove-event object.deleted"),
        ("add-event object.", "add-event object."),
        ("ls --form", "ls --format"),
        ("ls --format jsonl", "ls --format jsonl"),
        ("ls where descr", "ls where description"),
        ("ls where channels.slack.work", "ls where channels.slack.workspace_id"),
        ("ls where channel = ema", "ls where channel = email"),
        ("add-channel slack workspace", "add-channel slack workspace_id="),
        ("add-channel email content_type=mark", "add-channel email content_type=markdown"),
        ("set-channel 0 icon_e", "set-channel 0 icon_emoji="),
        ("set acti", "set active"),
        ("set active f", "set active false"),
        ("profile use sand", "profile use sandbox"),
        ("run move-", "run move-channel.hook"),
        ("help remove-c", "help remove-channel"),
        ("echo $na", "echo $name"),
        ("ls > move", "ls > move-channel.hook"),
    ]

    @Test("completes what the grammar wants at each place", arguments: PromptSession.sizes)
    func insertion(_ size: WindowShape) async throws {
        let home = try Home()
        try home.write("", to: "move-channel.hook")
        let pty = try await PromptSession.onExample(home, size: size)
        for (typed, completed) in Self.insertions where typed != completed {
            try await pty.type(Key.control("u") + typed + Key.tab)
            let line = PromptSession.prompt + " " + completed
            try await pty.wait(for: completed) { screen in
                Self.input(on: screen, rows: line.count / size.columns + 2).hasSuffix(
                    line.replacing(" ", with: ""))
            }
        }
    }

    /// What stands up to the cursor in the last rows, without blanks and so without line ends.
    private static func input(on screen: TerminalScreen, rows: Int) -> String {
        let first = max(0, screen.cursor.row - rows + 1)
        let last = screen.cells[screen.cursor.row].prefix(screen.cursor.column).map(\.text).joined()
        return (screen.rows[first..<screen.cursor.row] + [last]).joined().filter { $0 != " " }
    }

    @Test(
        "several stand in a list with what they are, and the line is drawn again below", arguments: PromptSession.sizes)
    func lists(_ size: WindowShape) async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home, size: size)
        try await pty.type("co" + Key.tab + Key.tab)
        try await pty.wait(forRow: "count   counts webhooks")
        try await pty.wait(forInput: "sandbox> co")
        try await pty.type(Key.control("u") + "count\r")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("ls where created " + Key.tab)
        try await pty.wait(for: "operators") { screen in
            screen.rows.contains { $0.hasPrefix("<") && $0.contains("before, below") }
        }
        try await pty.wait(for: "the line") { $0.rows[$0.cursor.row].hasSuffix("ls where created") }
    }

    @Test("the name stands beside the identifier; more than a window holds comes by pages")
    func pages() async throws {
        let home = try Home()
        let pty = try await PromptSession.onExample(home, size: PromptSession.sizes[1])
        try await pty.type("use wh_" + Key.tab)
        try await pty.wait(for: "a page") { screen in
            screen.rows.contains { $0.hasPrefix("1–") && $0.contains(" of 46: Tab") }
                && screen.rows.contains { $0.hasPrefix("wh_") && $0.contains("  ") }
        }
        let first = try #require(pty.screen.rows.first { $0.hasPrefix("wh_") })
        try await pty.type(Key.tab)
        try await pty.wait(for: "another page") { screen in
            screen.rows.contains { !$0.hasPrefix("1–") && $0.contains("–") && $0.contains(" of 46") }
        }
        #expect(pty.screen.rows.last { $0.hasPrefix("wh_") } != first)
    }

    @Test("after a resize the list is laid out for the new window")
    func resized() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.type("co" + Key.tab + Key.tab)
        try await pty.wait(forRow: "count   counts webhooks")
        try pty.resize(columns: 30, rows: 12)
        try await pty.wait(forInput: "sandbox> co")
        try await pty.type(Key.tab)
        try await pty.wait(forRow: "commit  reads, merges, shows …")
        try await pty.wait(forInput: "sandbox> co")
    }

    @Test("a part of a name finds its webhook, another letter case too; nothing found rings the bell")
    func fallback() async throws {
        let home = try Home()
        let pty = try await PromptSession.onExample(home)
        try await pty.type("use ering slack" + Key.tab)
        try await pty.wait(for: "nothing, for these are two words") { $0.bells == 1 }
        try await pty.type(Key.control("u") + "use 'ering slack" + Key.tab)
        try await pty.wait(forInput: PromptSession.prompt + " use wh_abc123def4")
        try await pty.type(Key.control("u") + "use siem" + Key.tab)
        try await pty.wait(forInput: PromptSession.prompt + " use 'SIEM Export'")
        try await pty.type(Key.control("u") + "use qqqqq" + Key.tab)
        try await pty.wait(for: "the bell") { $0.bells == 2 }
    }

    @Test("variables and commands of the session are known to the next line")
    func defined() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.type("let team_channel = 'C1'\r")
        try await pty.type("def shout text\recho $text\rend\r")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("sho" + Key.tab + Key.tab)
        try await pty.wait(for: "the command") { $0.text.contains("defined here") }
        try await pty.type(Key.control("u") + "echo ${team" + Key.tab + "\r")
        try await pty.wait(forRow: "C1")
    }

    @Test("runs, profiles and files are known by name")
    func names() async throws {
        let home = try Home()
        try home.write("", to: "script-of-mine.hook")
        let pty = try await PromptSession.onExample(home)
        try await pty.type("set active false\r")
        try await pty.wait(forInput: "sandbox wh_abc123def4 +1>")
        try await pty.type("commit --yes\r")
        try await pty.wait(forInput: PromptSession.prompt)
        for (typed, line) in [
            ("rollback ", "rollback 1"), ("profile use sand", "profile use sandbox"),
            ("run script-", "run script-of-mine.hook"),
        ] {
            try await pty.type(typed + Key.tab)
            try await pty.wait(forInput: PromptSession.prompt + " " + line)
            try await pty.type(Key.control("u"))
            try await pty.wait(forInput: PromptSession.prompt)
        }
    }
}
