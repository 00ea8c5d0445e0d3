import Glibc
import NIOPosix

/// Finds the addresses of a host.
package protocol HostResolver: Sendable {
    /// At least one; throws where there is none.
    func addresses(of host: String) async throws -> [IPAddress]
}

/// The system's resolver, on a thread that may wait for it.
package struct SystemResolver: HostResolver {
    package struct Failure: Error, Sendable {
        package let reason: String
    }

    package init() {}

    package func addresses(of host: String) async throws -> [IPAddress] {
        try await NIOThreadPool.singleton.runIfActive { try Self.look(host) }
    }

    private static func look(_ host: String) throws -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        guard code == 0 else { throw Failure(reason: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        var found: [IPAddress] = []
        var next = list
        while let entry = next?.pointee {
            next = entry.ai_next
            guard let name = entry.ai_addr else { continue }
            let bytes: [UInt8] =
                switch entry.ai_family {
                case AF_INET:
                    name.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { name in
                        withUnsafeBytes(of: name.pointee.sin_addr) { Array($0) }
                    }
                case AF_INET6:
                    name.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { name in
                        withUnsafeBytes(of: name.pointee.sin6_addr) { Array($0) }
                    }
                default: []
                }
            if let address = IPAddress(bytes: bytes), !found.contains(address) { found.append(address) }
        }
        guard !found.isEmpty else { throw Failure(reason: "no address") }
        return found
    }
}
