import Glibc

/// An empty folder that goes with its owner, the files in it too.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        var template = Array("/tmp/hookline-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw PtyProcess.SystemError(call: "mkdtemp", errno: errno) }
        path = String(cString: made)
    }

    deinit {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove(file(name)) }
            }
            closedir(folder)
        }
        rmdir(path)
    }

    /// The path of a file in it.
    package func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file of its own.
    package func write(_ bytes: [UInt8], to name: String) throws {
        guard let file = fopen(file(name), "we") else { throw PtyProcess.SystemError(call: "fopen", errno: errno) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw PtyProcess.SystemError(call: "fwrite", errno: errno)
        }
    }

    /// Reads one; nil if there is none.
    package func read(_ name: String) -> [UInt8]? {
        guard let file = fopen(file(name), "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
    }
}
