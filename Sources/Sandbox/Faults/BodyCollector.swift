import HTTPTypes
import Hummingbird
import HummingbirdCore
import Synchronization

/// Takes a response's body in place of a connection.
struct BodyCollector: ResponseBodyWriter {
    private final class Collected: Sendable {
        let bytes = Mutex(ByteBuffer())
    }

    private let collected = Collected()

    var bytes: ByteBuffer { collected.bytes.withLock { $0 } }

    mutating func write(_ buffer: ByteBuffer) async throws {
        collected.bytes.withLock { bytes in
            var buffer = buffer
            bytes.writeBuffer(&buffer)
        }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
