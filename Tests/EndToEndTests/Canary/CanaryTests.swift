import Glibc
import TestSupport
import Testing

/// A long session with a secret in every place that takes one: then everything that the program wrote is searched.
@Suite("No secret gets out", .serialized)
struct CanaryTests {
    /// Where secrets may be, and why. All files of it are their user's alone.
    private static func mayHold(_ text: WrittenText, _ canary: Canary) -> Bool {
        switch text.place {
        // A profile's key is where `login` keeps it; a proxy's password is in the profile, too.
        case ".config/hookline/config.yaml":
            return ["keyfile", "keyrefused", "keylogin", "literal"].contains(canary.place)
        // The store behind ${secret:NAME}.
        case ".config/hookline/secrets.json": return ["stored", "asked"].contains(canary.place)
        // Before-images and targets of what was committed, without which nothing could be taken back. No key, ever, and
        // nothing that was only staged.
        case ".local/state/hookline/journal.db", ".local/state/hookline/journal.db-wal":
            let isCommitted = ["stored", "environment", "literal", "recorded"].contains(canary.place)
            return CanaryHome.channels.contains(canary) || isCommitted
        // Asked for by name.
        case "with-secrets.json": return CanaryHome.channels.contains(canary)
        // A variable of the user's own, which other programs get as they would from a shell; the key they don't.
        case "output of -c ls --json | env": return canary.place == "environment"
        case _ where text.place.hasPrefix("editor-environment."): return canary.place == "environment"
        // The echo of what is typed as it is, which nobody but the user at the keyboard sees.
        case "a prompt": return canary.place == "typed"
        default: return false
        }
    }

    @Test(
        "not in output, errors, logs, completions, history, drafts, recordings, plans, the editor's file, a plugin's log"
    )
    func session() async throws {
        let scene = try await CanaryHome()
        for part in [Self.keep, Self.look, Self.change, Self.fail, Self.callOthers, Self.type, Self.crash] {
            try await part(scene)
        }
        let written = scene.written()
        var found: Set<Canary> = []
        for text in written {
            for canary in CanaryHome.all where text.holds(canary) {
                found.insert(canary)
                let isAllowed = Self.mayHold(text, canary)
                #expect(isAllowed, "\(canary.place) is in \(text.place): \(Self.excerpt(text, canary))")
                // What the editor wrote has the mode that the editor gave it.
                let mode = text.place.hasPrefix("editor-") ? nil : text.mode
                #expect((mode ?? 0) & 0o077 == 0, "\(text.place)")
            }
        }
        // The search finds what is there.
        let known = ["keyfile", "stored", "slackToken", "typed"].allSatisfy { found.contains(CanaryHome.canary($0)) }
        #expect(known)
        #expect(written.count > 100)
    }

    private static func excerpt(_ text: WrittenText, _ canary: Canary) -> String {
        guard let range = text.firstRange(of: canary) else { return "" }
        let around = max(0, range.lowerBound - 120)..<min(text.bytes.count, range.upperBound + 40)
        return String(decoding: text.bytes[around], as: UTF8.self)
    }

    // MARK: The session

    /// Runs lines whatever becomes of each; none may be one that the program does not read.
    private static func all(
        _ scene: CanaryHome, _ lines: [String], environment: [String: String?] = [:]
    ) async throws {
        #expect(try await scene.runAll(lines, environment: environment) == 0, "\(lines.first ?? "")")
    }

    private static func keep(_ scene: CanaryHome) async throws {
        #expect(try await scene.run(["secret", "set", "STORED"], input: CanaryHome.canary("stored").value + "\n") == 0)
        #expect(try await scene.run(["login", "refused"], input: CanaryHome.canary("keylogin").plain + "\n") == 0)
        try await scene.run(["secret", "ls", "--json"])
    }

    private static let formats = ["table", "json", "jsonl", "yaml", "csv", "tsv", "ids"]

    /// What shows something, in every format.
    private static let looking = [
        "ls", "get 'Canary One'", "show 'Canary One' channels", "show 'Canary One' /channels/2/configs",
        "show 'Canary One' channels[0].configs.bot_token", "ls --columns id,name,channels.*.configs.signing_secret",
        "events", "health --all", "whoami", "profile ls", "status", "diff", "plan", "log", "log 1", "draft", "option",
        "alias", "sandbox status", "sandbox deliveries", "sandbox faults", "plugin ls", "secret ls",
        "grep canary", "export",
    ]

    private static var looks: [String] {
        looking.flatMap { line in formats.map { "\(line) --format \($0)" } } + looking
            + ["count where channels.*.configs.bot_token ~ '*canary*'", "refresh"]
    }

