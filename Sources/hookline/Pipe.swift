import CPlatform
import Glibc

/// Both ends of a pipe(2), closed on exec.
struct Pipe: Sendable {
    let reading: Int32
    let writing: Int32

    init?() {
        var ends: [Int32] = [0, 0]
        guard platform_pipe(&ends) == 0 else { return nil }
        (reading, writing) = (ends[0], ends[1])
    }

    func closeReading() { close(reading) }
    func closeWriting() { close(writing) }

    /// Writes all of it, or what somebody reads, and closes the end.
    func feed(_ bytes: [UInt8]) {
        defer { closeWriting() }
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { write(writing, $0.baseAddress! + offset, bytes.count - offset) }
            if count < 0 && errno != EINTR { return }
            offset += max(0, count)
        }
    }

    func readToEnd() -> [UInt8] { Self.readToEnd(reading) }

    /// Reads all that comes from a descriptor, and closes it.
    static func readToEnd(_ descriptor: Int32) -> [UInt8] {
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 || (count < 0 && errno != EINTR) { return bytes }
            if count > 0 { bytes.append(contentsOf: buffer[..<count]) }
        }
    }
}
