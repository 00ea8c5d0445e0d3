import Glibc
import TestSupport
import Testing

@Suite("Editing at hookline's prompt")
struct PromptEditingTests {
    @Test(
        "a block goes on until its end, is one entry, and is recalled and edited as one", arguments: PromptSession.sizes
    )
    func block(_ size: WindowShape) async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home, size: size)
        try await pty.type("for i in 1..2\r")
        try await pty.wait(forInput: "...")
        try await pty.type("echo \"n $i\"\r")
        try await pty.wait(forInput: "...")
        try await pty.type("end\r")
        try await pty.wait(forRow: "n 2")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type(Key.up)
        try await pty.wait(forInput: "end")
        #expect(pty.screen.rows[pty.screen.cursor.row - 2] == "sandbox> for i in 1..2")
        try await pty.type(Key.up + Key.control("e") + Key.backspace + " again\"\r")
        try await pty.wait(forRow: "n 2 again")
        try await pty.wait(forInput: "sandbox>")
        let history = home.read(".local/state/hookline/history-sandbox")
        #expect(history?.split(separator: "\n").first == #"for i in 1..2\necho "n $i"\nend"#)
    }

    @Test("lines are edited inside tmux and screen, too", arguments: ["tmux-256color", "screen", "tmux", "linux"])
    func multiplexer(_ type: String) async throws {
        let pty = try await PromptSession.start(try Home(), size: WindowShape(columns: 40, rows: 10), type: type)
        try await pty.type("ech" + Key.control("a") + "x" + Key.control("e") + "o a\r")
        try await pty.wait(for: "the hint") { $0.text.contains("xecho") && $0.text.contains("did you mean echo?") }
        try await pty.type("echo " + String(repeating: "w", count: 90) + Key.control("a") + Key.control("k"))
        try await pty.wait(forInput: "sandbox [2]>")
        try await pty.type("echo done\r")
        try await pty.wait(forRow: "done")
    }

    @Test(
        "Ctrl-C drops an open block", arguments: ["if true\r", "echo 'open\r", "add-channel webhook {\r", "count \\\r"])
    func dropped(_ opening: String) async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.type(opening)
        try await pty.wait(forInput: "...")
        try await pty.type(Key.control("c"))
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("echo fresh\r")
        try await pty.wait(forRow: "fresh")
    }

    @Test("a paste runs nothing, keys in it are not obeyed, and Enter takes the block")
    func paste() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.paste("echo one\u{03}\u{04}\necho two\u{1B}[A\n")
        try await pty.wait(for: "the block") { $0.text.contains("sandbox> echo one\necho two[A") }
        #expect(!pty.screen.rows.contains("one"))
        try await pty.type("\r")
        try await pty.wait(forRow: "two[A")
        #expect(pty.screen.rows.contains("one"))
        try await pty.paste("echo never\necho ever")
        try await pty.wait(forInput: "echo ever")
        try await pty.type(Key.control("c"))
        try await pty.wait(forInput: "sandbox>")
        #expect(!pty.screen.rows.contains("never"))
    }

    @Test("Ctrl-X Ctrl-E hands the line to $EDITOR by way of a private file, which is gone afterwards")
    func editor() async throws {
        let home = try Home()
        try home.write(
            "#!/bin/sh\nstat -c %a \"$1\" > mode\necho \"$1\" > path\nsed -i 's/half/whole/' \"$1\"\n", to: "editor")
        let pty = try await PromptSession.start(home, environment: ["EDITOR": "sh " + home.file("editor")])
        try await pty.type("echo half a line" + Key.control("x") + Key.control("e"))
        try await pty.wait(forInput: "sandbox> echo whole a line")
        try await pty.type("\r")
        try await pty.wait(forRow: "whole a line")
        #expect(home.read("mode") == "600\n")
        let path = try #require(home.read("path")?.dropLast())
        #expect(access(String(path), F_OK) != 0)
    }

    @Test("Alt-. takes the last word of the line before; Alt-Backspace a part of an event type")
    func words() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        try await pty.type("echo cluster.execution.failed\r")
        try await pty.wait(forRow: "cluster.execution.failed")
        // Before the prompt is back the terminal itself would obey Backspace.
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("echo " + Key.alt(".") + Key.alt(Key.backspace) + "started\r")
        try await pty.wait(forRow: "cluster.execution.started")
    }

    @Test("~/.editrc chooses vi's keys")
    func vi() async throws {
        let home = try Home()
        try home.write("bind -v\n", to: ".editrc")
        let pty = try await PromptSession.start(home)
        try await pty.type("echo xone" + Key.escape)
        try await pty.wait(for: "command mode") { $0.cursor.column == 17 }
        try await pty.type("0wx\r")
        try await pty.wait(forRow: "one")
    }

    @Test("Ctrl-L clears, Ctrl-Z suspends, and both times the line is there again")
    func suspended() async throws {
        let home = try Home()
        let pty = try PtyProcess(
            "/bin/bash", ["--norc", "-i"],
            environment: PtyProcess.environment(
                ["PS1": "sh$ ", "HOME": home.path, "TMPDIR": home.path, "HOOKLINE": Home.program]))
        try await pty.wait(forLine: "sh$", column: 4)
        try await pty.type("\"$HOOKLINE\" --sandbox -q\r")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("echo ha" + Key.control("l"))
        try await pty.wait(for: "the line alone") { $0.text == "sandbox> echo ha" }
        try await pty.type(Key.control("z"))
        try await pty.wait(for: "the shell's prompt") { $0.rows[$0.cursor.row] == "sh$" }
        #expect(!pty.screen.modes.contains(2004) || pty.screen.text.contains("Stopped"))
        try await pty.type("fg\r")
        try await pty.wait(forInput: "sandbox> echo ha")
        try await pty.type("lf\r")
        try await pty.wait(forRow: "half")
    }

    @Test("wide characters, combining marks and emoji arrive as typed", arguments: ["C.UTF-8", "C", "POSIX", nil])
    func unicode(_ language: String?) async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home, language: language)
        let text = "名前 ünï e\u{301} 😀"
        try await pty.type("echo '\(text)x" + Key.backspace + "'" + Key.control("a"))
        try await pty.wait(for: "the line") { screen in
            screen.cursor.column == 9 && screen.rows[screen.cursor.row].hasPrefix("sandbox> echo '名前 ünï")
        }
        try await pty.type(Key.control("e") + "\r")
        try await pty.wait(forRow: text)
    }
}
