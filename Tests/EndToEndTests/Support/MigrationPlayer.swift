import Glibc
import TestSupport

/// Plays the scenes of the migration, one after another, on a served sandbox of 60 webhooks with a production profile.
final class MigrationPlayer {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let home: Home
    /// Somebody else's, with a profile of the same organization.
    private let otherHome: Home
    private let server: ServedSandbox
    private var pty: PtyProcess

    init() async throws {
        home = try Home()
        otherHome = try Home()
        server = try await ServedSandbox(home, ["--seed", "samples:60"])
        for home in [home, otherHome] { try Self.configure(home, base: server.base) }
        pty = try await Self.start(home, host: Self.host(of: server))
    }

    /// What was shown, from the prompt where the scene began to the prompt where it ended.
    func play(_ scene: MigrationScene) async throws -> String {
        var lines: [String] = []
        var start = position
        for step in scene.steps {
            switch step {
            case .line(let text): try await type(text + "\r", untilPrompt)
            case .asked(let text, let question):
                try await type(text + "\r") { $0.hasSuffix(question) }
            case .interrupt: try await type(Key.control("c"), untilPrompt)
            case .somebodyElse(let text): lines += try await somebodyElse(text)
            case .killed:
                pty.send(signal: SIGKILL)
                _ = try await pty.waitForEnd()
                pty = try await Self.start(home, host: Self.host(of: server))
                // Behind the greeting, which has the version.
                start = 1
            }
        }
        lines += transcript[start..<position]
        return normalised(lines).joined(separator: "\n")
    }

    // MARK: The program

    /// Types keys that end the line, and waits for the line with the cursor to be as wanted.
    private func type(_ keys: String, _ isWanted: (String) -> Bool) async throws {
        let before = position
        try await pty.type(keys)
        try await pty.wait(for: "what follows \(keys)") { screen in
            screen.scrolledOut.count + screen.cursor.row > before && isWanted(screen.rows[screen.cursor.row])
        }
    }

    private func untilPrompt(_ line: String) -> Bool { line.hasPrefix("acme@") && line.hasSuffix(">") }

    /// The row with the cursor, counted from the start.
    private var position: Int { pty.screen.scrolledOut.count + pty.screen.cursor.row }

    private var transcript: [String] { pty.screen.scrolledOut + pty.screen.rows }

    private func somebodyElse(_ text: String) async throws -> [String] {
        let run = try await otherHome.hookline("-c", text)
        guard run.status == 0 else { throw Failure(description: "\(text): \(run.status)\n\(run.errors)") }
        return ["$ hookline -c \"\(text)\""] + run.errors.split(separator: "\n").map(String.init) + run.lines
    }

    private static func start(_ home: Home, host: String) async throws -> PtyProcess {
        try await PromptSession.start(
            home, [], size: WindowShape(columns: 160, rows: 50), awaiting: "acme@\(host)>")
    }

    private static func configure(_ home: Home, base: String) throws {
        for folder in [".config", ".config/hookline"] { mkdir(home.file(folder), 0o700) }
        let name = ".config/hookline/config.yaml"
        try home.write(
            """
            default: acme
            profiles:
              acme:
                base: \(base)
                key: \(ServedSandbox.key)
                production: true
                tier: pro
                secrets: plain

            """, to: name)
        chmod(home.file(name), 0o600)
    }

    private static func host(of server: ServedSandbox) -> String { String(server.base.dropFirst("http://".count)) }

    // MARK: What differs from run to run

    /// Ports, folders and times as fixed ones; of a plan's webhooks the first two.
    private func normalised(_ lines: [String]) -> [String] {
        Self.abridged(
            lines.map { line in
                let line = line.replacing(Self.host(of: server), with: "127.0.0.1:40000")
                    .replacing(home.path, with: "/home/me")
                return Self.withFixedTime(line)
            })
    }

    /// Times lose their fractions, of which a table's width depends, and become one time.
    private static func withFixedTime(_ line: String) -> String {
        let time = "2026-03-02T09:00:00Z"
        let found = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/
        let cell = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z {2,}/
        let heading = /^RUN  AT {2,}/
        return line.replacing(heading, with: "RUN  AT" + String(repeating: " ", count: time.count))
            .replacing(cell, with: time + "  ").replacing(found, with: time)
    }

    private static func abridged(_ lines: [String]) -> [String] {
        var result: [String] = []
        var count = 0
        for line in lines {
            if ["  create ", "  update ", "  delete "].contains(where: { line.hasPrefix($0) }) {
                count += 1
                if count == 3 { result.append("  …") }
            } else if !line.hasPrefix("    ") {
                count = 0
            }
            if count < 3 { result.append(line) }
        }
        return result
    }
}
