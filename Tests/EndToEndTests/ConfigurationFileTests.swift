import Glibc
import TestSupport
import Testing

@Suite("login and profile, and a configuration that people wrote")
struct ConfigurationFileTests {
    private let file = ".config/hookline/config.yaml"

    private func write(_ text: String, in home: Home) throws {
        for folder in [".config", ".config/hookline"] { mkdir(home.file(folder), 0o700) }
        try home.write(text, to: file)
        chmod(home.file(file), 0o600)
    }

    @Test("a file with CR LF is changed, keeps them, and its profile works on")
    func carriageReturns() async throws {
        let home = try Home()
        try write("# mine\r\nprofiles:\r\n  a: # one\r\n    base: http://127.0.0.1:1\r\n", in: home)
        let login = try await home.hookline("login", "a", input: "sk_new\n")
        #expect(login.status == 0, "\(login.errors)")
        #expect(
            home.read(file)
                == "# mine\r\nprofiles:\r\n  a: # one\r\n    key: \"sk_new\"\r\n    base: http://127.0.0.1:1\r\n")
        #expect(try await home.hookline("profile", "add", "b", "--default").status == 0)
        #expect(home.read(file)?.hasPrefix("default: b\r\n# mine\r\n") ?? false)
        let list = try await home.hookline("profile", "ls", "--csv").output
        #expect(list.contains("a,127.0.0.1:1,in the configuration"))
    }

    @Test("members in braces are no place to add to: each command says so with the line, and the file stays")
    func braces() async throws {
        let home = try Home()
        let text = "default: b\nprofiles: {a: {base: http://127.0.0.1:1}, b: {}}\n"
        try write(text, in: home)
        for words in [["login", "a"], ["profile", "add", "c"], ["profile", "remove", "a"]] {
            let run = try await ProgramRun.run(
                Home.program, words, environment: home.environment(), input: "sk_new\n", directory: home.path)
            #expect(run.status == 2, "\(words)")
            #expect(run.errors.contains("config.yaml, line 2: profiles stands in braces"), "\(run.errors)")
            #expect(run.errors.contains("hint: "))
            #expect(home.read(file) == text)
        }
        #expect(try await home.hookline("profile", "use", "a", "--default").status == 0)
        #expect(home.read(file) == text.replacing("default: b", with: "default: a"))
    }

    @Test("a key in a block makes way for the new one")
    func block() async throws {
        let home = try Home()
        try write("profiles:\n  a:\n    key: |-\n      sk_old\n    base: http://127.0.0.1:1\n", in: home)
        #expect(try await home.hookline("login", "a", input: "sk_new\n").status == 0)
        #expect(home.read(file) == "profiles:\n  a:\n    key: \"sk_new\"\n    base: http://127.0.0.1:1\n")
    }

    @Test("a script's exit is the program's status")
    func exitStatus() async throws {
        let home = try Home()
        try home.write("exit 42\n", to: "s.hook")
        #expect(try await home.hookline("run", "s.hook").status == 42)
        #expect(try await home.hookline("-c", "exit 125").status == 125)
        #expect(try await home.hookline(input: "exit 9\n").status == 9)
        let refused = try await home.hookline("-c", "exit 126")
        #expect(refused.status == 2)
        #expect(refused.errors.contains("this is 126"))
    }
}
