/// Why a text is no base address of an API.
package enum EndpointError: Error, Hashable {
    case empty
    /// A space, a control or a character beyond ASCII, at this byte.
    case invalidCharacter(offset: Int)
    /// No `scheme://` in front.
    case noScheme
    /// Something else than `http`, `https` or `http+unix`.
    case unsupportedScheme(String)
    case noHost
    case invalidHost(String)
    case invalidPort(String)
    /// `user:password@` in front of the host; the key is the only credential. Holds nothing of it.
    case userinfo
    /// `?…` or `#…` after the path.
    case queryOrFragment
    /// A path that RFC 3986 does not allow, or with `.` or `..` in it.
    case invalidPath(String)
}

extension Endpoint {
    /// Reads `https://host[:port][/prefix]`, `http://…` or `http+unix://%2Fsocket[/prefix]`.
    package init(parsing text: String) throws(EndpointError) {
        guard !text.isEmpty else { throw .empty }
        for (offset, byte) in text.utf8.enumerated() where !(0x21...0x7E).contains(byte) {
            throw .invalidCharacter(offset: offset)
        }
        guard let parts = URLParts(text) else { throw .noScheme }
        guard let scheme = Scheme(rawValue: parts.scheme.lowercased()) else {
            throw .unsupportedScheme(String(parts.scheme))
        }
        guard !parts.authority.contains("@") else { throw .userinfo }
        guard !parts.rest.contains("?"), !parts.rest.contains("#") else { throw .queryOrFragment }
        let prefix = try Self.prefix(parts.rest)
        if scheme == .unix {
            guard let path = PercentEncoding.decoding(parts.authority), path.utf8.first == UInt8(ascii: "/"),
                !path.utf8.contains(0)
            else {
                throw parts.authority.isEmpty ? .noHost : .invalidHost(String(parts.authority))
            }
            self.init(scheme: .unix, host: path, port: 0, prefix: prefix)
        } else {
            let (host, port) = try Self.hostAndPort(parts.authority)
            self.init(scheme: scheme, host: host, port: port ?? scheme.defaultPort, prefix: prefix)
        }
    }

    /// Splits and checks `host[:port]`.
    static func hostAndPort(_ authority: Substring) throws(EndpointError) -> (String, Int?) {
        let isBracketed = authority.utf8.first == UInt8(ascii: "[")
        let hostEnd: Substring.Index
        if isBracketed {
            guard let close = authority.firstIndex(of: "]") else { throw .invalidHost(String(authority)) }
            hostEnd = authority.index(after: close)
        } else {
            hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        let host = authority[..<hostEnd].lowercased()
        guard !host.isEmpty else { throw .noHost }
        guard isBracketed ? isAddress6(host) : isName(host) else { throw .invalidHost(host) }
        let tail = authority[hostEnd...]
        if tail.isEmpty { return (host, nil) }
        let digits = tail.dropFirst()
        guard tail.first == ":", (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits), (1...65535).contains(port)
        else {
            throw .invalidPort(String(tail))
        }
        return (host, port)
    }

    private static func prefix(_ path: Substring) throws(EndpointError) -> String {
        var path = path
        while path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
        guard PercentEncoding.isWellFormed(target: path),
            !path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
        else {
            throw .invalidPath(String(path))
        }
        return String(path)
    }

    private static func isName(_ host: String) -> Bool {
        host.utf8.count <= 253 && host.utf8.allSatisfy { PercentEncoding.isUnreserved($0) && $0 != UInt8(ascii: "~") }
    }

    private static func isAddress6(_ host: String) -> Bool {
        let inside = host.utf8.dropFirst().dropLast()
        return !inside.isEmpty
            && inside.allSatisfy {
                PercentEncoding.hexValue($0) != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
            }
    }
}

/// An absolute URL cut at its joints (RFC 3986, section 3), unchecked.
struct URLParts {
    let scheme: Substring
    let authority: Substring
    /// Path, query and fragment.
    let rest: Substring

    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
        scheme = text[..<colon]
        let start = text.index(colon, offsetBy: 3)
        let end = text[start...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? text.endIndex
        authority = text[start..<end]
        rest = text[end...]
    }
}
