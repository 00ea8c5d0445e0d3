import Glibc
import Shell
import Synchronization

/// Standard output or standard error: collected, and written in large pieces.
final class DescriptorOutput: TextOutput {
    private let descriptor: Int32
    private let capacity: Int
    private let pending = Mutex<[UInt8]>([])

    /// - Parameter capacity: bytes to collect before writing; 0 writes at once.
    init(_ descriptor: Int32, capacity: Int) {
        self.descriptor = descriptor
        self.capacity = capacity
    }

    func write(_ text: String) throws(OutputError) {
        let result = pending.withLock { bytes -> OutputError? in
            bytes.append(contentsOf: text.utf8)
            return bytes.count > capacity ? drain(&bytes) : nil
        }
        if let result { throw result }
    }

    func flush() throws(OutputError) {
        if let error = pending.withLock({ drain(&$0) }) { throw error }
    }

    private func drain(_ bytes: inout [UInt8]) -> OutputError? {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + offset, bytes.count - offset)
            }
            if count >= 0 {
                offset += count
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                let code = errno
                bytes.removeAll()
                return code == EPIPE ? .closed : .failed(failure(code))
            }
        }
        bytes.removeAll(keepingCapacity: true)
        return nil
    }

    private func failure(_ code: Int32) -> FileError {
        let name = descriptor == STDOUT_FILENO ? "standard output" : "standard error"
        return FileError(
            path: name, reason: code == ENOSPC ? .noSpace : .system(code: code, text: String(cString: strerror(code))))
    }
}
