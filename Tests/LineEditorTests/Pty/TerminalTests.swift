import Glibc
import TestSupport
import Testing

@Suite("The terminal")
struct TerminalTests {
    @Test("takes UTF-8 in any locale", arguments: ["C.UTF-8", "C", "POSIX", nil, "de_DE.ISO-8859-1"])
    func locales(language: String?) async throws {
        let pty = try await ProbeSession.start(language: language)
        try await pty.type("名前 ünï 😀x" + Key.backspace)
        try await pty.wait(forLine: "probe> 名前 ünï 😀", column: 18)
        try await pty.type(Key.left + Key.backspace + "!\r")
        try await pty.wait(forRow: #"[line "名前 ünï!😀"]"#)
    }

    @Test("shows bytes that are no UTF-8 as replacement characters")
    func invalid() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type(Array("a".utf8) + [0xFF, 0xC3] + Array("b\r".utf8))
        try await pty.wait(forRow: "[line \"a\u{FFFD}\u{FFFD}b\"]")
    }

    @Test("has a coloured prompt")
    func colour() async throws {
        let pty = try await ProbeSession.start()
        #expect(pty.screen.cells[0][0].style == "1;32")
        #expect(pty.screen.cells[0][5].style == "")
        try await pty.type("x")
        try await pty.wait(forLine: "probe> x", column: 8)
    }

    @Test("may change its size in the middle of a line")
    func resize() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("0123456789012345678901234567890123456789")
        try await pty.wait(forLine: "probe> 0123456789012345678901234567890123456789")
        try pty.resize(columns: 30, rows: 10)
        try await pty.wait(for: "the line in two rows") {
            $0.rows[$0.cursor.row] == "34567890123456789" && $0.cursor.column == 17
        }
        try pty.resize(columns: 100, rows: 30)
        try await pty.wait(for: "the line in one row") {
            $0.rows[$0.cursor.row] == "probe> 0123456789012345678901234567890123456789"
        }
        try await pty.type("x\r")
        try await pty.wait(forRow: #"[line "0123456789012345678901234567890123456789x"]"#)
    }

    @Test("may change its size while a command runs")
    func resizeBetween() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("busy\r")
        try await pty.wait(forRow: "[busy]")
        try pty.resize(columns: 20, rows: 24)
        try await pty.type(Key.control("c"))
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.type("0123456789012345678901234567890 al" + Key.tab + Key.tab)
        try await pty.wait(for: "the list below the line") {
            $0.text.hasSuffix(
                "probe> 0123456789012\n345678901234567890 a\nlpha\nalphabet\nalphanumeric\n"
                    + "probe> 0123456789012\n345678901234567890 a\nlpha")
        }
    }

    @Test("has a right prompt where there is room")
    func rightPrompt() async throws {
        let pty = try await ProbeSession.start(
            ["--right", "+2 edits"], columns: 30, prompt: "probe>               +2 edits")
        try await pty.type("0123456789")
        try await pty.wait(forLine: "probe> 0123456789    +2 edits", column: 17)
        try await pty.type("0123456789")
        try await pty.wait(forLine: "probe> 01234567890123456789", column: 27)
    }

    @Test("of one column still takes a line")
    func tiny() async throws {
        let pty = try PtyProcess(
            HelperProgram.path("line-editor-probe"), environment: PtyProcess.environment(), columns: 1, rows: 2)
        try await pty.wait(for: "the prompt's end") { $0.modes.contains(2004) && pty.modes?.echoes == false }
        try await pty.type("abc\r")
        try await pty.wait(for: "the answer") { $0.transcript.filter { $0 != "\n" }.contains(#"[line"abc"]"#) }
        try await pty.type(Key.control("d"))
        #expect(try await pty.waitForEnd() == .exited(0))
    }

    @Test("is in its usual modes while a command runs, so Ctrl-C is a signal")
    func between() async throws {
        let pty = try await ProbeSession.start()
        #expect(pty.modes == .keys)
        try await pty.type("busy\r")
        try await pty.wait(forRow: "[busy]")
        try await pty.wait(forModes: .usual)
        #expect(!pty.screen.modes.contains(2004))
        try await pty.type(Key.control("c"))
        try await pty.wait(forRow: "^C[cancelled]")
        try await pty.wait(forLine: "probe>", column: 7)
    }

    @Test("shows what was typed ahead in the line, once")
    func typeAhead() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("quiet\r")
        try await pty.wait(forModes: .usual)
        try await pty.type("ahead")
        try await pty.wait(forLine: "ahead", column: 5)
        pty.send(signal: SIGINT)
        try await pty.wait(forLine: "probe> ahead", column: 12)
        try await pty.type("!\r")
        try await pty.wait(forRow: #"[line "ahead!"]"#)
    }

    @Test("keeps the line when the SIGINT of the command before is heard late")
    func lateSignal() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("here")
        try await pty.wait(forLine: "probe> here", column: 11)
        pty.send(signal: SIGINT)
        pty.send(signal: SIGUSR1)
        try await pty.wait(for: "the notice above") { $0.text == "notice\nprobe> here" }
        try await pty.type("!\r")
        try await pty.wait(forRow: #"[line "here!"]"#)
    }

    @Test("ends at a Ctrl-D that was typed ahead")
    func endAhead() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("quiet\r")
        try await pty.wait(forModes: .usual)
        // Ctrl-D does not show; what follows it does.
        try await pty.type(Key.control("d") + "x")
        try await pty.wait(forLine: "x", column: 1)
        pty.send(signal: SIGINT)
        #expect(try await pty.waitForEnd() == .exited(0))
    }

    @Test("shows what is printed meanwhile above the line, which stays whole")
    func printAbove() async throws {
        let pty = try await ProbeSession.start(columns: 20)
        try await pty.type("0123456789abcdefghij" + Key.left)
        try await pty.wait(forLine: "defghij", column: 6)
        pty.send(signal: SIGUSR1)
        try await pty.wait(for: "the notice above") { $0.text == "notice\nprobe> 0123456789abc\ndefghij" }
        #expect(pty.screen.cursor.row == 2 && pty.screen.cursor.column == 6)
    }

    @Test("does not show a secret, and forgets keys typed before the question")
    func secret() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("secret\r")
        try await pty.wait(forLine: "Key:", column: 5)
        try await pty.type("s3cret\r")
        try await pty.wait(forRow: #"[secret line("s3cret")]"#)
        #expect(pty.screen.rows.contains("Key:"))
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.type(Key.up)
        try await pty.wait(forLine: "probe> secret")
    }

    @Test("takes Ctrl-Z as part of a secret: after a stop the shell would have the rest shown")
    func suspendedSecret() async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("secret\r")
        try await pty.wait(forLine: "Key:", column: 5)
        try await pty.type("s3" + Key.control("z") + "cret\r")
        try await pty.wait(forRow: #"[secret line("s3\u{1A}cret")]"#)
    }
}

