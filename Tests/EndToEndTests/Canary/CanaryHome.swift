import Glibc
import TestSupport

/// A home with a secret in every place that takes one, servers that know them, and everything that is written there.
final class CanaryHome {
    static let keys = ["env", "file", "command", "refused", "login"].map { Canary("key" + $0) }
    static let channels = [
        "slackToken", "slackURL", "signing", "bearer", "header", "userinfo", "query", "unknownKind", "descriptionURL",
        "nameURL", "number",
    ].map(Canary.init)
    static let given = ["stored", "environment", "literal", "recorded", "typed", "asked", "script", "mail", "sms"]
        .map(Canary.init)
    static let all = keys + channels + given

    static func canary(_ place: String) -> Canary { all.first { $0.place == place }! }

    let home: Home
    let server: ServedSandbox
    /// Answers with an error that repeats the whole request.
    let echo: CannedServer
    /// What was written to no file: by the command.
    private(set) var outputs: [WrittenText] = []

    init() async throws {
        home = try Home()
        for folder in ["tmp", "run", "mine", ".config", ".config/hookline"] { mkdir(home.file(folder), 0o700) }
        try home.write(Self.seed, to: "mine/seed.json")
        try home.write(Self.canary("keycommand").plain + "\n", to: "mine/key")
        let keys = ["keyenv", "keyfile", "keycommand"].flatMap { ["--key", Self.canary($0).plain] }
        let mail = ["--smtp", "127.0.0.1:1", "--smtp-user", "me", "--mail-from", "me@example.com"]
        let sms = ["--sms-base", "http://127.0.0.1:1", "--sms-account", "AC1", "--sms-from", "+15550100"]
        server = try await ServedSandbox(
            home,
            ["--seed", home.file("mine/seed.json"), "--db", home.file("served.db"), "--verbose", "--allow-private"]
                + ["--deliver", "http,smtp,sms"] + keys + mail + sms,
            environment: [
                "HOOKLINE_SMTP_PASSWORD": Self.canary("mail").plain, "HOOKLINE_SMS_TOKEN": Self.canary("sms").plain,
            ], errors: "served.log")
        echo = try CannedServer { request in
            let text = request.line + "\n" + request.head + "\n" + request.body
            // None that is tried again.
            let number = text.utf8.count % 3
            let statuses = ["400 Bad Request", "401 Unauthorized", "422 Unprocessable"]
            // A body that repeats what it was sent, in JSON and in a page.
            let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\r\n", with: " ")
                .replacing("\n", with: " ")
            return CannedServer.answer(
                statuses[number], type: number % 2 == 0 ? "application/json" : "text/html",
                number % 2 == 0 ? "{\"detail\": \"\(quoted)\"}" : "<html><body>\(text)</body></html>")
        }
        try writeConfiguration()
        try writeScripts()
    }

    private func writeConfiguration() throws {
        let limits = "secrets: plain, max_changes: none, max_percent: none"
        try home.write(
            """
            default: file
            profiles:
              file: {base: "\(server.base)", key: \(Self.canary("keyfile").plain), \(limits)}
              command: {base: "\(server.base)", key_command: "cat \(home.file("mine/key"))", \(limits)}
              refused:
                base: "\(server.base)"
                key: \(Self.canary("keyrefused").plain)
              echo: {base: "\(echo.base)", key: \(Self.canary("keyfile").plain), \(limits)}
              nobody: {base: "http://127.0.0.1:1", key: \(Self.canary("keyfile").plain)}

            """, to: ".config/hookline/config.yaml")
        chmod(home.file(".config/hookline/config.yaml"), 0o600)
    }

    /// What the user wrote: scripts with secrets where a script may have one, an editor, and a plugin.
    private func writeScripts() throws {
        let asking = "requires hookline 1\nparam token \"A token\" --secret\n"
        try home.write(
            asking + "set-channel slack bot_token=$token --on 'Canary One'\ndiff\necho done\n",
            to: "mine/ask.hook")
        let literal = Self.canary("script").plain
        try home.write(
            "set-channel slack bot_token=xoxb-\(literal) --on 'Canary Two' --nonsense\n", to: "mine/wrong.hook")
        try home.write(
            "set-channel slack bot_token=xoxb-\(literal) --on nobody\n", to: "mine/fails.hook")
        try home.write(
            """
            #!/bin/sh
            cp "$1" "$HOME/edited.$$"
            env > "$HOME/editor-environment.$$"
            tr '\\0' ' ' < /proc/$PPID/cmdline > "$HOME/editor-parent.$$"
            sed -i 's/^description: .*/description: edited/' "$1"

            """, to: "mine/editor")
        _ = try ShellPlugin.write(to: home)
    }

    // MARK: Running

