import Glibc

/// The system calls of a history file: read, append, rewrite, each under a lock.
struct HistoryStorage: Sendable {
    let path: String
    let rules: HistoryRules

    /// How long another session may hold the lock (it does so for less than a millisecond) before a write gives up.
    private static let lockPatience = 5_000
    private static let lockPause = 5

    /// The entries as they were entered. Of a file far over its limit only the end is read.
    func entries() throws(HistoryError) -> [String] {
        guard let file = try open(O_RDONLY) else { return [] }
        return HistoryEncoding.entries(try read(file))
    }

    /// Adds an entry; creates the file, and rewrites it when it has grown too big.
    func append(_ entry: String) throws(HistoryError) {
        let file = try openLocked()
        var line = HistoryEncoding.line(entry)
        let size = try size(of: file)
        // A line cut off by a crash must not swallow this one.
        if size > 0, try lastByte(of: file, size: size) != 0x0A { line.insert(0x0A, at: 0) }
        try write(line, to: file)
        if size + line.count > rules.maximumFileBytes { try rewrite(file) }
    }

    /// Empties the file.
    func clear() throws(HistoryError) {
        guard try open(O_RDWR) != nil else { return }
        let file = try openLocked()
        guard ftruncate(file.number, 0) == 0 else { throw system("ftruncate") }
    }

    /// Keeps the newest entries, each once, that fit in half the limit. The new file takes the old one's name at once,
    /// so a crash leaves one or the other; sessions that wait for the old file's lock see that it lost its name.
    private func rewrite(_ file: borrowing Descriptor) throws(HistoryError) {
        var list = HistoryList(maximumEntries: rules.maximumEntries)
        list.replace(with: HistoryEncoding.entries(try read(file)))
        var budget = rules.maximumFileBytes / 2
        var lines: [[UInt8]] = []
        for entry in list.entries.reversed() {
            let line = HistoryEncoding.line(entry)
            budget -= line.count
            if budget < 0 { break }
            lines.append(line)
        }
        let target = try resolvedPath()
        let temporary = target + ".new"
        unlink(temporary)
        guard let new = try open(O_RDWR | O_CREAT | O_EXCL, at: temporary) else { throw system("open", ENOENT) }
        do throws(HistoryError) {
            try write(Array(lines.reversed().joined()), to: new)
            guard fsync(new.number) == 0 else { throw system("fsync") }
            guard rename(temporary, target) == 0 else { throw system("rename") }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// The file that a link of the user's own leads to: a rename must replace that and not the link.
    private func resolvedPath() throws(HistoryError) -> String {
        guard let resolved = realpath(path, nil) else { throw system("realpath") }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

// MARK: - Opening

extension HistoryStorage {
    /// Opens for appending under the lock, and makes sure that the locked file is the one that has the name.
    private func openLocked() throws(HistoryError) -> Descriptor {
        var waited = 0
        while true {
            guard let file = try open(O_RDWR | O_APPEND | O_CREAT) else { throw system("open", ENOENT) }
            while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
                guard errno == EWOULDBLOCK || errno == EINTR, waited < Self.lockPatience else { throw system("flock") }
                poll(nil, 0, Int32(Self.lockPause))
                waited += Self.lockPause
            }
            var named = stat()
            let mine = try status(of: file)
            if stat(path, &named) == 0, named.st_ino == mine.st_ino, named.st_dev == mine.st_dev { return file }
        }
    }

    /// Opens a regular file, readable by its owner only; nil if there is none and none is to be made.
    private func open(_ flags: Int32, at path: String? = nil) throws(HistoryError) -> Descriptor? {
        // O_NONBLOCK: a pipe in the file's place must not make us wait for a writer.
        let number = Glibc.open(path ?? self.path, flags | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard number >= 0 else {
            if errno == ENOENT, flags & O_CREAT == 0 { return nil }
            throw system("open")
        }
        let file = Descriptor(number: number)
        let status = try status(of: file)
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile(path: self.path) }
        if status.st_mode & 0o077 != 0, status.st_uid == geteuid() { fchmod(number, 0o600) }
        return file
    }

    private func status(of file: borrowing Descriptor) throws(HistoryError) -> stat {
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw system("fstat") }
        return status
    }

    private func size(of file: borrowing Descriptor) throws(HistoryError) -> Int {
        Int(try status(of: file).st_size)
    }

    private func system(_ call: String, _ number: Int32 = errno) -> HistoryError {
        .system(call: call, path: path, errno: number)
    }
}

// MARK: - Bytes

extension HistoryStorage {
    /// The file's end, at most twice the limit, from the start of a line.
    private func read(_ file: borrowing Descriptor) throws(HistoryError) -> [UInt8] {
        let size = try size(of: file)
        let start = max(0, size - 2 * rules.maximumFileBytes)
        var bytes = [UInt8](repeating: 0, count: size - start)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(file.number, buffer.baseAddress! + count, buffer.count - count, off_t(start + count))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw system("pread") }
            if got == 0 { break }
            count += got
        }
        bytes.removeSubrange(count...)
        if start > 0, let first = bytes.firstIndex(of: 0x0A) { bytes.removeSubrange(...first) }
        return bytes
    }

    private func lastByte(of file: borrowing Descriptor, size: Int) throws(HistoryError) -> UInt8 {
        var byte: UInt8 = 0
        guard pread(file.number, &byte, 1, off_t(size - 1)) == 1 else { throw system("pread") }
        return byte
    }

    private func write(_ bytes: [UInt8], to file: borrowing Descriptor) throws(HistoryError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(file.number, buffer.baseAddress! + written, buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw system("write") }
            written += count
        }
    }
}
