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

private func percentEncoded(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in path.utf8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            encoded.append(byte)
        default:
            encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}
