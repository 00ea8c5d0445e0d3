/// The parts of an absolute URL as spelt (RFC 3986), nothing decoded or normalised.
package struct URLParts: Hashable, Sendable {
    package let scheme: Substring
    /// Between `//` and `@`, or nil without an `@`.
    package let userinfo: Substring?
    /// Without the brackets of an IPv6 address.
    package let host: Substring
    package let port: UInt16?
    package let path: Substring
    /// Behind `?`, up to `#`.
    package let query: Substring?
    package let fragment: Substring?

    /// Why a text is no URL that a webhook could be delivered to.
    package enum Problem: Error, Hashable, Sendable {
        case empty
        case noScheme
        /// Only `http` and `https` are delivered to.
        case schemeNotHTTP(String)
        case noHost
        case badHost
        case badPort
        /// A blank or control character at this byte.
        case illegalCharacter(offset: Int)
    }

    /// Takes an `http` or `https` URL with a host.
    package init(_ text: String) throws(Problem) {
        guard !text.isEmpty else { throw .empty }
        for (offset, byte) in text.utf8.enumerated() where byte <= 0x20 || byte == 0x7F {
            throw .illegalCharacter(offset: offset)
        }
        let (scheme, rest) = try Self.scheme(of: text)
        guard ["http", "https"].contains(scheme.lowercased()) else { throw .schemeNotHTTP(String(scheme)) }
        self.scheme = scheme
        let authority = rest.prefix { !"/?#".contains($0) }
        (userinfo, host, port) = try Self.split(authority: authority)
        let tail = rest[authority.endIndex...]
        let beforeFragment = tail.prefix { $0 != "#" }
        path = beforeFragment.prefix { $0 != "?" }
        query = path.endIndex < beforeFragment.endIndex ? beforeFragment[path.endIndex...].dropFirst() : nil
        fragment = beforeFragment.endIndex < tail.endIndex ? tail[beforeFragment.endIndex...].dropFirst() : nil
    }

    private static func scheme(of text: String) throws(Problem) -> (scheme: Substring, rest: Substring) {
        let scheme = text.prefix { $0 != ":" }
        let rest = text[scheme.endIndex...]
        guard rest.hasPrefix("://"), !scheme.isEmpty else { throw .noScheme }
        return (scheme, rest.dropFirst(3))
    }

    private static func split(
        authority: Substring
    ) throws(Problem) -> (userinfo: Substring?, host: Substring, port: UInt16?) {
        let at = authority.lastIndex(of: "@")
        let userinfo = at.map { authority[..<$0] }
        let place = at.map { authority[authority.index(after: $0)...] } ?? authority
        if place.first == "[" {
            guard let end = place.firstIndex(of: "]") else { throw .badHost }
            let address = place[..<end].dropFirst()
            guard address.contains(":"), address.utf8.allSatisfy(isAddressByte) else { throw .badHost }
            return (userinfo, address, try port(place[end...].dropFirst()))
        }
        let host = place.prefix { $0 != ":" }
        guard !host.isEmpty else { throw .noHost }
        guard host.utf8.allSatisfy(isHostByte), !host.hasPrefix("."), !host.contains("..") else { throw .badHost }
        return (userinfo, host, try port(place[host.endIndex...]))
    }

    private static func port(_ text: Substring) throws(Problem) -> UInt16? {
        guard let colon = text.first else { return nil }
        guard colon == ":" else { throw .badHost }
        let digits = text.dropFirst()
        if digits.isEmpty { return nil }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else { throw .badPort }
        return port
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        isASCIIAlphanumeric(byte) || [0x3A, 0x2E, 0x25].contains(byte)
    }

    /// Letters, digits, `-._~%`, and anything beyond ASCII (an internationalised name).
    private static func isHostByte(_ byte: UInt8) -> Bool {
        isASCIIAlphanumeric(byte) || byte >= 0x80 || [0x2D, 0x2E, 0x5F, 0x7E, 0x25].contains(byte)
    }
}
