import Glibc
import WebhookModel

/// The file of a Unix socket: its place is made ready before it is bound, and cleared away after.
struct SocketFile: Sendable {
    /// Bytes of path that `sockaddr_un` holds beside the final NUL.
    static let pathLimit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// What the names of private folders start with; six letters and digits follow.
    static let folderPrefix = "hookline-"
    /// The socket within such a folder.
    static let socketName = "/sandbox.sock"

    let path: String
    /// A folder made for this socket alone, to be removed with it.
    let ownFolder: String?

    /// A path in a fresh folder that only this user can enter, under `parent`, or under `/tmp` if the path would be too
    /// long there.
    static func makePrivate(in parent: String) throws(SandboxError) -> SocketFile {
        let name = "/\(folderPrefix)" + String(repeating: "X", count: 6)
        var parent = parent
        while parent.count > 1, parent.hasSuffix("/") { parent.removeLast() }
        if parent.utf8.count + name.utf8.count + socketName.utf8.count > pathLimit { parent = "/tmp" }
        var template = Array((parent + name).utf8CString)
        // mkdtemp makes the folder 0700, whatever the umask.
        guard mkdtemp(&template) != nil else {
            throw .fileSystem(path: parent, reason: PrivateFiles.reason(errno))
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return SocketFile(path: folder + socketName, ownFolder: folder)
    }

    /// Makes a path ready to be bound: its folder exists, and no dead socket is in the way.
    static func make(at path: String) throws(SandboxError) -> SocketFile {
        guard path.utf8.count <= pathLimit else { throw .socketPathTooLong(path: path, limit: pathLimit) }
        try PrivateFiles.makeParent(of: path)
        var status = stat()
        if lstat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFSOCK, !isAnswered(path) else { throw .addressInUse(path) }
            guard unlink(path) == 0 || errno == ENOENT else {
                throw .fileSystem(path: path, reason: PrivateFiles.reason(errno))
            }
        }
        return SocketFile(path: path, ownFolder: nil)
    }

    /// Lets only this user connect. A folder of one's own has seen to that already.
    func narrow() {
        _ = chmod(path, 0o600)
    }

    /// Clears the socket away, and with a private one what killed processes left beside it.
    func remove(at now: Timestamp) {
        _ = unlink(path)
        guard let ownFolder, let slash = ownFolder.lastIndex(of: "/") else { return }
        _ = rmdir(ownFolder)
        AbandonedSockets.sweep(String(ownFolder[..<slash]), at: now)
    }

    /// Whether somebody listens on the socket. Does not wait for one that is slow to accept: that is somebody.
    static func isAnswered(_ path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 || errno != ECONNREFUSED
    }
}
