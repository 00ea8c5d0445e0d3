import TestSupport
import Testing

/// Real programs behind a pipe.
@Suite("Pipes to other programs")
struct PipeTests {
    private func run(_ text: String, environment: [String: String?] = [:]) async throws -> ProgramRun {
        try await Home().hookline("--sandbox", "-c", text, environment: environment)
    }

    @Test("what a command prints goes through one program to the next, whose output is ours")
    func connected() async throws {
        let all = try await run("count")
        let counted = try await run("echo before; ls --ids | grep ^wh_ | wc -l; echo after")
        #expect(counted.status == 0, "\(counted.errors)")
        #expect(counted.lines.map { $0.filter { !$0.isWhitespace } } == ["before", all.lines[0], "after"])
    }

    @Test("a script comes from one, with what it is given, and may run programs where that is said")
    func script() async throws {
        let home = try Home()
        let text = "param name\necho $name ${2:-none} | tr a-z A-Z\n"
        let given = try await home.hookline("--sandbox", "run", "-", "name=x", "--allow-exec", input: text)
        #expect(given.output == "X NONE\n", "\(given.errors)")
        let refused = try await home.hookline("--sandbox", "run", "-", "name=x", input: text)
        #expect(refused.status == 2 && refused.errors.contains("stdin:2:"), "\(refused.errors)")
        let unknown = try await home.hookline("--sandbox", "run", "-", "nmae=x", input: text)
        #expect(unknown.errors.contains("did you mean name?"))
        let checked = try await home.hookline("--sandbox", "run", "--check", "-", input: "lss\n")
        #expect(checked.status == 2 && checked.errors.contains("stdin:1:1"), "\(checked.errors)")
    }

    @Test("standard input is read where it stands, once, and waited for no longer than is wanted")
    func standardInput() async throws {
        let home = try Home()
        try home.write("read: is not ours\necho ours\n", to: "two.hook")
        let second = try await home.shell("{ read -r line; $HOOKLINE --sandbox run -; } < two.hook")
        #expect(second.output == "ours\n", "\(second.errors)")
        try home.write("run -\n", to: "again.hook")
        let again = try await home.shell("$HOOKLINE --sandbox run - < again.hook")
        #expect(again.status == 2 && again.errors.contains("comes from standard input itself"), "\(again.errors)")
        try home.write("secret set TOKEN\necho xoxb-1\n", to: "secret.hook")
        let secret = try await home.shell("$HOOKLINE --sandbox run - < secret.hook")
        #expect(secret.status != 0)
        #expect(try await home.hookline("--sandbox", "secret", "list").output == "")
        let waiting = try await home.shell(
            "mkfifo f; sleep 60 > f & timeout -s INT -k 50 2 $HOOKLINE --sandbox run - < f; echo $?; kill $!")
        #expect(waiting.output == "124\n", "\(waiting.errors)")
    }

