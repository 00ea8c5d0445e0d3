import Dispatch
import Glibc
import Sandbox

/// An answer as it came over the wire.
struct Reply: Sendable {
    var status = 0
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

enum ExchangeError: Error {
    case system(String, Int32)
    /// The connection ended, or nothing came for the time-out, before an answer was whole.
    case cutOff(received: [UInt8])
}

/// A client that writes the bytes it is given and reads one answer, each exchange on a connection of its own. It shares
/// no code with the server.
struct RawClient: Sendable {
    let address: SandboxAddress
    /// How long a read may wait.
    var timeout: Int = 300

    /// Writes the pieces one after another, then reads an answer. Blocking calls stay on a thread of their own: Swift's
    /// concurrency and the shared dispatch queues, which the server needs, have only a few.
    func exchange(_ pieces: [[UInt8]], isHead: Bool = false) async throws -> Reply {
        try await withCheckedThrowingContinuation { done in
            DispatchQueue(label: "client").async {
                done.resume(with: Result { try connection { try $0.exchange(pieces, isHead: isHead) } })
            }
        }
    }

    /// Runs a blocking conversation on one connection.
    func conversation<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing RawConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { done in
            DispatchQueue(label: "client").async { done.resume(with: Result { try connection(body) }) }
        }
    }

    private func connection<Value>(_ body: (borrowing RawConnection) throws -> Value) throws -> Value {
        try body(try RawConnection(to: address, timeout: timeout))
    }
}

/// One connection, closed at the end of its life.
struct RawConnection: ~Copyable {
    private let descriptor: Int32

    init(to address: SandboxAddress, timeout: Int) throws {
        switch address {
        case .socket(let path):
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
            try Self.connect(descriptor, &name)
        case .tcp(let host, let port):
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = UInt16(port).bigEndian
            inet_pton(AF_INET, host, &name.sin_addr)
            try Self.connect(descriptor, &name)
        }
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Runs where `init` throws, too.
    deinit { close(descriptor) }

    private static func connect<Name>(_ descriptor: Int32, _ name: inout Name) throws {
        let result = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Name>.size))
            }
        }
        guard result == 0 else { throw ExchangeError.system("connect", errno) }
    }

    func exchange(_ pieces: [[UInt8]], isHead: Bool = false) throws -> Reply {
        // A server may answer and close before it has been sent everything.
        for piece in pieces where !write(piece) { break }
        return try readReply(isHead: isHead)
    }

    /// False once the other side takes no more.
    func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func readReply(isHead: Bool = false) throws -> Reply {
        var parser = ReplyParser(isHead: isHead)
        while true {
            if let reply = parser.reply { return reply }
            let bytes = read()
            guard !bytes.isEmpty else {
                if let reply = parser.replyAtEnd { return reply }
                throw ExchangeError.cutOff(received: parser.received)
            }
            parser.received += bytes
        }
    }

    /// Whether the other side has closed within a time, which is spent waiting.
    func waitForEnd(milliseconds: Int32) -> Bool {
        var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waited, 1, milliseconds) > 0 else { return false }
        return read().isEmpty
    }

    /// What has come; nothing at the end, after an error or the time-out.
    func read() -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        return Array(chunk.prefix(max(0, count)))
    }
}
