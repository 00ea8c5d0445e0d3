import Glibc
import Synchronization
import TestSupport

/// A server on loopback that answers what it is told and remembers what it was sent: for answers no sandbox would give.
final class CannedServer: Sendable {
    struct Request: Sendable {
        var line: String
        var head: String
        var body: String
    }

    private let socket: LoopbackSocket
    var base: String { socket.base }
    private let received = Mutex<[Request]>([])

    /// - Parameter answer: the whole HTTP answer to a request.
    init(_ answer: @escaping @Sendable (Request) -> String) throws {
        socket = try LoopbackSocket()
        let descriptor = socket.descriptor
        let thread = BlockingThread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                if let request = Self.read(connection) {
                    self?.received.withLock { $0.append(request) }
                    Self.write(answer(request), to: connection)
                }
                close(connection)
            }
        }
        thread.start()
    }

    /// Lets the thread that accepts go.
    deinit { shutdown(socket.descriptor, Int32(SHUT_RDWR)) }

    var requests: [Request] { received.withLock { $0 } }

    /// An answer with its length and `Connection: close`.
    static func answer(_ status: String, type: String = "application/json", headers: String = "", _ body: String)
        -> String
    {
        "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\(headers)\r\n\(body)"
    }

    private static func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let body = String(text[end.upperBound...])
                if body.utf8.count >= contentLength(head) {
                    return Request(
                        line: head.split(separator: "\r\n").first.map(String.init) ?? "", head: head, body: body)
                }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }

    private static func contentLength(_ head: String) -> Int {
        for line in head.split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "content-length" {
                return Int(parts[1].drop { $0 == " " }) ?? 0
            }
        }
        return 0
    }

    private static func write(_ text: String, to connection: Int32) {
        let bytes = Array(text.utf8)
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(connection, $0.baseAddress! + offset, bytes.count - offset, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            offset += count
        }
    }
}
