/// What to do with a 3xx answer. Only the same origin is ever followed, so the key can't leave it.
package enum RedirectRule {
    package enum Verdict: Hashable, Sendable {
        /// Send the same method and body to this path and query of the same origin.
        case follow(target: String)
        /// A redirect elsewhere, to plain HTTP, or one that would change the method: named, not followed.
        case refuse(to: String)
        /// A status without a redirect's meaning, or a `Location` that is absent or no URL.
        case notARedirect
    }

    /// Judges an answer to `method` at `target` of `endpoint` (RFC 9110, section 15.4).
    ///
    /// 307 and 308 keep method and body; 301 and 302 may turn a POST into a GET and are followed for GET only, as is 303.
    package static func verdict(
        status: Int, location: String?, method: TransportRequest.Method, target: String, endpoint: Endpoint
    ) -> Verdict {
        guard [301, 302, 303, 307, 308].contains(status), let location, !location.isEmpty else { return .notARedirect }
        switch resolve(location, target: target, endpoint: endpoint) {
        case .none: return .notARedirect
        case .elsewhere(let name): return .refuse(to: name)
        case .here(let next):
            guard status == 307 || status == 308 || method == .get else {
                return .refuse(to: endpoint.origin + next.prefix { $0 != "?" })
            }
            return .follow(target: next)
        }
    }

    private enum Destination {
        case here(String)
        case elsewhere(String)
    }

    private static func resolve(_ location: String, target: String, endpoint: Endpoint) -> Destination? {
        guard location.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let reference = location.prefix { $0 != "#" }
        if reference.hasPrefix("//") {
            guard endpoint.scheme != .unix else { return absolute("http:" + reference, endpoint: endpoint) }
            return absolute(endpoint.scheme.rawValue + ":" + reference, endpoint: endpoint)
        }
        if hasScheme(reference) { return absolute(String(reference), endpoint: endpoint) }
        let path = target.prefix { $0 != "?" }
        if reference.hasPrefix("/") { return here(String(reference)) }
        if reference.hasPrefix("?") { return here("\(path)\(reference)") }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return here("\(folder)\(reference)")
    }

    private static func absolute(_ url: String, endpoint: Endpoint) -> Destination? {
        guard let parts = URLParts(url) else { return .elsewhere(nameOnly(url)) }
        guard let scheme = Endpoint.Scheme(rawValue: parts.scheme.lowercased()), scheme != .unix,
            let (host, port) = try? Endpoint.hostAndPort(parts.authority)
        else {
            return .elsewhere(nameOnly(url))
        }
        let there = Endpoint(scheme: scheme, host: host, port: port ?? scheme.defaultPort, prefix: "")
        // A server behind a socket knows itself by the Host header that it was sent.
        let isHere =
            endpoint.scheme == .unix
            ? scheme == .http && there.authority == endpoint.authority : there.origin == endpoint.origin
        guard isHere else { return .elsewhere(there.origin) }
        return here(parts.rest.hasPrefix("/") ? String(parts.rest) : "/" + parts.rest)
    }

    /// The target without `.` and `..`; nil when a character may not stand in one.
    private static func here(_ target: String) -> Destination? {
        guard PercentEncoding.isWellFormed(target: target) else { return nil }
        let path = target.prefix { $0 != "?" }
        var segments: [Substring] = []
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            switch part {
            case ".": if isLast { segments.append("") }
            case "..":
                if !segments.isEmpty { segments.removeLast() }
                if isLast { segments.append("") }
            default: segments.append(part)
            }
        }
        return .here("/" + segments.joined(separator: "/") + target[path.endIndex...])
    }

    private static func hasScheme(_ reference: Substring) -> Bool {
        guard let colon = reference.firstIndex(of: ":") else { return false }
        return !reference[..<colon].contains { "/?".contains($0) }
    }

    /// Scheme and host of a URL that could not be read, without userinfo, path and query, which may hold secrets.
    private static func nameOnly(_ url: String) -> String {
        guard let parts = URLParts(url) else { return String(url.prefix { $0 != ":" }) + ":" }
        let host = parts.authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return "\(parts.scheme)://\(host)"
    }
}
