import Synchronization

@testable import Shell

/// Files in memory that remember everything a crash could have left of each.
final class CrashingFiles: FileSystem {
    let files = MemoryFiles()
    private let seen = Mutex<[String: [String]]>([:])

    /// What a crash at some moment would have left, in order.
    func states(_ path: String) -> [String] { seen.withLock { $0[path] ?? [] } }

    private func note(_ path: String) {
        let text = files.text(path) ?? ""
        seen.withLock { $0[path, default: []].append(text) }
    }

    func write(_ bytes: [UInt8], to path: String, mode: UInt32, replacing: Bool) throws(FileError) {
        try files.write(bytes, to: path, mode: mode, replacing: replacing)
        note(path)
    }

    func append(_ bytes: [UInt8], to path: String, mode: UInt32, followingLinks: Bool) throws(FileError) {
        for byte in bytes {
            try files.append([byte], to: path, mode: mode, followingLinks: followingLinks)
            note(path)
        }
    }

    func overwrite(_ byte: UInt8, at offset: Int, of path: String) throws(FileError) {
        try files.overwrite(byte, at: offset, of: path)
        note(path)
    }

    func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] { try files.read(path, limit: limit) }
    func flush(_ path: String) throws(FileError) { try files.flush(path) }
    func status(_ path: String) -> FileStatus? { files.status(path) }
    func resolved(_ path: String) -> String { path }
    func createFolder(_ path: String, mode: UInt32) throws(FileError) {}
    func names(in folder: String) -> [String] { files.names(in: folder) }
    func remove(_ path: String) throws(FileError) { try files.remove(path) }
}
