import Glibc
import TestSupport

/// hookline at its prompt, on a pseudo-terminal.
enum PromptSession {
    /// The sizes that everything at the prompt is tried at.
    static let sizes = [WindowShape(columns: 80, rows: 24), WindowShape(columns: 40, rows: 10)]

    /// Starts the sandbox's prompt in a home, and waits for it.
    static func start(
        _ home: Home, _ words: [String] = ["--sandbox"], size: WindowShape = sizes[0],
        environment changes: [String: String?] = [:], type: String? = "xterm-256color", language: String? = "C.UTF-8",
        awaiting prompt: String = "sandbox>"
    ) async throws -> PtyProcess {
        let folders: [String: String?] = ["HOME": home.path, "TMPDIR": home.path]
        let variables = PtyProcess.environment(
            folders.merging(changes) { $1 }, type: type, language: language)
        let pty = try PtyProcess(
            Home.program, words, environment: variables, columns: size.columns, rows: size.rows, directory: home.path)
        try await pty.wait(forInput: prompt)
        return pty
    }

    /// The same with the webhook of the API's pages as the current one, and so with the list read.
    static func onExample(
        _ home: Home, size: WindowShape = sizes[0], environment: [String: String?] = [:]
    ) async throws -> PtyProcess {
        let pty = try await start(home, size: size, environment: environment)
        try await pty.type("use wh_abc123def4\r")
        try await pty.wait(forInput: prompt)
        return pty
    }

    static let prompt = "sandbox wh_abc123def4>"
}

/// A window's size in cells.
struct WindowShape: Hashable, Sendable, CustomStringConvertible {
    var columns: Int
    var rows: Int
    var description: String { "\(columns)×\(rows)" }
}

/// A server on loopback that takes requests and never answers.
final class SilentServer: Sendable {
    private let socket: LoopbackSocket

    init() throws { socket = try LoopbackSocket() }

    var base: String { socket.base }

    /// What makes hookline work on it.
    var environment: [String: String?] { ["MIXPEEK_API_KEY": "sk_test_silent", "MIXPEEK_API_BASE": base] }
}
