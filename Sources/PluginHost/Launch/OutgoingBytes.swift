import Glibc

/// What is still to be written to a plugin, in order; written as far as the pipe takes it, never waiting.
struct OutgoingBytes: Sendable {
    private var chunks: [[UInt8]] = []
    /// Bytes of the first chunk that are written.
    private var offset = 0

    var isEmpty: Bool { chunks.isEmpty }

    mutating func append(_ bytes: [UInt8]) {
        if !bytes.isEmpty { chunks.append(bytes) }
    }

    mutating func removeAll() {
        chunks = []
        offset = 0
    }

    /// Writes what the descriptor takes. False once the other side is gone.
    mutating func write(to descriptor: Int32) -> Bool {
        while let chunk = chunks.first {
            let count = chunk.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + offset, chunk.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                return errno == EAGAIN
            }
            offset += count
            if offset == chunk.count {
                chunks.removeFirst()
                offset = 0
            }
        }
        return true
    }
}
