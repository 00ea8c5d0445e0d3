import Glibc
import TestSupport

/// A user's empty home, and hookline run by that user.
final class Home: Sendable {
    private let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path
    }

    deinit { Self.empty(path) }

    static var program: String { HelperProgram.path("hookline") }

    /// What the user's shell sets.
    func environment(_ changes: [String: String?] = [:]) -> [String: String] {
        var variables = [
            "HOME": path, "TMPDIR": path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
        ]
        for (name, value) in changes { variables[name] = value }
        return variables
    }

    func hookline(
        _ words: String..., input: String = "", environment: [String: String?] = [:]
    ) async throws -> ProgramRun {
        try await ProgramRun.run(
            Self.program, words, environment: self.environment(environment), input: input, directory: path)
    }

    /// A configuration whose default profile is this server, known to show secrets, and without limits on commits.
    func configure(_ server: ServedSandbox) throws {
        for folder in ["/.config", "/.config/hookline"] { mkdir(path + folder, 0o700) }
        let text = """
            default: served
            profiles:
              served:
                base: \(server.base)
                key: \(ServedSandbox.key)
                secrets: plain
                max_changes: none
                max_percent: none
                request_timeout: 1s

            """
        try write(text, to: ".config/hookline/config.yaml")
        chmod(file(".config/hookline/config.yaml"), 0o600)
    }

    /// hookline, begun and not waited for; what it writes is lost.
    func start(_ words: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in [(0, O_RDONLY), (1, O_WRONLY), (2, O_WRONLY)] {
            posix_spawn_file_actions_addopen(&actions, Int32(stream.0), "/dev/null", stream.1, 0)
        }
        var arguments = ([Self.program] + words).map { strdup($0) } + [nil]
        var variables = environment().map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in arguments + variables { free(word) } }
        var process = pid_t()
        let failure = posix_spawn(&process, Self.program, &actions, nil, &arguments, &variables)
        guard failure == 0 else { throw ProgramRun.Failure(description: String(cString: strerror(failure))) }
        return process
    }

    /// hookline at the prompt, once the prompt is there.
    func prompt(
        _ words: [String] = [], columns: Int = 80, rows: Int = 24, type: String? = "xterm-256color"
    ) async throws -> PtyProcess {
        let variables = PtyProcess.environment(["HOME": path, "TMPDIR": path], type: type)
        let pty = try PtyProcess(
            Self.program, words, environment: variables, columns: columns, rows: rows, directory: path)
        try await pty.wait(forLine: "sandbox>", column: 9)
        return pty
    }

    func write(_ text: String, to name: String) throws { try folder.write(Array(text.utf8), to: name) }
    func file(_ name: String) -> String { folder.file(name) }
    func read(_ name: String) -> String? { folder.read(name).map { String(decoding: $0, as: UTF8.self) } }

    private static func empty(_ path: String) {
        guard let stream = opendir(path) else { return }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let child = path + "/" + name
            if unlink(child) != 0 {
                empty(child)
                rmdir(child)
            }
        }
        closedir(stream)
    }
}
