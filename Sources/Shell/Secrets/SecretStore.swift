import LosslessJSON

/// The named secrets that `${secret:NAME}` reads: a private file, or a command of the user's own.
package struct SecretStore: Sendable {
    package enum Failure: Error, Hashable, Sendable {
        case unknown(String, known: [String])
        case badName(String)
        /// Others may read the file.
        case tooOpen(path: String, mode: UInt32)
        case damaged(path: String)
        case file(FileError)
        /// A secret command is configured; it is where secrets are changed.
        case readOnly
        case commandFailed(status: Int32)
    }

    private let path: String
    private let folder: String
    private let files: any FileSystem
    private let command: String?
    private let processes: any ProcessRunner

    package init(paths: Paths, files: any FileSystem, command: String?, processes: any ProcessRunner) {
        self.path = paths.secretsFile
        self.folder = paths.config
        self.files = files
        self.command = command
        self.processes = processes
    }

    static let sizeLimit = 1 << 20

    package func secret(named name: String) async throws(Failure) -> Secret {
        try check(name)
        if let command { return try await run(command, name: name) }
        let all = try load()
        guard let text = all[name]?.string else { throw .unknown(name, known: all.names) }
        return Secret(text)
    }

    /// The names; a secret command cannot be asked for them.
    package func names() throws(Failure) -> [String] {
        guard command == nil else { throw .readOnly }
        return try load().names
    }

    package func set(_ name: String, to secret: Secret) throws(Failure) {
        try check(name)
        guard command == nil else { throw .readOnly }
        var all = try load()
        all[name] = JSON(secret.reveal())
        try store(all)
    }

    package func remove(_ name: String) throws(Failure) {
        guard command == nil else { throw .readOnly }
        var all = try load()
        guard all[name] != nil else { throw .unknown(name, known: all.names) }
        all[name] = nil
        try store(all)
    }

    private func check(_ name: String) throws(Failure) {
        guard Profile.isValidName(name) else { throw .badName(name) }
    }

    private func run(_ command: String, name: String) async throws(Failure) -> Secret {
        let result = await processes.run(.shell(command, arguments: [name]))
        guard result.status == 0, let text = result.firstLine, !text.isEmpty else {
            throw .commandFailed(status: result.status)
        }
        return Secret(text)
    }

    private func load() throws(Failure) -> JSONObject {
        guard let bytes = try read() else { return JSONObject() }
        if let status = files.status(files.resolved(path)), status.mode & 0o077 != 0 {
            throw .tooOpen(path: path, mode: status.mode)
        }
        guard let object = (try? JSON(parsing: bytes))?.object else { throw .damaged(path: path) }
        return object
    }

    private func read() throws(Failure) -> [UInt8]? {
        do throws(FileError) {
            return try files.readSettings(path, limit: Self.sizeLimit)
        } catch {
            if error.reason == .notFound { return nil }
            throw .file(error)
        }
    }

    private func store(_ all: JSONObject) throws(Failure) {
        do throws(FileError) {
            try files.createFolder(folder, mode: 0o700)
            try files.write(JSON(all).bytes(.pretty), to: files.resolved(path), mode: 0o600, replacing: true)
        } catch {
            throw .file(error)
        }
    }
}

extension JSONObject {
    fileprivate var names: [String] { map { $0.name } }
}
