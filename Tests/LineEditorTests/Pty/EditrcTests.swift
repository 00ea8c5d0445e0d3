import TestSupport
import Testing

@Suite("The user's editrc file")
struct EditrcTests {
    private static func started(_ editrc: String) async throws -> PtyProcess {
        let folder = try TemporaryFolder()
        try folder.write(Array(editrc.utf8), to: "editrc")
        return try await ProbeSession.start(["--editrc", folder.file("editrc")])
    }

    @Test("binds keys, for every program or for this one")
    func bindings() async throws {
        let pty = try await Self.started(
            "# mine\n\nbind \"^O\" ed-move-to-beg\nprobe:bind \"^G\" complete-word\nother:bind \"^O\" ed-insert\n")
        try await pty.type("be" + Key.control("g"))
        try await pty.wait(forLine: "probe> beta", column: 12)
        try await pty.type(Key.control("o") + "al\r")
        try await pty.wait(forRow: #"[line "albeta "]"#)
    }

    @Test("switches to vi's keys, and completion, history and paste still work")
    func vi() async throws {
        let pty = try await Self.started("bind -v\n")
        try await pty.type("be" + Key.tab + "xyz" + Key.escape + "0x\r")
        try await pty.wait(forRow: #"[line "eta xyz"]"#)
        try await pty.type(Key.up)
        try await pty.wait(forLine: "probe> eta xyz")
        try await pty.paste("1\n2")
        try await pty.type("\r")
        try await pty.wait(forRow: #"[line "eta xyz1\\n2"]"#)
    }

    @Test("with vi's keys the arrows go by words and parts, too")
    func viWords() async throws {
        let pty = try await Self.started("bind -v\n")
        try await pty.type("get cluster.failed" + Key.altLeft)
        try await pty.wait(forLine: "probe> get cluster.failed", column: 19)
        try await pty.type(Key.controlLeft)
        try await pty.wait(forLine: "probe> get cluster.failed", column: 11)
        try await pty.type(Key.altRight + "s" + Key.controlRight + "!\r")
        try await pty.wait(forRow: #"[line "get clusters.failed!"]"#)
    }

    @Test("cannot take Ctrl-C and the paste away")
    func fixed() async throws {
        let pty = try await Self.started("bind \"^C\" ed-insert\nbind -r \"\\e[200~\"\n")
        try await pty.paste("a\nb")
        try await pty.wait(forLine: "b", column: 1)
        try await pty.type(Key.control("c"))
        try await pty.wait(forRow: "[interrupted]")
    }

    @Test("may be nonsense without a word about it")
    func nonsense() async throws {
        let pty = try await Self.started(
            "bind\u{0} \u{FF}\nfrobnicate 'x\nbind ^ ^\nsettc\nsetty\nechotc\nhistory\nbind \"\\\\\n")
        try await pty.type("ok\r")
        try await pty.wait(forRow: #"[line "ok"]"#)
    }

    @Test("can switch editing off")
    func off() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("edit off\n".utf8), to: "editrc")
        let pty = try PtyProcess(
            HelperProgram.path("line-editor-probe"), ["--editrc", folder.file("editrc")],
            environment: PtyProcess.environment())
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.wait(forModes: .usual)
        try await pty.type("plain\n")
        try await pty.wait(forRow: #"[line "plain"]"#)
    }
}
