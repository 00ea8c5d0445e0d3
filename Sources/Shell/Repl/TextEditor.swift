import Synchronization

/// The user's own editor on a text, by way of a private file that is gone afterwards.
struct TextEditor: Sendable {
    enum Failure: Error, Hashable, Sendable {
        /// Neither `VISUAL` nor `EDITOR` is set, or there is no place for a private file.
        case none
        /// It ended with this status.
        case failed(editor: String, status: Int32)
        case notText
    }

    let environment: ShellEnvironment
    /// `yaml`, so that the editor knows what it is.
    let suffix: String

    private static let limit = 64 << 20
    private static let count = Mutex(0)

    /// What the text became.
    func edit(_ text: String) async throws -> String {
        guard let editor, let folder = environment.paths?.state else { throw Failure.none }
        let path = folder + "/" + name
        let files = environment.files
        try files.createFolder(folder, mode: 0o700)
        try files.write(Array(text.utf8), to: path, mode: 0o600, replacing: false)
        defer { try? files.remove(path) }
        let result = await environment.processes.run(.shell(redirection + editor, arguments: [path]))
        guard result.status == 0 else { throw Failure.failed(editor: editor, status: result.status) }
        guard let edited = String(validating: try files.read(path, limit: Self.limit), as: UTF8.self) else {
            throw Failure.notText
        }
        return edited
    }

    /// Its output is the terminal, where there is one, and not ours, which is collected.
    private var redirection: String {
        environment.terminal.inputIsTerminal ? "</dev/tty >/dev/tty 2>&1 " : "</dev/null >/dev/null "
    }

    /// A shell command line, as every program takes it.
    private var editor: String? {
        for name in ["VISUAL", "EDITOR"] {
            if let value = environment.variables[name], !value.allSatisfy(\.isWhitespace) { return value }
        }
        return environment.variables["TERM"] == nil || !environment.terminal.inputIsTerminal ? nil : "vi"
    }

    /// No other session has the same.
    private var name: String {
        let number = Self.count.withLock { count in
            count += 1
            return count
        }
        let now = environment.now()
        return "edit-\(now.seconds)-\(now.nanoseconds)-\(number).\(suffix)"
    }
}
