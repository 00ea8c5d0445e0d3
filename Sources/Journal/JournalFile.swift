import Glibc
import Session

/// The journal's file as the file system has it: it holds secrets, and nobody else may read it.
enum JournalFile {
    /// Makes the folder (0700) and the file (0600) where they are missing; SQLite gives the file's companions (`-wal`,
    /// `-shm`) the same mode.
    ///
    /// - Throws: `exposed` for a folder or file that others may read or write, or that is somebody else's; `unavailable`
    ///   with what the system says.
    static func prepare(_ path: String) throws(JournalError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        try makeFolder(folder)
        try check(folder, isFolder: true)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw failure(path, errno) }
        close(descriptor)
        try checkFiles(path)
    }

    /// The same checks, with nothing made.
    static func check(_ path: String) throws(JournalError) {
        try check(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".", isFolder: true)
        try checkFiles(path)
    }

    private static func checkFiles(_ path: String) throws(JournalError) {
        for file in [path, path + "-wal", path + "-shm"] { try check(file, isFolder: false) }
    }

    private static func makeFolder(_ folder: String) throws(JournalError) {
        guard !folder.isEmpty, mkdir(folder, 0o700) != 0 else { return }
        switch errno {
        case EEXIST: return
        case ENOENT:
            guard let slash = folder.lastIndex(of: "/") else { throw failure(folder, ENOENT) }
            try makeFolder(String(folder[..<slash]))
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure(folder, errno) }
        case let code: throw failure(folder, code)
        }
    }

    /// What isn't there can't be read by others.
    private static func check(_ path: String, isFolder: Bool) throws(JournalError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw failure(path, errno)
        }
        let mode = UInt32(status.st_mode) & 0o7777
        let kind = status.st_mode & S_IFMT
        // A folder may be reached by a link: what counts is where it leads.
        if isFolder, kind == S_IFLNK {
            guard stat(path, &status) == 0 else { throw failure(path, errno) }
            return try check(status, UInt32(status.st_mode) & 0o7777, path)
        }
        guard kind == (isFolder ? S_IFDIR : S_IFREG) else {
            throw .unavailable("\(path): it is no \(isFolder ? "folder" : "file")")
        }
        try check(status, mode, path)
    }

    private static func check(_ status: stat, _ mode: UInt32, _ path: String) throws(JournalError) {
        guard mode & 0o077 == 0, status.st_uid == geteuid() else { throw .exposed(path: path, mode: mode) }
    }

    private static func failure(_ path: String, _ code: Int32) -> JournalError {
        // Glibc keeps the text apart for each thread.
        .unavailable("\(path): \(String(cString: strerror(code)))")
    }
}