    @Test("words are words: no shell reads them")
    func words() async throws {
        let piped = try await run(#"echo x | printf %s/ '*' '$HOME' '; echo y' "a b""#)
        #expect(piped.output == "*/$HOME/; echo y/a b/")
    }

    @Test("they have their standard streams, and none of our files and connections")
    func descriptors() async throws {
        let piped = try await run("count; ls | cat | ls /proc/self/fd")
        // The last one is the folder that it lists.
        #expect(piped.lines.dropFirst() == ["0", "1", "2", "3"], "\(piped.errors)")
        let given = try await Home().shell(
            "$HOOKLINE --sandbox -q -c 'count; ls | cat | ls /proc/self/fd; echo kept | tee /dev/fd/9' 9>&1 | cat")
        #expect(given.lines.dropFirst() == ["0", "1", "2", "3", "9", "kept", "kept"], "\(given.errors)")
    }

    @Test("the API key is not in their environment, and everything else is")
    func environment() async throws {
        let piped = try await run("echo x | env", environment: ["MIXPEEK_API_KEY": "sk_canary", "OTHER": "there"])
        #expect(piped.status == 0)
        #expect(piped.lines.contains("OTHER=there"))
        #expect(!piped.output.contains("sk_canary") && !piped.output.contains("MIXPEEK_API_KEY"))
    }

    @Test("a program that stops reading ends quietly, however much there was to read")
    func closed() async throws {
        let piped = try await run("for i in 1..3\nls --json | head -c 1\nend\necho done")
        #expect(piped.status == 0)
        #expect(piped.output == "[[[done\n")
        #expect(piped.errors == "")
    }

    @Test("more than a pipe holds goes through, both ways")
    func large() async throws {
        let text = String(repeating: "x", count: 100_000)
        let home = try Home()
        try home.write("let t = \"\(text)\"\necho $t$t$t$t | cat | cat | wc -c\n", to: "s.hook")
        let piped = try await home.hookline("--sandbox", "run", "s.hook", "--allow-exec")
        #expect(piped.output.filter { !$0.isWhitespace } == "400001", "\(piped.errors)")
    }

    @Test("the status is that of the last program; one before it that fails is no failure")
    func status() async throws {
        let failed = try await run("echo x | grep y; echo never")
        #expect(failed.status == 1)
        #expect(failed.output == "")
        #expect(failed.errors.contains("grep ended with status 1"))
        #expect(try await run("echo x | grep y | cat; echo on").output == "on\n")
        let caught = try await run("try\necho x | sh -c 'exit 42'\ncatch e\necho ${e.kind} ${e.code}\nend")
        #expect(caught.output == "program 42\n")
    }

    @Test("a program that is not there is told, and those that run are ended")
    func missing() async throws {
        let run = try await run("echo x | sleep 600 | no-such-program")
        #expect(run.status == 1)
        #expect(run.errors.contains("no-such-program"))
    }

    @Test("a redirect takes what the last program prints")
    func collected() async throws {
        let home = try Home()
        let run = try await home.hookline(
            "--sandbox", "-c",
            "echo b | cat > out.txt; echo c | cat >> out.txt")
        #expect(run.status == 0, "\(run.errors)")
        #expect(home.read("out.txt") == "b\nc\n")
        #expect(run.output == "")
    }

    @Test("a script file runs programs only where that is allowed, and cannot allow it itself")
    func allowance() async throws {
        let home = try Home()
        try home.write("echo x | cat\n", to: "inner.hook")
        try home.write("run inner.hook --allow-exec\n", to: "outer.hook")
        for words in [["run", "inner.hook"], ["run", "outer.hook"], ["-c", "run inner.hook"]] {
            let run = try await hookline(home, words)
            #expect(run.status == 2, "\(words)")
            #expect(run.output == "")
            #expect(run.errors.contains("--allow-exec") && run.errors.contains("cat"))
        }
        for words in [
            ["run", "inner.hook", "--allow-exec"], ["run", "--allow-exec", "outer.hook"],
            ["--allow-exec", "run", "outer.hook"], ["-c", "run outer.hook --allow-exec"], ["-c", "echo x | cat"],
        ] {
            #expect(try await hookline(home, words).output == "x\n", "\(words)")
        }
        let piped = try await home.hookline("--sandbox", input: "echo x | cat\n")
        #expect(piped.status == 2)
        #expect(try await home.hookline("--sandbox", "--allow-exec", input: "echo x | cat\n").output == "x\n")
    }

    private func hookline(_ home: Home, _ words: [String]) async throws -> ProgramRun {
        try await ProgramRun.run(
            Home.program, ["--sandbox"] + words, environment: home.environment(), directory: home.path)
    }

    @Test("Ctrl-C ends the programs, and the prompt comes back")
    func interrupt() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home)
        // A shell that is told between two commands waits for the second: here the second is what has written.
        try await pty.type("echo x | sh -c '(echo began; exec sleep 600); echo never'\r")
        try await pty.wait(forRow: "began")
        try await pty.type("\u{3}")
        try await pty.wait(forInput: "sandbox [130]>")
        #expect(!pty.screen.rows.contains("never"))
    }

    @Test("long output goes through the pager at the prompt, short output and a pager that is not there do not")
    func pager() async throws {
        let home = try Home()
        let pty = try await PromptSession.start(home, environment: ["PAGER": "sed -n '1s/.*/paged/p'"])
        try await pty.type("help\r")
        try await pty.wait(forRow: "paged")
        try await pty.wait(forInput: "sandbox>")
        try await pty.type("option pager off\recho short\r")
        try await pty.wait(forRow: "short")
        try await pty.type("option pager no-such-pager\rclear-screen-is-no-command\r")
        try await pty.wait(forInput: "sandbox [2]>")
        try await pty.type("help\r")
        try await pty.wait(for: "help itself") { $0.rows.contains { $0.hasPrefix("help COMMAND explains one") } }
    }
}