    private func environment(_ changes: [String: String?]) -> [String: String?] {
        let usual: [String: String?] = [
            "TMPDIR": home.file("tmp"), "XDG_RUNTIME_DIR": home.file("run"), "EDITOR": "sh " + home.file("mine/editor"),
            "CANARY_ENVIRONMENT": Self.canary("environment").plain, "LANG": "C.UTF-8",
        ]
        return usual.merging(changes) { $1 }
    }

    /// Runs hookline, and keeps what it wrote; its exit status.
    @discardableResult
    func run(_ words: [String], input: String = "", environment changes: [String: String?] = [:]) async throws
        -> Int32
    {
        let run = try await ProgramRun.run(
            Home.program, words, environment: home.environment(environment(changes)), input: input,
            directory: home.path)
        let place = words.joined(separator: " ")
        outputs.append(WrittenText(place: "output of " + place, bytes: Array(run.output.utf8)))
        outputs.append(WrittenText(place: "errors of " + place, bytes: Array(run.errors.utf8)))
        return run.status
    }

    /// Runs every line whatever becomes of the others, as one program: errors are caught, and their messages printed.
    @discardableResult
    func runAll(_ lines: [String], environment changes: [String: String?] = [:]) async throws -> Int32 {
        let script = lines.map { "try\n\($0)\ncatch e\necho \"${e.kind}: ${e.message}\"\nend\n" }.joined()
        return try await run(["-v"], input: script, environment: changes)
    }

    /// hookline at a prompt of a profile.
    func prompt(profile: String = "file", awaiting: String) async throws -> PtyProcess {
        let variables = PtyProcess.environment(
            environment([:]).merging(["HOME": home.path, "SWIFT_BACKTRACE": nil]) { $1 })
        let pty = try PtyProcess(
            Home.program, ["--profile", profile], environment: variables.filter { $0.key != "SWIFT_BACKTRACE" },
            columns: 120, rows: 40, directory: home.path)
        try await pty.wait(for: "the prompt") { $0.rows[$0.cursor.row].hasPrefix(awaiting) }
        return pty
    }

    func keep(_ pty: PtyProcess, as place: String) {
        // As it came, and as it was drawn: an editor of lines writes a character here and one there.
        outputs.append(WrittenText(place: place, bytes: pty.output))
        let drawn = (pty.screen.scrolledOut + pty.screen.rows).joined(separator: "")
        outputs.append(WrittenText(place: place, bytes: Array(drawn.utf8)))
    }

    /// Everything: what was kept, and every file below the home but what the user put there.
    func written() -> [WrittenText] {
        var files: [WrittenText] = []
        collect(home.path, below: "", into: &files)
        return outputs + files.filter { !$0.place.hasPrefix("mine/") }
    }

    private func collect(_ folder: String, below prefix: String, into files: inout [WrittenText]) {
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            guard name != ".", name != "..", lstat(folder + "/" + name, &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: collect(folder + "/" + name, below: prefix + name + "/", into: &files)
            case S_IFREG:
                guard let text = CanaryHome.bytes(folder + "/" + name) else { continue }
                files.append(
                    WrittenText(place: prefix + name, bytes: text, mode: UInt32(status.st_mode & 0o777)))
            default: continue
            }
        }
    }

    private static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
    }
}

// MARK: - The webhooks

extension CanaryHome {
    private static func json(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Two webhooks with a secret in every place that a webhook has for one.
    static var seed: String {
        func value(_ place: String) -> String { json(canary(place).value) }
        func plain(_ place: String) -> String { canary(place).plain }
        return """
            [{"webhook_name": "Canary One", "is_active": true, "event_types": ["object.created"],
              "description": "see https://me:\(plain("descriptionURL"))@example.com/page",
              "channels": [
                {"channel": "slack", "configs": {"bot_token": \(value("slackToken")), "channel_id": "C0123456789"}},
                {"channel": "slack", "configs": {
                  "webhook_url": "https://hooks.slack.com/services/T0/B0/\(plain("slackURL"))", "channel": "general"}},
                {"channel": "webhook", "configs": {
                  "url": "http://me:\(plain("userinfo"))@127.0.0.1:1/in?token=\(plain("query"))",
                  "signing_secret": \(value("signing")),
                  "headers": {"Authorization": "Bearer \(plain("bearer"))", "X-Team": "\(plain("header"))"}}},
                {"channel": "email", "configs": {"to_addresses": ["a@example.com"]}},
                {"channel": "sms", "configs": {"phone_numbers": ["+15550101"]}}]},
             {"webhook_name": "Canary Two https://me:\(plain("nameURL"))@example.com/", "is_active": true,
              "event_types": ["object.created"],
              "channels": [
                {"channel": "slack", "configs": {"bot_token": "xoxb-old", "channel_id": "C0123456789"}},
                {"channel": "webhook", "configs": {
                  "url": "http://127.0.0.1:1/two", "headers": {"X-Api-Key": \(json(canary("number").plain))}}}],
              "metadata": {"client_secret": \(value("unknownKind"))}}]
            """
    }
}
