import HookScript

/// A recording on the disk, which is a script that can be run after a crash at any moment.
struct RecordingFile: Sendable {
    enum Failure: Error, Hashable {
        /// Somebody else writes to it.
        case changed(path: String)
    }

    let path: String
    private let files: any FileSystem
    private var size = 0

    /// Nobody else's business by default, though no secret is in it.
    private static let mode: UInt32 = 0o600

    init(path: String, files: any FileSystem) {
        self.path = path
        self.files = files
    }

    /// Begins the file.
    mutating func create(_ head: String, replacing: Bool) throws(FileError) {
        try files.write(Array(head.utf8), to: path, mode: Self.mode, replacing: replacing)
        size = head.utf8.count
    }

    /// Adds a statement of one line, or a comment.
    ///
    /// What is appended may be cut off anywhere by a crash. So the line is a comment until all of it is on the disk; then
    /// its first byte is put right, and one byte is there or not.
    mutating func append(_ line: String) throws {
        guard isOurs else { throw Failure.changed(path: path) }
        var bytes = Array(line.utf8) + [0x0A]
        let first = bytes[0]
        bytes[0] = 0x23
        try files.append(bytes, to: path, mode: Self.mode, followingLinks: false)
        try files.flush(path)
        if first != 0x23 {
            try files.overwrite(first, at: size, of: path)
            try files.flush(path)
        }
        size += bytes.count
    }

    /// Whether the file is still the one that was begun: a file of the same length, and no link to another.
    private var isOurs: Bool {
        guard let status = files.status(path) else { return false }
        return status.kind == .file && status.size == size
    }

    /// Changes the text as a whole, at once or not at all.
    mutating func rewrite(_ change: (String) throws -> String) throws {
        guard isOurs else { throw Failure.changed(path: path) }
        let text = try change(String(decoding: try files.read(path, limit: .max), as: UTF8.self))
        try files.write(Array(text.utf8), to: path, mode: files.status(path)?.mode ?? Self.mode, replacing: true)
        size = text.utf8.count
    }
}
