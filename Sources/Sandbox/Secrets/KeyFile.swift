import Digest
import Glibc

/// The file that holds the key under which a database's secrets are sealed: 64 hexadecimal digits and a line feed, 0600.
struct KeyFile: Sendable {
    let path: String

    /// The key in the file; a new one where there is no file. Refused are a file that others may read and one that holds
    /// something else.
    func key(orNew randomBytes: (Int) -> [UInt8]) throws(SandboxError) -> [UInt8] {
        try PrivateFiles.makeParent(of: path)
        if let key = try read() { return key }
        try make(randomBytes(SecretBox.keySize), suffix: Hexadecimal.text(randomBytes(6)))
        guard let key = try read() else { throw .fileSystem(path: path, reason: PrivateFiles.reason(ENOENT)) }
        return key
    }

    private func read() throws(SandboxError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .fileSystem(path: path, reason: PrivateFiles.reason(errno))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .fileSystem(path: path, reason: PrivateFiles.reason(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0 else {
            throw .fileSystem(path: path, reason: "others may read this key: make it 0600")
        }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        guard text.last?.isNewline == true, let key = Hexadecimal.bytes(text.dropLast()), key.count == SecretBox.keySize
        else { throw .fileSystem(path: path, reason: "it holds no key") }
        return key
    }

    /// Written aside, then linked: of servers that start at once one makes the file, and none sees half of it.
    private func make(_ key: [UInt8], suffix: String) throws(SandboxError) {
        let aside = "\(path).\(suffix)"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .fileSystem(path: aside, reason: PrivateFiles.reason(errno)) }
        let text = Array((Hexadecimal.text(key) + "\n").utf8)
        let isWritten = write(descriptor, text, text.count) == text.count && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        defer { unlink(aside) }
        guard isWritten else { throw .fileSystem(path: aside, reason: PrivateFiles.reason(code)) }
        guard link(aside, path) == 0 || errno == EEXIST else {
            throw .fileSystem(path: path, reason: PrivateFiles.reason(errno))
        }
    }
}
