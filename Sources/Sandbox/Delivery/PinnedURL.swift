import WebhookModel

/// A URL together with the address that its host was found to have: the connection goes there and nowhere else, whatever
/// the host's name resolves to a moment later.
struct PinnedURL: Hashable, Sendable {
    /// The URL without userinfo and fragment, its host in lower case.
    let text: String
    let host: String
    let address: IPAddress
    /// `user:password` of the URL, decoded.
    let credentials: String?

    /// Looks the host up once. Every address that it has must be public, unless private ones are allowed.
    init(
        _ url: String, resolver: any HostResolver, allowsPrivate: Bool
    ) async throws(DeliveryFailure) {
        let parts: URLParts
        do throws(URLParts.Problem) { parts = try URLParts(url) } catch { throw DeliveryFailure("the URL is none") }
        let host = parts.host.lowercased()
        // Anything else might be read as another name further on.
        guard host.utf8.allSatisfy(Self.isHostByte), !host.hasSuffix(".") else {
            throw DeliveryFailure("the URL's host is no plain name")
        }
        let addresses: [IPAddress]
        if let literal = IPAddress(host) {
            addresses = [literal]
        } else {
            do { addresses = try await resolver.addresses(of: host) } catch {
                throw DeliveryFailure("the host was not found")
            }
        }
        guard allowsPrivate || addresses.allSatisfy(\.isPublic) else {
            throw DeliveryFailure("the address is private")
        }
        // Where there are both, version 4 is reachable from more machines.
        guard let address = addresses.first(where: { $0.bytes.count == 4 }) ?? addresses.first else {
            throw DeliveryFailure("the host was not found")
        }
        self.host = host
        self.address = address
        credentials = parts.userinfo.flatMap { percentDecoded($0) }
        let port = parts.port.map { ":\($0)" } ?? ""
        let query = parts.query.map { "?\($0)" } ?? ""
        let path = parts.path.isEmpty ? "/" : String(parts.path)
        text = "\(parts.scheme.lowercased())://\(host.contains(":") ? "[\(host)]" : host)\(port)\(path)\(query)"
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "-._:".utf8.contains(byte)
        }
    }
}
