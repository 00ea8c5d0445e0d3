import Glibc

/// Wakes a thread that waits in `poll`: signal handlers and other threads write to it, the thread drains it.
final class WakePipe: Sendable {
    let readEnd: Int32
    let writeEnd: Int32

    /// nil when the process has no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        // A pair of sockets, because pipe2, which sets the flags at once too, is not in Swift's view of the C library.
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        guard socketpair(AF_UNIX, Int32(kind), 0, &ends) == 0 else { return nil }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// A pipe that is full has woken its reader already.
    func wake() {
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }

    /// Takes what has been written since the last time.
    func drain() -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64)
        while true {
            let count = read(readEnd, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }
}
