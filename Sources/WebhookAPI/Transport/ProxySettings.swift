/// An HTTP proxy that connections are tunnelled through (`CONNECT`), so that it sees neither key nor bodies over https.
package struct ProxySettings: Hashable, Sendable {
    package let host: String
    package let port: Int
    private let credentials: Credentials?

    /// Reads `http://[user:password@]host[:port]`, the scheme optional; the port is 80 where none is given.
    package init(parsing text: String) throws(ProxyError) {
        let hasScheme = text.contains("://")
        guard let parts = URLParts(hasScheme ? text : "http://" + text) else { throw .invalid }
        guard parts.scheme.lowercased() == "http" else { throw .unsupportedScheme(String(parts.scheme)) }
        guard parts.rest.isEmpty || parts.rest == "/" else { throw .invalid }
        var authority = parts.authority
        var credentials: Credentials?
        if let at = authority.lastIndex(of: "@") {
            guard let pair = Credentials(userinfo: authority[..<at]) else { throw .invalidCredentials }
            credentials = pair
            authority = authority[authority.index(after: at)...]
        }
        guard let (host, port) = try? Endpoint.hostAndPort(authority) else { throw .invalidHost }
        self.host = host
        self.port = port ?? 80
        self.credentials = credentials
    }

    /// User and password for the tunnel's `Proxy-Authorization`; only the transport asks.
    var basicCredentials: (user: String, password: String)? {
        credentials.map { ($0.user, $0.password) }
    }

    private struct Credentials: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
        let user: String
        let password: String

        init?(userinfo: Substring) {
            let parts = userinfo.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let user = PercentEncoding.decoding(parts[0]) else { return nil }
            guard let password = parts.count > 1 ? PercentEncoding.decoding(parts[1]) : "" else { return nil }
            self.user = user
            self.password = password
        }

        var description: String { APIKey.mask }
        var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
    }
}

/// Why a text names no proxy. Holds nothing of its credentials.
package enum ProxyError: Error, Hashable {
    case invalid
    /// Something else than `http://`.
    case unsupportedScheme(String)
    case invalidHost
    case invalidCredentials
}

extension ProxySettings {
    /// The proxy that the customary variables name for an endpoint, or nil.
    ///
    /// `HTTPS_PROXY` is for https, `http_proxy` (lower case only, since a CGI's `HTTP_PROXY` is a client's header) for
    /// http, `ALL_PROXY` for either; each counts in lower case first. `NO_PROXY` lists hosts, domains or `*`. Loopback
    /// and Unix sockets are reached directly.
    package static func named(
        by environment: [String: String], for endpoint: Endpoint
    ) throws(ProxyError) -> ProxySettings? {
        let names: [String]
        switch endpoint.scheme {
        case .unix: return nil
        case .https: names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        case .http: names = ["http_proxy", "all_proxy", "ALL_PROXY"]
        }
        if Loopback.contains(host: endpoint.host) { return nil }
        let exceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        if isExcepted(endpoint.host, port: endpoint.port, by: exceptions) { return nil }
        guard let text = names.lazy.compactMap({ environment[$0] }).first(where: { !$0.isEmpty }) else { return nil }
        return try ProxySettings(parsing: text)
    }

    private static func isExcepted(_ host: String, port: Int, by list: String) -> Bool {
        list.split(whereSeparator: { $0 == "," || $0 == " " }).contains { entry in
            if entry == "*" { return true }
            var name = entry.lowercased()
            if name.hasSuffix(":\(port)") { name.removeLast(":\(port)".count) }
            while name.hasPrefix(".") || name.hasPrefix("*") { name.removeFirst() }
            return !name.isEmpty && (host == name || host.hasSuffix("." + name))
        }
    }
}
