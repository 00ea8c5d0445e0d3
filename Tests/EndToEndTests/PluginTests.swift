import Glibc
import LosslessJSON
import TestSupport
import Testing

@Suite("Plugins, from installing to every contribution")
struct PluginTests {
    private func enabled() async throws -> Home {
        let home = try Home()
        let folder = try ShellPlugin.write(to: home)
        #expect(try await home.hookline("plugin", "install", folder).status == 0)
        let info = try JSON(parsing: try await home.hookline("plugin", "info", "sample", "--json").output)
        let pin = try #require(info["sha256"]?.string)
        let run = try await home.hookline("plugin", "enable", "sample", "--pin", pin)
        #expect(run.status == 0, "\(run.errors)")
        return home
    }

    private static let seen = ".local/state/hookline/plugins/sample/home/seen"

    @Test("present is not enabled; enabling off a terminal wants the pin, and the right one")
    func trust() async throws {
        let home = try Home()
        let folder = try ShellPlugin.write(to: home)
        #expect(try await home.hookline("plugin", "install", folder).status == 0)
        #expect(try await home.hookline("plugin", "ls").output.contains("available"))
        #expect(try await home.hookline("greet", "--loud").status == 2)
        let asked = try await home.hookline("plugin", "enable", "sample")
        #expect(
            asked.status == 2 && asked.errors.contains("./sample.sh") && asked.errors.contains("write webhook_name"))
        let wrong = try await home.hookline(
            "plugin", "enable", "sample", "--pin", String(repeating: "0", count: 64))
        #expect(wrong.status == 3)
        #expect(home.read(Self.seen) == nil)
    }

    @Test("a command runs, helps, fails with its status, and shows nothing that acts on a terminal")
    func command() async throws {
        let home = try await enabled()
        let loud = try await home.hookline("greet", "--loud")
        #expect(loud.status == 0 && loud.output == "HELLO\n", "\(loud.errors)")
        let plain = try await home.hookline("greet", "a", "b")
        #expect(plain.status == 3)
        #expect(!plain.output.utf8.contains(0x1B) && plain.output.contains("hello"))
        #expect(try await home.hookline("help", "greet").output.contains("--loud"))
        #expect(try await home.hookline("greet", "--quiet-please").errors.contains("no flag"))
        #expect(try await home.hookline("sample:greet", "--loud").output == "HELLO\n")
        #expect(try await home.hookline("greeet").errors.contains("greet"))
    }

    @Test("a format writes webhooks; a transform is staged as one step, within its permission")
    func formatAndTransform() async throws {
        let home = try await enabled()
        let format = try await home.hookline("-c", "ls --format counted where id = wh_abc123def4")
        #expect(format.output == "1 webhooks\n", "\(format.errors)")
        let unknown = try await home.hookline("ls", "--format", "countd")
        #expect(unknown.status == 2 && unknown.errors.contains("did you mean counted?"))
        let staged = try await home.hookline("-c", "use wh_abc123def4; transform rename; diff; undo; status")
        #expect(
            staged.output.contains("→ Renamed") && staged.errors.contains("Nothing is staged")
                || staged.output.contains("Nothing"))
        let stolen = try await home.hookline("-c", "use wh_abc123def4; transform rename steal=1")
        #expect(stolen.status == 3 && stolen.errors.contains("no permission"))
        #expect(try await home.hookline("transform").output.contains("rename"))
    }

    @Test("a policy denies before anything is asked or sent; only the user overrides it, and the journal says so")
    func policy() async throws {
        let home = try await enabled()
        let denied = try await home.hookline("-c", "use wh_abc123def4; set name FORBIDDEN; commit --yes")
        #expect(denied.status == 7)
        #expect(denied.errors.contains("not this name") && denied.errors.contains("--override"))
        #expect(try await home.hookline("log").output == "")
        let forced = try await home.hookline(
            "-c", "use wh_abc123def4; set name FORBIDDEN; commit --yes --override no-forbidden")
        #expect(forced.status == 0, "\(forced.errors)")
        #expect(try await home.hookline("log").output.contains("override no-forbidden"))
        #expect(try #require(home.read(Self.seen)).contains("event/committed"))
    }

    @Test("a changed folder is not run, and a commit that its policy should see is denied")
    func changed() async throws {
        let home = try await enabled()
        try home.write(ShellPlugin.program + "\n# more\n", to: ".local/share/hookline/plugins/sample/sample.sh")
        let run = try await home.hookline("greet")
        #expect(run.status == 3 && run.errors.contains("changed: sample.sh"))
        let commit = try await home.hookline("-c", "use wh_abc123def4; set name Fine; commit --yes")
        #expect(commit.status == 7, "\(commit.errors)")
        #expect(home.read(Self.seen) == nil)
    }

    @Test("neither the key nor a secret of the webhooks reaches a plugin")
    func secrets() async throws {
        let home = try await enabled()
        let run = try await home.hookline(
            "-c",
            "use wh_abc123def4; set-channel slack bot_token=xoxb-canary-1234567890; greet --loud; transform rename",
            environment: ["OTHER": "sk_other_canary"])
        #expect(run.status == 0, "\(run.errors)")
        let seen = try #require(home.read(Self.seen))
        #expect(seen.contains("wh_abc123def4"))
        #expect(!seen.contains("canary"))
    }

    @Test("completion knows contributed commands, flags, formats, transforms and plugins")
    func completion() async throws {
        let home = try await enabled()
        let pty = try await PromptSession.start(home, ["-q"])
        for (typed, line) in [
            ("gree", "greet"), ("greet --lo", "greet --loud"), ("ls --format coun", "ls --format counted"),
            ("transform ren", "transform rename"), ("plugin info sam", "plugin info sample"),
        ] {
            try await pty.type(typed + Key.tab)
            try await pty.wait(forInput: "sandbox> " + line)
            try await pty.type(Key.control("u"))
            try await pty.wait(forInput: "sandbox>")
        }
        #expect(home.read(Self.seen) == nil)
    }

    @Test("Tab offers what a running plugin answers, and asks it between the keys")
    func answers() async throws {
        let home = try await enabled()
        let pty = try await PromptSession.start(home, ["-q"])
        try await pty.type("greet bl" + Key.tab)
        try await pty.wait(forInput: "sandbox> greet bl")
        #expect(home.read(Self.seen) == nil)
        try await pty.type("\n")
        try await pty.wait(forRow: "hello")
        var line = ""
        for number in 1...1000 where !line.contains("greet blue-team") {
            try await pty.type(Key.control("u") + "greet bl" + Key.tab + "@\(number)")
            try await pty.wait(for: "what Tab made of it") { screen in
                line = screen.rows[screen.cursor.row]
                return line.contains("@\(number)")
            }
        }
        #expect(line.contains("greet blue-team @"))
    }

    @Test("a new plugin works: it passes its test, and is enabled for a session", arguments: ["sh", "python"])
    func new(_ language: String) async throws {
        if language == "python", access("/usr/bin/python3", X_OK) != 0 { return }
        let home = try Home()
        #expect(try await home.hookline("plugin", "new", "fresh", "--lang", language).status == 0)
        #expect(try await home.hookline("plugin", "new", "fresh").status == 1)
        #expect(try await home.hookline("plugin", "new", "Not An Id").status == 2)
        let tested = try await home.hookline("plugin", "test", "fresh")
        #expect(tested.status == 0, "\(tested.output) \(tested.errors)")
        #expect(tested.output.contains("ok    handshake"))
        let dev = try await home.hookline("--plugin-path", home.path, "-c", "plugin enable fresh --dev; plugin ls")
        #expect(dev.output.contains("enabled for this session"), "\(dev.errors)")
    }

    @Test("shipped plugins: a kind of channel is lowered and validated; a script's commands run")
    func shipped() async throws {
        let home = try Home()
        let project = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        for id in ["pagerduty", "team-macros"] {
            #expect(try await home.hookline("plugin", "install", project + "/plugins/" + id).status == 0)
            let info = try JSON(parsing: try await home.hookline("plugin", "info", id, "--json").output)
            let pin = try #require(info["sha256"]?.string)
            #expect(try await home.hookline("plugin", "enable", id, "--pin", pin).status == 0)
        }
        let good = try await home.hookline(
            "-c",
            "use wh_abc123def4; add-channel pagerduty routing_key=0123456789abcdef0123456789abcdef; diff; commit --yes; get"
        )
        #expect(good.status == 0, "\(good.errors)")
        #expect(good.errors.contains("channels[1] is of the kind pagerduty"), "\(good.errors)")
        #expect(good.output.contains("pagerduty.com") && !good.output.contains("0123456789abcdef"))
        let bad = try await home.hookline(
            "-c", "use wh_abc123def4; add-channel pagerduty routing_key=short; commit --yes")
        #expect(bad.status != 0, "\(bad.errors)")
        let table = try await home.hookline("help")
        #expect(table.output.contains("Plugins"))
    }
}
