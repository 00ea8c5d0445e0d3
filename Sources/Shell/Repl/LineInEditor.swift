import Synchronization

/// Ctrl-X Ctrl-E: the line in the user's own editor, by way of a private file.
struct LineInEditor: Sendable {
    let environment: ShellEnvironment

    private static let limit = 16 << 20
    private static let count = Mutex(0)

    /// The edited text; nil if there is no editor, it failed, or what it left is no text.
    func edit(_ text: String) async -> String? {
        guard let editor, let folder = environment.paths?.state else { return nil }
        let path = folder + "/" + name
        let files = environment.files
        do {
            try files.createFolder(folder, mode: 0o700)
            try files.write(Array(text.utf8) + [0x0A], to: path, mode: 0o600, replacing: false)
        } catch {
            return nil
        }
        defer { try? files.remove(path) }
        // Its output is the terminal, not ours, which is collected.
        let line = "</dev/tty >/dev/tty 2>&1 " + editor
        guard await environment.processes.run(.shell(line, arguments: [path])).status == 0 else { return nil }
        return (try? files.read(path, limit: Self.limit)).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// A shell command line, as every program takes it.
    private var editor: String? {
        for name in ["VISUAL", "EDITOR"] {
            if let value = environment.variables[name], !value.allSatisfy(\.isWhitespace) { return value }
        }
        return environment.variables["TERM"] == nil ? nil : "vi"
    }

    /// No other session has the same.
    private var name: String {
        let number = Self.count.withLock { count in
            count += 1
            return count
        }
        let now = environment.now()
        return "line-\(now.seconds)-\(now.nanoseconds)-\(number).hook"
    }
}
