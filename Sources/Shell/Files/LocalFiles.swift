import Glibc

/// The real file system.
package struct LocalFiles: FileSystem {
    package init() {}

    package func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let descriptor = try openToRead(path)
        defer { close(descriptor) }
        let keepsWaiting = Self.mayWait(descriptor)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if keepsWaiting { try awaitInput(descriptor, path) }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                throw failure(path)
            }
            bytes.append(contentsOf: buffer[..<count])
            if bytes.count > limit { throw FileError(path: path, reason: .tooLarge(limit: limit)) }
        }
    }

    package func write(_ bytes: [UInt8], to path: String, mode: UInt32, replacing: Bool) throws(FileError) {
        if !replacing && status(path) != nil { throw FileError(path: path, reason: .exists) }
        if replacing, let descriptor = try openSpecial(path) {
            defer { close(descriptor) }
            return try writeAll(bytes, to: descriptor, path: path)
        }
        // The process id and a counter that only grows keep two writers apart; O_EXCL refuses a planted link.
        let aside = path + ".\(getpid()).\(LocalFiles.counter.next()).new"
        let descriptor = try open(aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode: mode, named: path)
        do throws(FileError) {
            defer { close(descriptor) }
            try writeAll(bytes, to: descriptor, path: path)
            guard fsync(descriptor) == 0 else { throw failure(path) }
        } catch {
            unlink(aside)
            throw error
        }
        guard publish(aside, as: path, replacing: replacing) else {
            let error = failure(path)
            unlink(aside)
            throw error
        }
        flushFolder(of: path)
    }

    package func append(
        _ bytes: [UInt8], to path: String, mode: UInt32, followingLinks: Bool
    ) throws(FileError) {
        let links = followingLinks ? 0 : O_NOFOLLOW
        let descriptor = try open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | links, mode: mode)
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor, path: path)
    }

    package func overwrite(_ byte: UInt8, at offset: Int, of path: String) throws(FileError) {
        let descriptor = try open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW, mode: 0)
        defer { close(descriptor) }
        var byte = byte
        while true {
            let count = pwrite(descriptor, &byte, 1, offset)
            if count == 1 { return }
            if count == 0 || errno != EINTR { throw failure(path) }
        }
    }

    package func flush(_ path: String) throws(FileError) {
        let descriptor = try open(path, O_WRONLY | O_CLOEXEC, mode: 0)
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    package func status(_ path: String) -> FileStatus? {
        var info = stat()
        guard lstat(path, &info) == 0 else { return nil }
        let kind: FileStatus.Kind =
            switch info.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .symbolicLink
            case S_IFIFO, S_IFSOCK: .pipe
            default: .other
            }
        return FileStatus(
            kind: kind, mode: info.st_mode & 0o777, isOwnedByUser: info.st_uid == geteuid(),
            isOwnedByRoot: info.st_uid == 0, size: Int(info.st_size))
    }

    package func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    package func createFolder(_ path: String, mode: UInt32) throws(FileError) {
        if mkdir(path, mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw failure(path)
        }
        try createFolder(String(path[..<slash]), mode: mode)
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw failure(path) }
    }

    package func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    package func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 else { throw failure(path) }
    }

    private static let counter = Counter()

    private func open(_ path: String, _ flags: Int32, mode: UInt32, named: String? = nil) throws(FileError) -> Int32 {
        let descriptor = Glibc.open(path, flags, mode)
        guard descriptor >= 0 else { throw failure(named ?? path) }
        return descriptor
    }

    /// Standard input is read as it is: opened anew, a file would begin at its beginning once more, and a socket can't be.
    private func openToRead(_ path: String) throws(FileError) -> Int32 {
        if path == "/dev/stdin" {
            let descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
            guard descriptor >= 0 else { throw failure(path) }
            return descriptor
        }
        return try open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, mode: 0)
    }

    /// Whether a read may have to wait for somebody.
    private static func mayWait(_ descriptor: Int32) -> Bool {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { return false }
        return [S_IFIFO, S_IFSOCK, S_IFCHR].contains(info.st_mode & S_IFMT)
    }

    /// Waits for something to read, or for the end of it, as long as the task is wanted.
    private func awaitInput(_ descriptor: Int32, _ path: String) throws(FileError) {
        var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while !Task.isCancelled {
            let count = poll(&one, 1, 100)
            if count > 0 { return }
            if count < 0, errno != EINTR { throw failure(path) }
        }
        throw FileError(path: path, reason: .interrupted)
    }

    /// A device, a terminal or a pipe, to be written to as it is: a rename would put a file in its place, which root may do
    /// to /dev/null. Nil for files, folders and what is not there. A pipe that nobody reads is an error, not a wait.
    private func openSpecial(_ path: String) throws(FileError) -> Int32? {
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT != S_IFREG, info.st_mode & S_IFMT != S_IFDIR else {
            return nil
        }
        let descriptor = try open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, mode: 0)
        _ = fcntl(descriptor, F_SETFL, 0)
        return descriptor
    }

    private func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + offset, bytes.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            offset += count
        }
    }

    /// link(2) fails where the name exists, so a file that appeared meanwhile is not replaced.
    private func publish(_ aside: String, as path: String, replacing: Bool) -> Bool {
        if replacing { return rename(aside, path) == 0 }
        guard link(aside, path) == 0 else { return false }
        unlink(aside)
        return true
    }

    /// A rename is durable once its folder is; a file system that cannot flush folders has nothing to add.
    private func flushFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = Glibc.open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private func failure(_ path: String) -> FileError {
        let code = errno
        let reason: FileError.Reason =
            switch code {
            case ENOENT, ENOTDIR: .notFound
            case EACCES, EPERM: .notAllowed
            case EEXIST: .exists
            case EISDIR: .isFolder
            case ENOSPC, EDQUOT: .noSpace
            case EROFS: .readOnly
            default: .system(code: code, text: String(cString: strerror(code)))
            }
        return FileError(path: path, reason: reason)
    }
}
