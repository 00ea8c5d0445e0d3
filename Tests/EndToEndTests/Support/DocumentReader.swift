import Glibc
import TestSupport

/// Somebody who follows a page to the letter: a home of their own, the project's folders where the page has them,
/// profiles of a served sandbox, and yes as the answer to every question.
final class DocumentReader {
    struct Complaint: Error, CustomStringConvertible {
        let description: String
    }

    let home: Home
    private let server: ServedSandbox
    private static let project = DocumentPage("").path

    init() async throws {
        home = try Home()
        server = try await ServedSandbox(home, ["--key", "sk_test_production"])
        mkdir(home.file("scripts"), 0o700)
        for name in ["plugins", "docs", "scripts/batch", "scripts/lib"] {
            symlink(Self.project + name, home.file(name))
        }
        // It builds, and starts what was built: here that is done.
        try home.write("#!/bin/sh\nexec hookline \"$@\"\n", to: "scripts/run")
        chmod(home.file("scripts/run"), 0o755)
        for folder in [".config", ".config/hookline"] { mkdir(home.file(folder), 0o700) }
        try home.write(
            "profiles:\n"
                + [("staging", ServedSandbox.key), ("production", "sk_test_production")].map {
                    "  \($0): {base: \"\(server.base)\", key: \($1), secrets: plain}\n"
                }.joined(), to: ".config/hookline/config.yaml")
        chmod(home.file(".config/hookline/config.yaml"), 0o600)
    }

    private var environment: [String: String] {
        let programs = Home.program.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        return PtyProcess.environment([
            "HOME": home.path, "TMPDIR": home.path, "PATH": programs + ":/usr/bin:/bin", "EDITOR": "true",
            "HOOKLINE_SMTP_PASSWORD": "a word", "HOOKLINE_SMS_TOKEN": "a word", "SERVED_BASE": server.base,
        ])
    }

    // MARK: A shell

    /// The exit status of a line that a shell is given, and what was shown.
    func shell(_ line: String) async throws -> (status: Int32, shown: String) {
        let pty = try terminal("/bin/sh", ["-c", line])
        while try await !hasEnded(pty, orAsks: { Self.answer(to: $0, pty) != nil }) {
            if let answer = Self.answer(to: pty.screen, pty) { try await give(answer, to: pty) }
        }
        return (try await Self.status(pty), pty.screen.text)
    }

    /// The same for a line that goes on until Ctrl-C, which comes once it has said something.
    func shellUntilInterrupted(_ line: String) async throws -> (status: Int32, shown: String) {
        let pty = try terminal("/bin/sh", ["-c", "exec " + line])
        try await pty.wait(for: "a word of \(line)") { !$0.text.isEmpty }
        try await pty.type(Key.control("c"))
        return (try await Self.status(pty), pty.screen.text)
    }

    // MARK: The prompt

    private static let prompt = "==="

    /// Types lines at a prompt, one after another; answers what went wrong.
    func type(_ lines: [String]) async throws -> [String] {
        let pty = try terminal(Home.program, ["-q"])
        try await pty.wait(forInput: "sandbox>")
        var complaints: [String] = []
        for line in ["option prompt '\(Self.prompt){ [status]}> '"] + lines {
            try await give(line, to: pty)
            while !isAtPrompt(pty.screen) {
                try await pty.wait(for: "the prompt behind \(line)") {
                    isAtPrompt($0) || Self.answer(to: $0, pty) != nil
                }
                if let answer = Self.answer(to: pty.screen, pty) { try await give(answer, to: pty) }
            }
            let row = pty.screen.rows[pty.screen.cursor.row]
            if row.hasPrefix(Self.prompt), row != Self.prompt + ">" { complaints.append("\(line)\n\(pty.screen.text)") }
        }
        return complaints
    }

    private func isAtPrompt(_ screen: TerminalScreen) -> Bool {
        let row = screen.rows[screen.cursor.row]
        return row == "..." || row.hasPrefix(Self.prompt) && row.hasSuffix(">")
    }

    // MARK: The terminal

    private func terminal(_ program: String, _ words: [String]) throws -> PtyProcess {
        try PtyProcess(program, words, environment: environment, columns: 150, rows: 50, directory: home.path)
    }

    /// What a question on the line with the cursor is answered with; nil if there is none.
    private static func answer(to screen: TerminalScreen, _ pty: PtyProcess) -> String? {
        let row = screen.rows[screen.cursor.row]
        if row.hasSuffix("[y/N]") { return "y" }
        return row.hasSuffix(":") && pty.modes?.echoes == false ? "xoxb-a-new-one" : nil
    }

    /// Types a line, and waits until Enter was taken.
    private func give(_ line: String, to pty: PtyProcess) async throws {
        let row = pty.screen.scrolledOut.count + pty.screen.cursor.row
        try await pty.type(line + "\r")
        _ = try await hasEnded(pty, orAsks: { $0.scrolledOut.count + $0.cursor.row > row })
    }

    private func hasEnded(_ pty: PtyProcess, orAsks condition: (TerminalScreen) -> Bool) async throws -> Bool {
        do {
            try await pty.wait(for: "an end or a question", condition)
            return false
        } catch is PtyProcess.Timeout {
            return true
        }
    }

    private static func status(_ pty: PtyProcess) async throws -> Int32 {
        switch try await pty.waitForEnd() {
        case .exited(let status): status
        case .killed(let signal): 128 + signal
        }
    }
}
