import Glibc
import TestSupport
import Testing

@Suite("The reference, the man page and other shells' completion")
struct ReferenceTests {
    @Test("docs/commands.md is what the declarations say")
    func commands() async throws {
        let home = try Home()
        let page = DocumentPage("docs/commands.md")
        let fresh = try await home.hookline("--generate-commands-page").output
        if getenv("HOOKLINE_UPDATE_DOCS") != nil { try page.write(fresh) }
        #expect(page.text == fresh, "docs/commands.md is stale: run the tests with HOOKLINE_UPDATE_DOCS=1")
    }

    @Test("docs/configuration.md is what the declarations say")
    func configuration() async throws {
        let home = try Home()
        let page = DocumentPage("docs/configuration.md")
        let fresh = try await home.hookline("--generate-configuration-page").output
        if getenv("HOOKLINE_UPDATE_DOCS") != nil { try page.write(fresh) }
        #expect(page.text == fresh, "docs/configuration.md is stale: run the tests with HOOKLINE_UPDATE_DOCS=1")
    }

    /// The names at the beginning of a table's rows.
    private func rows(_ heading: String, of page: String) throws -> [String] {
        let start = try #require(page.firstRange(of: "\n" + heading + "\n"))
        return page[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { !$0.hasPrefix("#") }.filter { $0.hasPrefix("| `") }
            .map { String($0.dropFirst(2).prefix { $0 != "|" }) }
    }

    private func flags(in text: String) -> Set<String> {
        Set(
            text.split { !($0.isLetter || $0 == "-") }.filter { $0.hasPrefix("--") && $0.count > 2 }.map(String.init))
    }

    @Test("the page, the man page and help have each flag of sandbox serve that it takes, and no other")
    func serveFlags() async throws {
        let home = try Home()
        let help = try await home.hookline("sandbox", "serve", "--help").output
        let page = try await home.hookline("--generate-configuration-page").output
        let man = try await home.hookline("--generate-man-page").output.replacing("\\-", with: "-")
        let topic = try await home.hookline("help", "sandbox", "serve").output
        // Its own lines alone: a summary may name another flag.
        let taken = Set(
            help.split(separator: "\n").filter { $0.hasPrefix("  -") }
                .compactMap { flags(in: String($0.prefix(26))).first })
        #expect(taken.count > 20)
        let listed = flags(in: try rows("## hookline sandbox serve", of: page).joined(separator: " "))
        #expect(listed == taken.subtracting(["--help"]))
        for flag in listed {
            #expect(topic.contains("  " + flag) || topic.contains(", " + flag), "\(flag)")
            #expect(man.contains(flag), "\(flag)")
        }
    }

    @Test("the page names each variable that the program reads, and no other")
    func variables() async throws {
        let home = try Home()
        let page = try await home.hookline("--generate-configuration-page").output
        let named = Set(
            try rows("## Environment", of: page).flatMap {
                $0.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
            })
        let project = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        func grep(_ words: String...) async throws -> Set<String> {
            let run = try await ProgramRun.run(
                "/usr/bin/grep",
                ["-rhoE", "--include=*.swift", "--exclude=EnvironmentVariable.swift"] + words
                    + ["/\(project)/Sources"], environment: home.environment(), input: "", directory: home.path)
            return Set(
                run.output.split(separator: "\n").compactMap { line in
                    line.split(separator: "\"").last.map(String.init)
                })
        }
        let read = try await grep(#"(variables|environment)\["[A-Za-z_]+"|getenv\("[A-Za-z_]+"|folder\("[A-Z_]+""#)
        #expect(read.count > 10)
        #expect(read.subtracting(named).isEmpty)
        let written = try await grep(#""[A-Za-z_]+""#)
        #expect(named.subtracting(written).isEmpty)
    }

    @Test("help has a page for the configuration, the environment and the flags, and names them")
    func topics() async throws {
        let home = try Home()
        let page = try await home.hookline("--generate-configuration-page").output
        let man = try await home.hookline("--generate-man-page").output
        let overview = try await home.hookline("help").output
        for (topic, headings) in [
            ("config", ["### At the top", "### Of a profile"]), ("environment", ["## Environment"]),
            ("flags", ["## Global flags"]),
        ] {
            let help = try await home.hookline("help", topic)
            #expect(help.status == 0)
            #expect(overview.contains("help \(topic): "))
            for heading in headings {
                let names = try rows(heading, of: page).flatMap { $0.split(separator: "`").map(String.init) }
                    .filter { $0.contains { $0.isLetter } }
                #expect(!names.isEmpty)
                for name in names {
                    #expect(help.output.contains(name), "\(name)")
                    #expect(man.contains(name.replacing("-", with: "\\-")), "\(name)")
                }
            }
        }
        #expect(try await home.hookline("help", "confg").errors.contains("config"))
        let offered = try await home.hookline("--complete-words", "help", "conf").output
        #expect(offered.contains("config"))
    }

    @Test("help run has all that hookline run takes")
    func run() async throws {
        let home = try Home()
        let help = try await home.hookline("run", "--help").output
        for flag in [
            "--var NAME=VALUE", "--on-error WHAT", "--check", "--allow-exec", "--resume", "--dry-run", "--yes",
        ] {
            #expect(help.contains(flag), "\(flag)")
        }
    }

    @Test("every global flag of --help is in the man page and in completion, and the other way round")
    func globalFlags() async throws {
        let home = try Home()
        let help = try await home.hookline("--help").output
        let page = try await home.hookline("--generate-man-page").output
        let offered = try await home.hookline("--complete-words", "--").output.split(separator: "\n")
            .map { String($0.prefix { $0 != "\t" }) }
        #expect(offered.count > 10)
        for flag in offered {
            #expect(help.contains(flag), "\(flag)")
            #expect(
                page.contains(flag.split(separator: "-", omittingEmptySubsequences: false).joined(separator: "\\-")))
        }
        let named = help.split { !($0.isLetter || $0 == "-") }.filter { $0.hasPrefix("--") && $0.count > 3 }
        for flag in Set(named.map(String.init)) where flag != "--colour" && flag != "--port" {
            #expect(offered.contains(flag), "\(flag)")
        }
    }

    @Test("candidates come for commands, flags, values and files, and never from a server")
    func words() async throws {
        let home = try Home()
        try home.write("", to: "script.hook")
        for (words, expected) in [
            (["com"], "commit"), (["--sandbox", "stat"], "status"), (["commit", "--can"], "--canary"),
            (["ls", "--format", "js"], "json"), (["--format", "ya"], "yaml"), (["plugin", "en"], "enable"),
            (["add-event", "cluster.execution.f"], "cluster.execution.failed"), (["run", "scr"], "script.hook"),
            (["--profile", "sand"], "sandbox"), (["ls", "where", "act"], "active"),
        ] {
            let run = try await ProgramRun.run(
                Home.program, ["--complete-words"] + words, environment: home.environment(), input: "",
                directory: home.path)
            let found = run.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
            #expect(found.contains(expected), "\(words): \(found)")
        }
        #expect(home.read(".local/state/hookline/sandbox.db") == nil)
    }

    private static let questions = [
        (
            shell: "bash",
            text: "source ./c; COMP_WORDS=(hookline com); COMP_CWORD=1; _hookline; printf '%s\\n' \"${COMPREPLY[@]}\""
        ),
        (
            shell: "zsh",
            text:
                "compdef() { :; }; compadd() { print -l $values; }; source ./c; words=(hookline com) CURRENT=2; _hookline"
        ),
        (shell: "fish", text: "source ./c; complete -C 'hookline com'"),
    ]

    @Test("the shells complete by their scripts", arguments: questions.map(\.shell))
    func shells(_ shell: String) async throws {
        let folders = ["/bin/", "/usr/bin/"].map { $0 + shell }.filter { access($0, X_OK) == 0 }
        // zsh and fish are tried where they are installed.
        guard let path = folders.first else { return }
        let home = try Home()
        let script = try await home.hookline("--generate-completion-script", shell)
        #expect(script.status == 0)
        try home.write(script.output, to: "c")
        let question = try #require(Self.questions.first { $0.shell == shell }).text
        let folder = Home.program.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        let run = try await ProgramRun.run(
            path, ["-c", question], environment: home.environment(["PATH": folder + ":/usr/bin:/bin"]), input: "",
            directory: home.path)
        #expect(run.output.contains("commit"), "\(run.output) \(run.errors)")
    }

    @Test("man takes the page without a complaint, where there is one")
    func man() async throws {
        let home = try Home()
        let page = try await home.hookline("--generate-man-page").output
        #expect(page.hasPrefix(".TH HOOKLINE 1"))
        guard access("/usr/bin/groff", X_OK) == 0 else { return }
        let run = try await ProgramRun.run(
            "/usr/bin/groff", ["-K", "utf8", "-man", "-Tutf8", "-ww", "-z"], environment: home.environment(),
            input: page,
            directory: home.path)
        #expect(run.errors == "")
    }
}