    /// It waits until nothing is due, and so is asked for less often.
    private static let outbox = ["sandbox outbox", "sandbox outbox --json"]

    private static func look(_ scene: CanaryHome) async throws {
        #expect(try await scene.runAll(["sandbox emit object.created token=t --count 3"] + looks + outbox) == 0)
        let base: [String: String?] = [
            "MIXPEEK_API_KEY": CanaryHome.canary("keyenv").plain, "MIXPEEK_API_BASE": scene.server.base,
        ]
        try await Self.all(scene, looks, environment: base)
        try await scene.run(["-v", "--profile", "nobody", "ls"])
        for profile in ["command", "refused", "echo"] {
            try await scene.run(["-v", "--profile", profile, "ls"])
            try await scene.run(["-v", "--profile", profile, "whoami", "--json"])
            try await scene.run(["-v", "profile", "test", profile])
        }
        try await scene.run(["profile", "test", "command", "--write"])
        try await scene.run(["export", "out.json"])
        try await scene.run(["export", "out.yaml"])
        #expect(try await scene.run(["export", "with-secrets.json", "--with-secrets"]) == 0)
        for words in [["get", "Canary"], ["use", ""], ["show", "'Canary One'", "channels."], ["--profile", ""]] {
            try await scene.run(["--complete-words"] + words, environment: base)
        }
    }

    /// Edits with secrets of every origin, staged, planned, sent, looked at, taken back.
    private static func change(_ scene: CanaryHome) async throws {
        let edits = [
            "set-channel slack:channel_id=C0123456789 bot_token=${secret:STORED} --on 'Canary One'",
            "set-channel webhook signing_secret=${env:CANARY_ENVIRONMENT} --on 'Canary One'",
            "set-channel webhook headers.X-Literal=\(CanaryHome.canary("literal").plain) --on 'Canary One'",
            "use 'Canary One'", "replace channels.webhook.signing_secret canary ${secret:STORED}",
        ]
        try await Self.all(scene, ["record start recorded.hook"] + edits + looks + ["plan --out refused.plan"])
        try await Self.all(
            scene,
            [
                "set-channel slack:channel_id=C0123456789 bot_token=${secret:STORED} --on 'Canary One'",
                "plan --out kept.plan", "discard all", "commit --plan kept.plan --yes",
            ])
        let recorded = CanaryHome.canary("recorded").plain
        try await Self.all(
            scene,
            ["record start typed.hook", "set-channel webhook headers.X-Typed=\(recorded) --on 'Canary One'"] + edits
                + ["commit --yes", "record stop"] + looks
                + ["rollback --yes", "log 2 --json", "clone 'Canary One' 'Canary Three'", "diff", "plan --json"]
                + [
                    "create Made --events object.created --channel slack channel_id=C1 bot_token=${secret:STORED}",
                    "plan",
                ]
                + ["commit --canary 1 --canary-wait 1s --yes", "resume", "log 3"])
        try await Self.all(scene, ["copy --to command where name ~ 'Canary*'", "diff", "plan --json", "commit --yes"])
        try await Self.all(
            scene, ["diff --against with-secrets.json", "diff --against command", "apply with-secrets.json"])
    }

    /// Errors of every kind, each as a program's last word.
    private static func fail(_ scene: CanaryHome) async throws {
        let literal = CanaryHome.canary("literal").plain
        for file in ["wrong", "fails"] {
            try await scene.run(["run", "mine/\(file).hook"])
            try await scene.run(["run", "mine/\(file).hook", "--check"])
        }
        try await scene.run(["run", "mine/ask.hook", "--no-input"])
        for line in [
            "echo ${secret:STORED}", "let x = \"a${secret:STORED}\"; echo $x", "set name ${secret:STORED}",
            "get ${secret:STORED}", "assert ${secret:STORED} = 1 \"no: ${secret:STORED}\"", "exit ${secret:STORED}",
            "ls --limit ${secret:STORED}", "ls > ${secret:STORED}", "ls where name = ${secret:STORED}",
            "ls | cat ${secret:STORED}", "record start ${secret:STORED}", "echo $(get 'Canary One' --json)",
            "let w = $(get 'Canary One'); echo \"${w.channels[0].configs.bot_token}\"", "ls --json | env",
            "each where name ~ 'Canary*'; echo \"$webhook\"; end", "sandbox emit object.created x=${secret:STORED}",
            "add-channel slack bot_token=${secret:STORED}", "profile add x --proxy http://me:\(literal)@127.0.0.1:1",
        ] {
            try await scene.run(["-c", line])
        }
        try await Self.all(scene, ["use 'Canary One'"] + looks + ["set active false", "commit --yes"])
        try await scene.run([
            "--profile", "echo", "-c",
            "create A --events object.created --channel slack channel_id=C1 bot_token=${secret:STORED}; commit --yes",
        ])
        try await scene.run(["--api-base", "https://me:\(literal)@example.com", "ls"])
        try await scene.run(["sandbox", "serve", "--key", "a \(literal)"])
    }

