/// Where an API lives: scheme, host, port or socket, and the path that its operations hang under.
///
/// Two endpoints with the same `origin` are the same server as far as the key is concerned (RFC 6454).
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// How the server is reached.
    package enum Scheme: String, Hashable, Sendable {
        case http
        case https
        /// HTTP over a Unix socket, written `http+unix://%2Fpath%2Fto%2Fsocket`.
        case unix = "http+unix"

        var defaultPort: Int { self == .https ? 443 : 80 }
    }

    package let scheme: Scheme
    /// Lower case; an IPv6 address keeps its brackets; for a Unix socket the path of the socket.
    package let host: String
    /// The port, the scheme's own when none was given; 0 for a Unix socket.
    package let port: Int
    /// What precedes `/v1/…` in every path: empty, or `/some/prefix` without a slash at its end.
    package let prefix: String

    init(scheme: Scheme, host: String, port: Int, prefix: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.prefix = prefix
    }

    /// An HTTP server on a Unix socket.
    package init(socketPath: String) {
        self.init(scheme: .unix, host: socketPath, port: 0, prefix: "")
    }

    /// Host and, where it is not the scheme's own, port: the `Host` header. `localhost` for a Unix socket.
    package var authority: String {
        switch scheme {
        case .unix: "localhost"
        case .http, .https: port == scheme.defaultPort ? host : "\(host):\(port)"
        }
    }

    /// What to call the server in a message: the authority, or `unix:` and the socket's path.
    package var displayHost: String {
        scheme == .unix ? "unix:" + host : authority
    }

    /// `scheme://authority`, without the prefix.
    package var origin: String {
        switch scheme {
        case .unix: "http+unix://" + PercentEncoding.encodingAll(host)
        case .http, .https: scheme.rawValue + "://" + authority
        }
    }

    package var description: String { origin + prefix }

    /// A host as it is looked up: an IPv6 address without its brackets.
    static func address(ofHost host: String) -> String {
        host.first == "[" ? String(host.dropFirst().dropLast()) : host
    }

    /// Whether a request in the clear stays on this machine, or is encrypted.
    package var isConfidential: Bool {
        switch scheme {
        case .https, .unix: true
        case .http: Loopback.contains(host: host)
        }
    }
}
