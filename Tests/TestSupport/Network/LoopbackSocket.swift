import Glibc

/// A TCP socket on 127.0.0.1 or ::1, for peers that no server library would make.
package final class LoopbackSocket: Sendable {
    package struct Failure: Error {
        package let call: String
        package let errno: Int32
    }

    package let descriptor: Int32
    package let port: Int
    private let host: String

    package var base: String { "http://\(host):\(port)" }

    /// Listens on a port of the system's choice.
    package init(backlog: Int32 = 64) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var name = Self.name(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, backlog) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        port = Int(name.sin_port.bigEndian)
        host = "127.0.0.1"
        guard isListening else { throw Failure(call: "listen", errno: errno) }
    }

    /// Listens on ::1 alone.
    package init(isIPv6: Bool, backlog: Int32 = 64) throws {
        precondition(isIPv6)
        descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var name = sockaddr_in6()
        name.sin6_family = sa_family_t(AF_INET6)
        inet_pton(AF_INET6, "::1", &name.sin6_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, backlog) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        port = Int(name.sin6_port.bigEndian)
        host = "[::1]"
        guard isListening else { throw Failure(call: "listen", errno: errno) }
    }

    deinit { close(descriptor) }

    /// A port that was free a moment ago.
    package static func freePort() throws -> Int { try LoopbackSocket().port }

    /// Whether somebody listens there.
    package static func isReached(port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        let name = name(port: port)
        return withUnsafePointer(to: name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func name(port: Int) -> sockaddr_in {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = inet_addr("127.0.0.1")
        name.sin_port = UInt16(port).bigEndian
        return name
    }
}