    private static func callOthers(_ scene: CanaryHome) async throws {
        #expect(try await scene.run(["plugin", "install", "sample"]) == 0)
        let info = try await scene.home.hookline("plugin", "info", "sample", "--json")
        let pin = try #require(info.output.firstMatch(of: /"sha256": ?"([0-9a-f]+)"/)?.output.1)
        #expect(try await scene.run(["plugin", "enable", "sample", "--pin", String(pin)]) == 0)
        try await Self.all(
            scene,
            [
                "greet", "ls --format counted", "use 'Canary One'", "transform rename", "commit --yes",
                "plugin log sample",
                "set-channel slack:channel_id=C0123456789 bot_token=${secret:STORED}", "greet a", "commit --yes",
            ])
        #expect(scene.home.read(".local/state/hookline/plugins/sample/home/seen") != nil)
    }

    /// At the prompt: completion, masked questions, an editor, the history, a draft; and a kill.
    private static func type(_ scene: CanaryHome) async throws {
        let start = "file@"
        let typed = CanaryHome.canary("typed").plain
        let asked = CanaryHome.canary("asked").plain
        let pty = try await scene.prompt(awaiting: start)
        func line(_ text: String, until awaited: String = start, isHidden: Bool = false) async throws {
            let row = pty.screen.scrolledOut.count + pty.screen.cursor.row
            try await pty.type(text + "\r")
            try await pty.wait(for: "what follows \(text)") { screen in
                screen.scrolledOut.count + screen.cursor.row > row
                    && screen.rows[screen.cursor.row].contains(awaited)
            }
            if isHidden { try await pty.wait(for: "a hidden answer to \(text)") { _ in pty.modes?.echoes == false } }
        }
        try await line("ls")
        for text in [
            "get ", "use wh_", "show 'Canary One' channels[0].configs.", "ls where channels.slack.bot_token = ",
            "set-channel slack bot_token=", "set-channel slack bot_token=${secret:", "ls where name = ", "profile use ",
        ] {
            try await pty.type(text + Key.tab + Key.tab + Key.tab)
            try await pty.type(Key.control("c"))
            try await line("echo")
        }
        try await line("use 'Canary One'")
        try await line("set-channel webhook headers.X-Typed=xoxb-\(typed)")
        try await line("set-channel webhook headers.Authorization=\"Bearer \(typed)\"")
        try await line("set-channel webhook:url=http://a:\(typed)@h/ timeout=3")
        try await line("diff")
        try await line("secret set ASKED", until: "ASKED", isHidden: true)
        try await line(asked)
        try await line("run mine/ask.hook", until: "A token:", isHidden: true)
        try await line(asked)
        try await line("discard all")
        try await line("edit")
        try await line("history")
        try await line("set-channel slack:channel_id=C0123456789 bot_token=${secret:ASKED}")
        try await line("set description edited")
        pty.send(signal: SIGKILL)
        _ = try await pty.waitForEnd()
        scene.keep(pty, as: "a prompt")

        let again = try await scene.prompt(awaiting: start)
        try await again.type("draft restore; diff; draft; history\r")
        try await again.wait(for: "the prompt behind the history") { screen in
            screen.text.contains("draft restore; diff") && screen.rows[screen.cursor.row].contains("+1>")
        }
        try await again.type(Key.up + Key.up + Key.up)
        try await again.wait(for: "an older line") { $0.rows[$0.cursor.row].contains("bot_token=") }
        again.send(signal: SIGKILL)
        _ = try await again.waitForEnd()
        scene.keep(again, as: "the next prompt")
    }

    /// A crash with everything read and staged.
    private static func crash(_ scene: CanaryHome) async throws {
        let pty = try await scene.prompt(profile: "command", awaiting: "command@")
        try await pty.type("use 'Canary One'\r")
        try await pty.wait(for: "the webhook") { $0.rows[$0.cursor.row].contains("wh_") }
        pty.send(signal: SIGSEGV)
        #expect(try await pty.waitForEnd() == .killed(signal: SIGSEGV))
        scene.keep(pty, as: "a crash")
        #expect(!String(decoding: pty.output, as: UTF8.self).contains("Registers"))
    }
}
