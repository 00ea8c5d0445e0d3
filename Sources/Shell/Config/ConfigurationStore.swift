/// `config.yaml` on disk: read, and changed by inserting or removing lines, so that comments and order stay.
package struct ConfigurationStore: Sendable {
    package let path: String
    private let folder: String
    private let files: any FileSystem

    package init(paths: Paths, files: any FileSystem) {
        self.path = paths.configFile
        self.folder = paths.config
        self.files = files
    }

    static let sizeLimit = 1 << 20

    /// The configuration; an empty one when there is no file.
    ///
    /// - Throws: `ConfigurationError`; `untrusted` when somebody else may have written it,
    ///   `tooOpen` when it holds a key and its mode lets others in.
    package func load() throws(ConfigurationError) -> Configuration {
        let status = files.status(files.resolved(path))
        if let status, status.isOthersToWrite {
            let isOwn = status.isOwnedByUser || status.isOwnedByRoot
            throw ConfigurationError(path: path, reason: .untrusted(mode: status.mode, isOwn: isOwn))
        }
        let configuration = try ConfigurationReader.read(try text(), path: path)
        if configuration.holdsKey, let status, status.mode & 0o077 != 0 {
            throw ConfigurationError(path: path, reason: .tooOpen(mode: status.mode))
        }
        return configuration
    }

    /// Changes the text and writes it, private, after the result has been read back without an error.
    ///
    /// - Throws: what `load()` throws for the text, `notEditable`; the file is then as it was.
    package func change(
        _ edit: (inout ConfigurationText) throws(ConfigurationError) -> Void
    ) throws(ConfigurationError) {
        let text = try changed(edit)
        do throws(FileError) {
            try files.createFolder(folder, mode: 0o700)
            try files.write(Array(text.utf8), to: files.resolved(path), mode: 0o600, replacing: true)
        } catch {
            throw ConfigurationError(path: path, reason: .unreadable(error.reason))
        }
    }

    /// The text after a change, which is not written: to find out beforehand whether the change can be made.
    ///
    /// - Throws: as `change` does.
    @discardableResult
    package func changed(
        _ edit: (inout ConfigurationText) throws(ConfigurationError) -> Void
    ) throws(ConfigurationError) -> String {
        let old = try text()
        _ = try ConfigurationReader.read(old, path: path)
        var text = try ConfigurationText(old, path: path)
        try edit(&text)
        guard text.text.utf8.count <= Self.sizeLimit else { throw ConfigurationError(path: path, reason: .tooLarge) }
        _ = try ConfigurationReader.read(text.text, path: path)
        return text.text
    }

    private func text() throws(ConfigurationError) -> String {
        do throws(FileError) {
            let bytes = try files.readSettings(path, limit: Self.sizeLimit)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw FileError(path: path, reason: .system(code: 0, text: "it is not UTF-8"))
            }
            return text
        } catch {
            switch error.reason {
            case .notFound: return ""
            case .tooLarge: throw ConfigurationError(path: path, reason: .tooLarge)
            default: throw ConfigurationError(path: path, reason: .unreadable(error.reason))
            }
        }
    }
}
