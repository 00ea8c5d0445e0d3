import Glibc
import TestSupport
import Testing

/// Somebody puts a symbolic link where hookline has a file, in a folder that others may write to or in one's own.
@Suite("Links in the place of files")
struct SwappedLinkTests {
    private static let before = "somebody's\n"

    /// A home with a file that is not hookline's, and the same file's link at `place`.
    private static func linked(_ place: String) throws -> Home {
        let home = try Home()
        try home.write(before, to: "victim")
        chmod(home.file("victim"), 0o600)
        var folder = ""
        for part in place.split(separator: "/").dropLast() {
            folder += part + "/"
            mkdir(home.file(folder), 0o700)
        }
        symlink(home.file("victim"), home.file(place))
        return home
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    @Test(
        "what is written whole takes the link's place, and what it led to stays",
        arguments: [
            "export out.json --force", "ls --json > out.json", "plan --out out.json", "record start out.json --force",
        ])
    func whole(_ line: String) async throws {
        let home = try Self.linked("out.json")
        let run = try await home.hookline("--sandbox", "-c", "use wh_abc123def4; set active false; \(line)")
        #expect(!Self.isLink(home.file("out.json")) || run.status != 0, "\(run.errors)")
        #expect(home.read("victim") == Self.before)
    }

    @Test(
        "without --force nothing is put in the place of a link",
        arguments: ["export out.json", "record start out.json"])
    func present(_ line: String) async throws {
        let home = try Self.linked("out.json")
        let run = try await home.hookline("--sandbox", "-c", line)
        #expect(run.status != 0)
        #expect(Self.isLink(home.file("out.json")) && home.read("victim") == Self.before)
    }

    @Test(
        "a script that may not run programs follows no link to a hidden file, nor one that leads nowhere yet",
        arguments: ["hidden", "dangling", "folder/.profile"])
    func script(_ name: String) async throws {
        let home = try Home()
        try home.write(Self.before, to: ".bashrc")
        for (name, target) in [("hidden", ".bashrc"), ("dangling", "out"), ("folder", "")] {
            symlink(home.file(target), home.file(name))
        }
        try home.write("echo x >> \(name)\n", to: "s.hook")
        let run = try await home.hookline("--sandbox", "run", "s.hook")
        #expect(run.status == 2 && run.errors.contains("a script may not write to"), "\(run.errors)")
        #expect(home.read(".bashrc") == Self.before)
        for path in ["out", ".profile"] { #expect(access(home.file(path), F_OK) != 0) }
        #expect(try await home.hookline("--sandbox", "run", "s.hook", "--allow-exec").status == 0)
    }

    @Test("a recording that is swapped for a link stops, and writes to nobody's file")
    func recording() async throws {
        let home = try Self.linked("elsewhere")
        let run = try await home.hookline(
            "--sandbox", "-c",
            """
            record start out.hook
            use wh_abc123def4
            set active false
            echo x | rm out.hook
            echo x | ln -s victim out.hook
            set description other
            record stop
            """)
        #expect(home.read("victim") == Self.before)
        #expect(run.errors.contains("out.hook"), "\(run.errors)")
    }

    @Test("the journal, its companions and the pins are not followed", arguments: ["journal.db", "plugins.json"])
    func state(_ name: String) async throws {
        let place = ".local/state/hookline/" + name
        let home = try Self.linked(place)
        _ = try await home.hookline("-c", "use wh_abc123def4; set active false; commit --yes; plugin ls")
        #expect(home.read("victim") == Self.before)
    }

    @Test("the sandbox's socket is in a new folder of its own, whatever lies beside it")
    func socket() async throws {
        let home = try Home()
        mkdir(home.file("run"), 0o700)
        mkdir(home.file("other"), 0o700)
        // A name that mkdtemp(3) would not choose twice, and a socket's name that leads elsewhere.
        symlink(home.file("other"), home.file("run/hookline-aaaaaa"))
        let run = try await home.hookline(
            "--sandbox", "-c", "count", environment: ["XDG_RUNTIME_DIR": home.file("run")])
        #expect(run.status == 0)
        #expect(DocumentPage.paths(like: home.file("other") + "/*").isEmpty)
        #expect(DocumentPage.paths(like: home.file("run") + "/*") == [home.file("run/hookline-aaaaaa")])
    }

    @Test(
        "a configuration or rc.hook that others may write is not obeyed, reached by a link too",
        arguments: ["config.yaml", "rc.hook"], [true, false])
    func configuration(_ name: String, byLink: Bool) async throws {
        let home = try Home()
        for folder in [".config", ".config/hookline"] { mkdir(home.file(folder), 0o700) }
        let place = byLink ? "shared" : ".config/hookline/" + name
        try home.write(
            name == "rc.hook" ? "echo obeyed\n" : "profiles:\n  a: {key_command: 'echo obeyed >&2'}\n", to: place)
        chmod(home.file(place), 0o666)
        if byLink { symlink(home.file("shared"), home.file(".config/hookline/" + name)) }
        let pty = try PtyProcess(
            Home.program, name == "rc.hook" ? ["--sandbox"] : ["--profile", "a", "whoami"],
            environment: PtyProcess.environment(["HOME": home.path, "TMPDIR": home.path]), columns: 160, rows: 30,
            directory: home.path)
        try await pty.wait(for: "a refusal") { $0.text.contains("others may write") }
        #expect(!pty.screen.text.contains("obeyed"))
        chmod(home.file(place), 0o644)
        let mended = try await home.hookline("profile", "ls")
        #expect(mended.status == 0, "\(mended.errors)")
    }
}
