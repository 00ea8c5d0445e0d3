import LosslessJSON
import TestSupport
import Testing

/// A server whose names, descriptions, event types, kinds, settings and error bodies hold what acts on a terminal (CSI and
/// OSC sequences, C1), turns a line around (bidirectional controls), or does not show (zero-width characters).
@Suite("Hostile text")
struct HostileTextTests {
    private static let hostile = "Rev\u{202E}B\u{2066}I\u{200B}C\u{200D}\u{1B}]0;x\u{07}D\u{FEFF}E\u{9B}31mF\u{1B}[2J"

    /// Every unsafe character that the text has, and no other.
    private static let unsafe: Set<Unicode.Scalar> = [
        "\u{202E}", "\u{2066}", "\u{200B}", "\u{200D}", "\u{1B}", "\u{07}", "\u{FEFF}", "\u{9B}",
    ]

    private static func served() async throws -> (Home, ServedSandbox, id: String) {
        let home = try Home()
        let text = JSON(hostile)
        let channel: JSON = ["channel": "slack", "configs": ["channel_id": text, "bot_token": "xoxb-1"]]
        let other: JSON = ["channel": text, "configs": JSON([hostile: text])]
        let webhook: JSON = [
            "webhook_name": text, "description": text, "is_active": true, "event_types": ["object.created", text],
            "channels": [channel, other],
        ]
        try home.write(JSON([webhook]).text(), to: "seed.json")
        let server = try await ServedSandbox(home, ["--seed", home.file("seed.json")])
        try home.configure(server)
        let id = try await home.hookline("ls", "--ids").lines.first ?? ""
        return (home, server, id)
    }

    private static func isSafe(_ text: String) -> Bool { !text.unicodeScalars.contains(where: unsafe.contains) }

    @Test("is shown escaped by every command, in every format")
    func commands() async throws {
        let (home, server, id) = try await Self.served()
        let formats = ["table", "json", "jsonl", "yaml", "csv", "tsv"]
        var lines = formats.flatMap { format in
            ["ls", "get \(id)", "show \(id) channels", "grep Rev", "health --all", "sandbox outbox"]
                .map { "\($0) --format \(format)" }
        }
        lines += [
            "use \(id); set active false; status; diff; plan; plan --json; commit --yes; log; log 1; log 1 --json",
            "use \(id); remove-channel slack; add-event 'object.*'; diff; export", "export out.yaml",
            "each; echo \"$name\"; set name \"$name\"; end; status", "echo $(show \(id) name)",
            "clone \(id) copy; diff --json", "set-channel nothing a=b --on \(id)", "get nothing", "events",
            "remove-event nothing --on \(id)", "sandbox emit object.created; sandbox deliveries",
        ]
        for line in lines {
            let run = try await home.hookline("-c", line)
            #expect(Self.isSafe(run.output), "\(line)")
            #expect(Self.isSafe(run.errors), "\(line)")
        }
        #expect(Self.isSafe(home.read("out.yaml") ?? "\u{1B}"))
        withExtendedLifetime(server) {}
    }

    @Test("is the same text again when JSON, YAML or a file is read")
    func lossless() async throws {
        let (home, server, id) = try await Self.served()
        let shown = try JSON(parsing: try await home.hookline("get", id, "--json").output)
        #expect(shown["webhook_name"]?.string == Self.hostile)
        #expect(shown["channels"]?.array?.last?["configs"]?.object?[Self.hostile]?.string == Self.hostile)
        for file in ["out.json", "out.yaml"] {
            let run = try await home.hookline("-c", "export \(file) --with-secrets; apply \(file); status --json")
            #expect(run.status == 0, "\(run.errors)")
            #expect(try JSON(parsing: run.output)["staged"]?.array?.isEmpty == true, "\(file): \(run.output)")
        }
        withExtendedLifetime(server) {}
    }

    @Test("is shown escaped at the prompt and by Tab")
    func prompt() async throws {
        let (home, server, id) = try await Self.served()
        let pty = try PtyProcess(
            Home.program, ["-q"], environment: PtyProcess.environment(["HOME": home.path, "TMPDIR": home.path]),
            columns: 150, rows: 40, directory: home.path)
        func line(_ text: String) async throws {
            let row = pty.screen.scrolledOut.count + pty.screen.cursor.row
            try await pty.type(text + "\r")
            try await pty.wait(for: "what follows \(text)") { screen in
                screen.scrolledOut.count + screen.cursor.row > row
                    && screen.rows[screen.cursor.row].hasPrefix("served@")
            }
        }
        try await pty.wait(for: "the prompt") { $0.rows[$0.cursor.row].hasPrefix("served@") }
        try await line("use \(id)")
        for text in ["get ", "get Rev", "remove-event ", "remove-channel ", "set-channel ", "ls where name = "] {
            try await pty.type(text + Key.tab + Key.tab)
            try await pty.type(Key.control("u"))
            try await line("count")
        }
        try await line("set active false")
        try await line("plan")
        let bytes = pty.output
        let written = String(decoding: bytes, as: UTF8.self).unicodeScalars
        // The editor's own sequences have ESC; what the text would do with it must not be there.
        #expect(!written.contains { Self.unsafe.contains($0) && $0 != "\u{1B}" && $0 != "\u{07}" })
        for sequence in ["\u{1B}]0;x", "\u{1B}[2J\r"] { #expect(bytes.firstRange(of: Array(sequence.utf8)) == nil) }
        #expect(pty.screen.text.contains("\\u{202E}"))
        withExtendedLifetime(server) {}
    }

    @Test("of an error's body is shown escaped", arguments: ["application/json", "text/plain", "text/html"])
    func errors(_ type: String) async throws {
        let home = try Home()
        let body = type == "application/json" ? "{\"detail\": \(JSON(Self.hostile).text())}" : "<p>\(Self.hostile)</p>"
        let server = try CannedServer { _ in CannedServer.answer("422 \(Self.hostile)", type: type, body) }
        let environment: [String: String?] = ["MIXPEEK_API_KEY": "sk_test_hostile", "MIXPEEK_API_BASE": server.base]
        for words in [["ls"], ["-v", "ls"], ["whoami", "--json"], ["profile", "test"]] {
            let run = try await ProgramRun.run(
                Home.program, words, environment: home.environment(environment), directory: home.path)
            #expect(run.status != 0)
            #expect(Self.isSafe(run.output) && Self.isSafe(run.errors), "\(words)")
        }
    }
}
