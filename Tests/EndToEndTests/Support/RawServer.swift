import Glibc
import Synchronization
import TestSupport

/// A server on loopback that answers byte by byte as a test writes it: for answers that have no end, or no length.
final class RawServer: Sendable {
    /// One connection with the request that came on it.
    struct Peer: Sendable {
        let descriptor: Int32
        let head: String

        /// False once the peer is gone.
        @discardableResult
        func send(_ text: String) -> Bool { send(Array(text.utf8)) }

        @discardableResult
        func send(_ bytes: [UInt8]) -> Bool {
            var offset = 0
            while offset < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress! + offset, bytes.count - offset, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                offset += count
            }
            return true
        }

        /// Lets a time pass, or ends early with false when the peer goes.
        func linger(milliseconds: Int32) -> Bool {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&waiting, 1, milliseconds) == 0
        }
    }

    private let socket: LoopbackSocket
    private let received = Mutex<[String]>([])
    var base: String { socket.base }
    var port: Int { socket.port }
    /// The heads of all requests.
    var heads: [String] { received.withLock { $0 } }

    init(isIPv6: Bool = false, _ serve: @escaping @Sendable (Peer) -> Void) throws {
        socket = isIPv6 ? try LoopbackSocket(isIPv6: true) : try LoopbackSocket()
        let descriptor = socket.descriptor
        BlockingThread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                BlockingThread { [weak self] in
                    if let head = Self.read(connection) {
                        self?.received.withLock { $0.append(head) }
                        serve(Peer(descriptor: connection, head: head))
                    }
                    close(connection)
                }.start()
            }
        }.start()
    }

    deinit { shutdown(socket.descriptor, Int32(SHUT_RDWR)) }

    /// A request with its body, by its length.
    private static func read(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let length = head.split(separator: "\r\n").compactMap { line -> Int? in
                    line.lowercased().hasPrefix("content-length:") ? Int(line.dropFirst(15).drop { $0 == " " }) : nil
                }.first
                if text[end.upperBound...].utf8.count >= length ?? 0 { return head }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }
}
