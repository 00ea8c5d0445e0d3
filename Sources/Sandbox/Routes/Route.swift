import HTTPTypes

/// An operation of the API, as a request's method and path name it.
enum APIOperation: Hashable, Sendable {
    /// `GET …/webhooks/`
    case listAll
    /// `POST …/webhooks/list`
    case listPage
    /// `POST …/webhooks/`, answered 201, or `POST …/webhooks`, answered 200 as since 0.82
    case create(status: Int)
    case get(id: String)
    case update(id: String)
    case delete(id: String)
}

/// Where a request leads.
enum Route: Hashable, Sendable {
    case operation(APIOperation)
    /// To the same path with a trailing slash more or less: answered 307, as the API's framework does.
    case redirect(to: String)
    case methodNotAllowed(allowed: [HTTPRequest.Method])
    case notFound

    static let collection = "/v1/organizations/webhooks"

    /// Finds the route of a path without its query. An identifier is percent-decoded.
    static func find(_ method: HTTPRequest.Method, _ path: String, dialect: SandboxDialect) -> Route {
        guard path.hasPrefix(collection) else { return .notFound }
        let rest = path.dropFirst(collection.count)
        switch rest {
        case "": return withoutSlash(method, dialect)
        case "/": return withSlash(method, dialect)
        case "/list" where method == .post && dialect != .getList: return .operation(.listPage)
        default: break
        }
        guard rest.first == "/" else { return .notFound }
        let segment = rest.dropFirst()
        if segment.count > 1, segment.hasSuffix("/"), segment.dropLast().allSatisfy({ $0 != "/" }) {
            let target = find(method, String(path.dropLast()), dialect: dialect)
            return target == .notFound ? .notFound : .redirect(to: String(path.dropLast()))
        }
        guard !segment.contains("/"), let id = percentDecoded(segment) else { return .notFound }
        return one(method, id)
    }

    private static func withSlash(_ method: HTTPRequest.Method, _ dialect: SandboxDialect) -> Route {
        switch method {
        case .post: .operation(.create(status: 201))
        case .get where dialect != .postList: .operation(.listAll)
        default: .methodNotAllowed(allowed: dialect == .postList ? [.post] : [.get, .post])
        }
    }

    private static func withoutSlash(_ method: HTTPRequest.Method, _ dialect: SandboxDialect) -> Route {
        switch method {
        case .post where dialect != .getList: .operation(.create(status: 200))
        case .post: .redirect(to: collection + "/")
        case .get where dialect != .postList: .redirect(to: collection + "/")
        default: .methodNotAllowed(allowed: dialect == .postList ? [.post] : [.get, .post])
        }
    }

    private static func one(_ method: HTTPRequest.Method, _ id: String) -> Route {
        switch method {
        case .get: .operation(.get(id: id))
        case .put: .operation(.update(id: id))
        case .delete: .operation(.delete(id: id))
        default: .methodNotAllowed(allowed: [.get, .put, .delete])
        }
    }
}

/// The text that `%XX` escapes stand for; nil when they are cut off or give no UTF-8. `+` stands for itself.
func percentDecoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
            bytes.append(byte)
            continue
        }
        guard let high = rest.popFirst().flatMap(hexadecimalDigit), let low = rest.popFirst().flatMap(hexadecimalDigit)
        else { return nil }
        bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
