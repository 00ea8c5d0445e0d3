/// What the shell needs of a file system; injected, so that tests can count, refuse and cut off.
package protocol FileSystem: Sendable {
    /// The file's bytes. Follows symbolic links.
    func read(_ path: String, limit: Int) throws(FileError) -> [UInt8]
    /// Replaces or creates `path` so that a reader sees the old bytes or the new ones, never a part: written aside,
    /// flushed, renamed. With `replacing` false an existing file is an error; with it, a device or a pipe is written to.
    func write(_ bytes: [UInt8], to path: String, mode: UInt32, replacing: Bool) throws(FileError)
    /// Appends in one write, creating the file with `mode` if need be. A symbolic link is an error unless it is followed.
    func append(_ bytes: [UInt8], to path: String, mode: UInt32, followingLinks: Bool) throws(FileError)
    /// Replaces one byte of a file that exists, at once or not at all. Follows no symbolic link.
    func overwrite(_ byte: UInt8, at offset: Int, of path: String) throws(FileError)
    /// Returns when what was appended or overwritten is on the disk.
    func flush(_ path: String) throws(FileError)
    /// What is at `path` (not following a final symbolic link), or nil when nothing is.
    func status(_ path: String) -> FileStatus?
    /// Where `path` leads when it is a symbolic link; otherwise, and when it leads nowhere, the path itself.
    func resolved(_ path: String) -> String
    /// Creates `path` and what is missing above it; an existing folder is left as it is.
    func createFolder(_ path: String, mode: UInt32) throws(FileError)
    /// The names in a folder, unsorted, without `.` and `..`; empty when it cannot be read.
    func names(in folder: String) -> [String]
    func remove(_ path: String) throws(FileError)
}

extension FileSystem {
    /// The bytes of a file that hookline keeps. A pipe in its place is an error, not a wait for somebody to write to it.
    func readSettings(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        if status(resolved(path))?.kind == .pipe { throw FileError(path: path, reason: .isPipe) }
        return try read(path, limit: limit)
    }
}

package struct FileStatus: Hashable, Sendable {
    /// `pipe` is a named pipe or a socket: opening one waits for somebody else.
    package enum Kind: Sendable { case file, folder, symbolicLink, pipe, other }

    package var kind: Kind
    /// The permission bits, `0o777` at most.
    package var mode: UInt32
    package var isOwnedByUser: Bool
    package var isOwnedByRoot: Bool
    /// In bytes.
    package var size: Int

    package init(kind: Kind, mode: UInt32, isOwnedByUser: Bool, isOwnedByRoot: Bool = false, size: Int = 0) {
        self.isOwnedByRoot = isOwnedByRoot
        self.size = size
        self.kind = kind
        self.mode = mode
        self.isOwnedByUser = isOwnedByUser
    }
}

extension FileStatus {
    /// Whether somebody else, root apart, may have written it.
    package var isOthersToWrite: Bool { !(isOwnedByUser || isOwnedByRoot) || mode & 0o022 != 0 }
}

package struct FileError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case notFound, notAllowed, exists, isFolder, isPipe, noSpace, readOnly
        case tooLarge(limit: Int)
        case system(code: Int32, text: String)
        /// The task that waited for what comes was cancelled.
        case interrupted
    }

    package var path: String
    package var reason: Reason

    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }
}
