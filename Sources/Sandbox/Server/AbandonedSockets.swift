import Glibc
import WebhookModel

/// The private folders of servers that were killed, which could not remove them.
enum AbandonedSockets {
    /// A folder younger than this may be one whose server is about to listen.
    private static let age: Int64 = 60
    /// The most folders looked at in one go, so that a stop never takes long.
    private static let limit = 32

    /// Removes folders under `parent` that have the name, owner and mode of a private one, are old enough, and hold
    /// nothing but a socket that nobody answers, or nothing.
    static func sweep(_ parent: String, at now: Timestamp) {
        guard let directory = opendir(parent) else { return }
        defer { closedir(directory) }
        var looked = 0
        while looked < limit, let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard isFolderName(name) else { continue }
            looked += 1
            let folder = "\(parent)/\(name)"
            guard isOurs(folder, at: now), isDead(folder + SocketFile.socketName) else { continue }
            _ = unlink(folder + SocketFile.socketName)
            // Fails if there is anything else in it.
            _ = rmdir(folder)
        }
    }

    private static func isFolderName(_ name: String) -> Bool {
        name.hasPrefix(SocketFile.folderPrefix) && name.utf8.count == SocketFile.folderPrefix.utf8.count + 6
    }

    private static func isOurs(_ folder: String, at now: Timestamp) -> Bool {
        var status = stat()
        return lstat(folder, &status) == 0 && status.st_mode == S_IFDIR | 0o700 && status.st_uid == geteuid()
            && Int64(status.st_mtim.tv_sec) < now.seconds - age
    }

    /// Whether there is no socket, or one that nobody answers.
    private static func isDead(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return errno == ENOENT }
        return status.st_mode & S_IFMT == S_IFSOCK && !SocketFile.isAnswered(path)
    }
}