@Suite("The terminal's modes come back")
struct WayOutTests {
    @Test(
        "when a signal ends the process in the middle of a line",
        arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGUSR2])
    func signals(number: Int32) async throws {
        let pty = try await ProbeSession.start()
        try await pty.type("half a li")
        try await pty.wait(forLine: "probe> half a li")
        pty.send(signal: number)
        let ending = try await pty.waitForEnd()
        // SIGUSR2 has the probe trap.
        if number == SIGUSR2 {
            #expect(ending == .killed(signal: SIGILL) || ending == .killed(signal: SIGTRAP))
        } else {
            #expect(ending == .killed(signal: number))
        }
        #expect(pty.modes == .usual)
        #expect(!pty.screen.modes.contains(2004))
    }

    @Test("after Ctrl-Z, and the line is there again")
    func suspend() async throws {
        let pty = try PtyProcess(
            "/bin/bash", ["--norc", "-i"],
            environment: PtyProcess.environment(["PS1": "sh$ ", "PROBE": HelperProgram.path("line-editor-probe")]))
        try await pty.wait(forLine: "sh$", column: 4)
        try await pty.type("\"$PROBE\"\r")
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.type("half" + Key.control("z"))
        try await pty.wait(for: "the shell's prompt") { $0.rows[$0.cursor.row] == "sh$" }
        try await pty.type("fg\r")
        try await pty.wait(forLine: "probe> half", column: 11)
        try await pty.type(" more\r")
        try await pty.wait(forRow: #"[line "half more"]"#)
    }

    @Test("not when it is another's: a stopped process can be ended from its shell")
    func killedWhileStopped() async throws {
        let pty = try PtyProcess(
            "/bin/bash", ["--norc", "-i"],
            environment: PtyProcess.environment(["PS1": "sh$ ", "PROBE": HelperProgram.path("line-editor-probe")]))
        try await pty.wait(forLine: "sh$", column: 4)
        try await pty.type("\"$PROBE\"\r")
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.type(Key.control("z"))
        try await pty.wait(for: "the shell's prompt") { $0.rows[$0.cursor.row] == "sh$" }
        try await pty.type("kill %1\r")
        // The shell says so before a later prompt.
        let deadline = ContinuousClock.now + .seconds(180)
        while !pty.screen.transcript.contains("Terminated"), ContinuousClock.now < deadline {
            try await pty.type("echo -\r")
            try await pty.wait(for: "the shell's prompt") { $0.rows[$0.cursor.row] == "sh$" }
        }
        #expect(pty.screen.transcript.contains("Terminated"))
    }
}
