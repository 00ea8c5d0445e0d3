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

    /// hookline as a user whom modes bind: root without the right to pass over them (capabilities(7)).
    func hookline(asUser words: [String], environment: [String: String?] = [:]) async throws -> ProgramRun {
        let isRoot = geteuid() == 0
        let mark = "-dac_override,-dac_read_search"
        let drop = ["/usr/bin/setpriv", "--bounding-set=\(mark)", "--inh-caps=\(mark)"]
        let command = (isRoot ? drop : []) + [Self.program] + words
        return try await ProgramRun.run(
            command[0], Array(command.dropFirst()), environment: self.environment(environment), directory: path)
    }

    /// A script of /bin/sh in which `$HOOKLINE` is the program.
    func shell(_ script: String, environment: [String: String?] = [:], seconds: Int = 120) async throws -> ProgramRun {
        try await ProgramRun.run(
            "/bin/sh", ["-c", script],
            environment: self.environment(environment).merging(["HOOKLINE": Self.program]) { $1 },
            directory: path, seconds: seconds)
    }

    /// The same in a mount namespace of its own, whose mounts go with it; only where `Mounts.areAllowed`.
    func shellWithMounts(_ script: String, environment: [String: String?] = [:]) async throws -> ProgramRun {
        try await ProgramRun.run(
            "/usr/bin/unshare", ["-m", "/bin/sh", "-c", script],
            environment: self.environment(environment).merging(["HOOKLINE": Self.program]) { $1 }, directory: path,
            seconds: 120)
    }

    /// A configuration whose default profile is at `base`, with more members of it, each a line.
    func configure(base: String, key: String = "sk_test", _ members: String...) throws {
        for folder in ["/.config", "/.config/hookline"] { mkdir(path + folder, 0o700) }
        let lines = ["default: a", "profiles:", "  a:", "    base: \(base)", "    key: \(key)"]
        try write(
            (lines + members.map { "    " + $0 }).joined(separator: "\n") + "\n", to: ".config/hookline/config.yaml")
        chmod(file(".config/hookline/config.yaml"), 0o600)
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
                request_timeout: \(Sanitizer.isOn ? "10s" : "1s")

            """
        try write(text, to: ".config/hookline/config.yaml")
        chmod(file(".config/hookline/config.yaml"), 0o600)
    }

    /// hookline, begun and not waited for; what it writes is lost.
    func start(_ words: [String]) throws -> pid_t {
        try StartedProgram.start(
            [Self.program] + words, environment: environment(),
            streams: [.input("/dev/null"), .output("/dev/null"), .errors("/dev/null")])
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
