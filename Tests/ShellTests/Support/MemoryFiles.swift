import Synchronization

@testable import Shell

/// A file system in memory, with what a test wants to see refused.
final class MemoryFiles: FileSystem {
    struct File: Sendable {
        var bytes: [UInt8]
        var mode: UInt32
        var isOwn = true
    }

    private let files = Mutex<[String: File]>([:])
    private let refusal = Mutex<FileError.Reason?>(nil)

    func put(_ text: String, at path: String, mode: UInt32 = 0o600, isOwn: Bool = true) {
        files.withLock { $0[path] = File(bytes: Array(text.utf8), mode: mode, isOwn: isOwn) }
    }

    /// Every file there is.
    var paths: [String] { files.withLock { $0.keys.sorted() } }

    func text(_ path: String) -> String? {
        files.withLock { $0[path].map { String(decoding: $0.bytes, as: UTF8.self) } }
    }
    func mode(_ path: String) -> UInt32? { files.withLock { $0[path]?.mode } }
    func refuseWrites(_ reason: FileError.Reason?) { refusal.withLock { $0 = reason } }

    func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        guard let file = files.withLock({ $0[resolved(path)] }) else { throw FileError(path: path, reason: .notFound) }
        guard file.bytes.count <= limit else { throw FileError(path: path, reason: .tooLarge(limit: limit)) }
        return file.bytes
    }

    func write(_ bytes: [UInt8], to path: String, mode: UInt32, replacing: Bool) throws(FileError) {
        if let reason = refusal.withLock({ $0 }) { throw FileError(path: path, reason: reason) }
        let exists = files.withLock { files in
            if files[path] != nil, !replacing { return true }
            files[path] = File(bytes: bytes, mode: mode)
            return false
        }
        if exists { throw FileError(path: path, reason: .exists) }
    }

    func append(_ bytes: [UInt8], to path: String, mode: UInt32, followingLinks: Bool) throws(FileError) {
        if let reason = refusal.withLock({ $0 }) { throw FileError(path: path, reason: reason) }
        files.withLock { $0[path, default: File(bytes: [], mode: mode)].bytes += bytes }
    }

    func overwrite(_ byte: UInt8, at offset: Int, of path: String) throws(FileError) {
        if let reason = refusal.withLock({ $0 }) { throw FileError(path: path, reason: reason) }
        files.withLock { $0[path]?.bytes[offset] = byte }
    }

    func flush(_ path: String) throws(FileError) {}

    func status(_ path: String) -> FileStatus? {
        files.withLock { $0[path] }.map {
            FileStatus(kind: .file, mode: $0.mode, isOwnedByUser: $0.isOwn, size: $0.bytes.count)
        }
    }

    /// Without `.` and `..`: there are no links here.
    func resolved(_ path: String) -> String {
        var names: [Substring] = []
        for name in path.split(separator: "/") where name != "." {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        return "/" + names.joined(separator: "/")
    }

    func createFolder(_ path: String, mode: UInt32) throws(FileError) {}

    func names(in folder: String) -> [String] {
        files.withLock { Array($0.keys) }.filter { $0.hasPrefix(folder + "/") }.map {
            String($0.dropFirst(folder.count + 1))
        }
    }

    func remove(_ path: String) throws(FileError) { _ = files.withLock { $0.removeValue(forKey: path) } }
}
