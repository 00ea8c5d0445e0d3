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

    /// What the text became; nothing is left of the file.
    func edit(_ text: String) async throws -> String {
        let sheet = try sheet(holding: text)
        defer { sheet.remove() }
        return try await sheet.edit()
    }

    /// A private file that holds the text, for as many turns as it takes. Whoever makes it removes it.
    func sheet(holding text: String) throws -> Sheet {
        guard let editor, let folder = environment.paths?.state else { throw Failure.none }
        let path = folder + "/" + name
        try environment.files.createFolder(folder, mode: 0o700)
        try environment.files.write(Array(text.utf8), to: path, mode: 0o600, replacing: false)
        return Sheet(path: path, editor: editor, redirection: redirection, environment: environment)
    }

    struct Sheet: Sendable {
        let path: String
        fileprivate let editor: String
        fileprivate let redirection: String
        fileprivate let environment: ShellEnvironment

        /// What the file holds once the editor has ended, with the line ends that every reader expects.
        ///
        /// - Throws: `ShellError.interrupted` when Ctrl-C ended the editor, `Failure`, `FileError`.
        func edit() async throws -> String {
            let result = await environment.processes.run(.shell(redirection + editor, arguments: [path]))
            if result.status == 128 + 2 { throw ShellError.interrupted }
            guard result.status == 0 else { throw Failure.failed(editor: editor, status: result.status) }
            guard let edited = String(validating: try bytes(), as: UTF8.self) else { throw Failure.notText }
            return edited.replacing("\r\n", with: "\n")
        }

        func bytes() throws(FileError) -> [UInt8] { try environment.files.read(path, limit: TextEditor.limit) }

        func write(_ text: String) throws(FileError) { try write(Array(text.utf8)) }

        /// Whether somebody's work is in it, which is then there to stay, for nobody else to read.
        func isKept(besides text: String) -> Bool {
            guard let bytes = try? bytes(), !bytes.elementsEqual(text.utf8) else { return false }
            // An editor may have put a file with other permissions in its place.
            let mode = environment.files.status(path)?.mode ?? 0
            if mode & 0o077 != 0 { try? write(bytes) }
            return true
        }

        func remove() { try? environment.files.remove(path) }

        private func write(_ bytes: [UInt8]) throws(FileError) {
            try environment.files.write(bytes, to: path, mode: 0o600, replacing: true)
        }
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
