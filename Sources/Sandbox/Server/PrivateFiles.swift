import Glibc

/// Files and folders that only this user can read.
enum PrivateFiles {
    /// Makes the folder that holds `path`, 0700, with those above it that are missing. One that exists stays as it is.
    static func makeParent(of path: String) throws(SandboxError) {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        let folder = String(path[..<slash])
        guard mkdir(folder, 0o700) != 0 else { return }
        switch errno {
        case EEXIST: return
        case ENOENT:
            try makeParent(of: folder)
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw .fileSystem(path: folder, reason: reason(errno))
            }
        case let code: throw .fileSystem(path: folder, reason: reason(code))
        }
    }

    /// Makes a database file, or narrows one that exists, to 0600; refuses what is none of ours. SQLite gives its companions (`-wal`, `-shm`) the same.
    static func makeDatabase(at path: String) throws(SandboxError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw .fileSystem(path: path, reason: reason(errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .fileSystem(path: path, reason: reason(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notASandboxDatabase(path: path) }
        var header = [UInt8](repeating: 0, count: DatabaseFileHeader.length)
        let count = Glibc.read(descriptor, &header, header.count)
        guard DatabaseFileHeader.mayBeOurs(Array(header.prefix(max(0, count)))) else {
            throw .notASandboxDatabase(path: path)
        }
        if status.st_mode & 0o077 != 0, fchmod(descriptor, 0o600) != 0 {
            throw .fileSystem(path: path, reason: reason(errno))
        }
    }

    /// The bytes of a file; at most `limit` of them.
    static func read(_ path: String, limit: Int) throws(SandboxError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .fileSystem(path: path, reason: reason(errno)) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .fileSystem(path: path, reason: reason(errno)) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw .fileSystem(path: path, reason: "longer than \(limit) bytes")
            }
        }
    }

    /// What the system says of an error code.
    static func reason(_ code: Int32) -> String {
        // Glibc keeps the text apart for each thread.
        String(cString: strerror(code))
    }
}
