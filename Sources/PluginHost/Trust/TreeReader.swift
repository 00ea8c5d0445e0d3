import Digest
import Glibc

/// Why a plugin's folder cannot be pinned.
package enum TreeFailure: Error, Hashable, Sendable {
    case unreadable(path: String, errno: Int32)
    /// A link that leads out of the folder: what it means could change without the pin.
    case linkOutside(path: String)
    /// Neither a file, nor a folder, nor a link.
    case specialFile(path: String)
    /// Anybody may write it.
    case writableByAll(path: String)
    /// A name that is no UTF-8, or holds a control character.
    case invalidName(path: String)
    case tooManyEntries(limit: Int)
    case tooDeep(limit: Int)
    /// More bytes than this in all.
    case tooLarge(limit: Int)
}

/// Reads a folder for its pin. Follows no link.
struct TreeReader {
    static let entryLimit = 10_000
    static let depthLimit = 32
    static let sizeLimit = 512 << 20

    private var entries: [TreeEntry] = []
    private var size = 0
    private var buffer = [UInt8](repeating: 0, count: 128 << 10)

    /// What the folder holds, itself as `.`.
    static func read(_ folder: String) throws(TreeFailure) -> Tree {
        var reader = TreeReader()
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .unreadable(path: ".", errno: errno) }
        try reader.readFolder(descriptor, path: "", depth: 0)
        return Tree(entries: reader.entries)
    }

    /// Takes the descriptor over.
    private mutating func readFolder(_ descriptor: Int32, path: String, depth: Int) throws(TreeFailure) {
        guard let stream = fdopendir(descriptor) else {
            let reason = errno
            close(descriptor)
            throw .unreadable(path: path, errno: reason)
        }
        defer { closedir(stream) }
        guard depth <= Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, errno: errno) }
        try add(path.isEmpty ? "." : path, .folder, status.st_mode, digest: "")
        while let entry = readdir(stream) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            let parent = path.isEmpty ? "" : path + "/"
            guard let name = String(validating: bytes, as: UTF8.self), bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
            else { throw .invalidName(path: parent + String(decoding: bytes, as: UTF8.self)) }
            if name == "." || name == ".." { continue }
            try readEntry(name, in: descriptor, path: parent + name, depth: depth)
        }
    }

    private mutating func readEntry(
        _ name: String, in folder: Int32, path: String, depth: Int
    ) throws(TreeFailure) {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw .unreadable(path: path, errno: errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            let descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
            guard descriptor >= 0 else { throw .unreadable(path: path, errno: errno) }
            try readFolder(descriptor, path: path, depth: depth + 1)
        case S_IFREG:
            try add(path, .file, status.st_mode, digest: try digest(of: name, in: folder, path: path))
        case S_IFLNK:
            let target = try Self.target(of: name, in: folder, path: path)
            guard Self.staysInside(target, from: path) else { throw .linkOutside(path: path) }
            // A link's own mode means nothing.
            try add(path, .link, 0, digest: Hexadecimal.text(SHA256.digest(Array(target.utf8))))
        default:
            throw .specialFile(path: path)
        }
    }

    private mutating func add(
        _ path: String, _ kind: TreeEntry.Kind, _ mode: mode_t, digest: String
    ) throws(TreeFailure) {
        guard entries.count < Self.entryLimit else { throw .tooManyEntries(limit: Self.entryLimit) }
        guard mode & S_IWOTH == 0 || kind == .link else { throw .writableByAll(path: path) }
        entries.append(TreeEntry(path: path, kind: kind, mode: UInt32(mode & 0o7777), digest: digest))
    }

    private mutating func digest(of name: String, in folder: Int32, path: String) throws(TreeFailure) -> String {
        // Not waiting, should it have become a pipe since it was looked at.
        let file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { throw .unreadable(path: path, errno: errno) }
        defer { close(file) }
        var hash = SHA256()
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: path, errno: errno) }
            guard count > 0 else { return Hexadecimal.text(hash.digest()) }
            size += count
            guard size <= Self.sizeLimit else { throw .tooLarge(limit: Self.sizeLimit) }
            hash.update(buffer[..<count])
        }
    }

    private static func target(of name: String, in folder: Int32, path: String) throws(TreeFailure) -> String {
        var bytes = [CChar](repeating: 0, count: 4097)
        let count = readlinkat(folder, name, &bytes, 4096)
        guard count >= 0 else { throw .unreadable(path: path, errno: errno) }
        return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether a link's text, read from where the link stands, leads to a place in the folder; by its words alone.
    static func staysInside(_ target: String, from path: String) -> Bool {
        guard !target.isEmpty, !target.hasPrefix("/") else { return false }
        var depth = path.split(separator: "/").count - 1
        for part in target.split(separator: "/") where part != "." {
            depth += part == ".." ? -1 : 1
            if depth < 0 { return false }
        }
        return true
    }
}
