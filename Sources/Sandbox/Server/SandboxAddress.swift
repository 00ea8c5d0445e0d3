/// Where a sandbox server can be reached.
package enum SandboxAddress: Hashable, Sendable, CustomStringConvertible {
    case socket(path: String)
    case tcp(host: String, port: Int)

    /// The base of the API there: `http://127.0.0.1:49152`, or `http+unix://%2Ftmp%2F…` with the socket's path
    /// percent-encoded as the host, as AsyncHTTPClient takes it.
    package var base: String {
        switch self {
        case .socket(let path): "http+unix://\(percentEncoded(path))"
        case .tcp(let host, let port): "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        }
    }

    /// The TCP port, if there is one.
    package var port: Int? {
        guard case .tcp(_, let port) = self else { return nil }
        return port
    }

    package var description: String { base }
}
