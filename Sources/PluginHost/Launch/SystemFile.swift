import Glibc
import Synchronization

/// Files by their descriptors.
enum SystemFile {
    /// A file that cannot be used, and why.
    struct Failure: Error, Hashable, Sendable {
        let path: String
        let errno: Int32
        /// Longer than was to be read.
        var isTooLong = false
    }

    /// The bytes of a regular file; at most `limit`.
    static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(path: path, errno: errno) }
        defer { close(descriptor) }
        return try read(descriptor, path: path, limit: limit)
    }

    static func read(_ descriptor: Int32, path: String, limit: Int) throws(Failure) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(path: path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(path: path, errno: EINVAL) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(limit, Int(status.st_size)) + 1)
        var piece = [UInt8](repeating: 0, count: min(1 << 16, max(4096, Int(status.st_size) + 1)))
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(path: path, errno: errno) }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= limit else { throw Failure(path: path, errno: EFBIG, isTooLong: true) }
        }
    }

    /// Makes a folder and those above it, private to the user; one that exists stays as it is.
    static func makeFolder(_ path: String) throws(Failure) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw Failure(path: path, errno: errno)
        }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Failure(path: path, errno: errno) }
    }

    /// Tells files that are written at once apart.
    private static let counter = Atomic(0)

    /// Writes a file whole or not at all: aside, synced, then renamed.
    static func replace(_ path: String, with bytes: [UInt8], mode: mode_t) throws(Failure) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let aside = "\(path).\(getpid()).\(counter.add(1, ordering: .relaxed).newValue)"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(path: path, errno: errno) }
        do throws(Failure) {
            defer { close(descriptor) }
            try write(bytes, to: descriptor, path: path)
            guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw Failure(path: path, errno: errno) }
        } catch {
            unlink(aside)
            throw error
        }
        guard rename(aside, path) == 0 else {
            let reason = errno
            unlink(aside)
            throw Failure(path: path, errno: reason)
        }
        let parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if parent >= 0 {
            fsync(parent)
            close(parent)
        }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(Failure) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + offset, bytes.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(path: path, errno: errno) }
            offset += count
        }
    }

    static func isExecutable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }

    /// The names in a folder, sorted by their bytes; nil where it cannot be read.
    static func names(in folder: String) -> [String]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func realPath(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
