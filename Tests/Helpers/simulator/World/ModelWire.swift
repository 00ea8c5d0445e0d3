import LosslessJSON
import WebhookAPI
import WebhookModel

/// The model server's HTTP: paths, both list dialects with their pages, statuses and error bodies.
struct ModelWire {
    /// How a list is given out.
    enum ListStyle: CaseIterable {
        case array, cursors, offsets, pages
    }

    let style: ListStyle
    /// The server's own bound on a page.
    let pageSize: Int

    /// A request that the API knows.
    enum Request {
        case list(query: String)
        case get(WebhookID)
        case create(JSON)
        case update(WebhookID, JSON)
        case delete(WebhookID)

        var isWrite: Bool {
            switch self {
            case .list, .get: false
            case .create, .update, .delete: true
            }
        }

        var id: WebhookID? {
            switch self {
            case .list, .create: nil
            case .get(let id), .update(let id, _), .delete(let id): id
            }
        }
    }

    static let root = "/v1/organizations/webhooks"

    /// Nil for a method or path that this server doesn't have.
    func request(_ request: TransportRequest) -> Request? {
        guard request.target.hasPrefix(Self.root) else { return nil }
        let rest = request.target.dropFirst(Self.root.count)
        let path = rest.prefix { $0 != "?" }
        let body = request.body.flatMap { try? JSON(parsing: $0) }
        switch (request.method, path) {
        case (.get, "/"): return style == .array ? .list(query: "") : nil
        case (.post, "/list"): return style == .array ? nil : .list(query: String(rest.dropFirst(path.count + 1)))
        case (.post, "/"): return body.map { .create($0) }
        default: break
        }
        guard let id = WebhookID(rawValue: String(path.dropFirst())) else { return nil }
        switch request.method {
        case .get: return .get(id)
        case .put: return body.map { .update(id, $0) }
        case .delete: return .delete(id)
        case .post: return nil
        }
    }

    // MARK: Answers

    func answer(_ answer: ModelServer.Answer) -> TransportResponse {
        switch answer {
        case .webhook(let document, let status): Self.json(document, status: status)
        case .deleted: TransportResponse(status: 204)
        case .missing: Self.error(404, "NotFoundError")
        case .refused: Self.error(422, "ValidationError")
        }
    }

    /// The list as it was at a time, or the page of it that is asked for.
    func list(_ server: ModelServer, query: String, at time: Int64) -> TransportResponse {
        let ids = server.listing(at: time)
        let query = Self.parameters(query)
        let size = min(
            pageSize, query["limit"].flatMap { Int($0) } ?? query["page_size"].flatMap { Int($0) } ?? pageSize)
        var first = 0
        if style == .cursors, let cursor = query["cursor"] {
            // The cursor names the last webhook given, so that nothing is left out when one before it goes.
            let place = server.order.firstIndex { $0.rawValue == cursor } ?? server.order.count
            let given = Set(server.order.prefix(place + 1))
            first = ids.count { given.contains($0) }
        } else if let offset = query["offset"].flatMap({ Int($0) }) {
            first = style == .pages ? 0 : offset
        } else if let page = query["page"].flatMap({ Int($0) }) {
            first = (page - 1) * size
        }
        let shown = style == .array ? ids[...] : ids.dropFirst(first).prefix(size)
        let documents = shown.compactMap { server.version(of: $0, at: time)?.bytes }
        let list = Array("[".utf8) + documents.joined(separator: Array(",".utf8)) + Array("]".utf8)
        if style == .array { return Self.json(list, status: 200) }
        let isLast = first + shown.count >= ids.count
        var pagination: JSONObject = ["page_size": JSON(size)]
        if style == .cursors, !isLast, let last = shown.last { pagination["next_cursor"] = JSON(last.rawValue) }
        if style != .cursors { pagination["total"] = JSON(ids.count) }
        let head = Array(#"{"results":"#.utf8) + list + Array(#","pagination":"#.utf8)
        return Self.json(head + JSON(pagination).bytes() + Array("}".utf8), status: 200)
    }

    private static func parameters(_ query: String) -> [String: String] {
        var result: [String: String] = [:]
        for part in query.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { result[String(pair[0])] = String(pair[1]) }
        }
        return result
    }

    static func json(_ body: JSON, status: Int) -> TransportResponse { json(body.bytes(), status: status) }

    static func json(_ body: [UInt8], status: Int) -> TransportResponse {
        TransportResponse(
            status: status, headers: HeaderFields([HeaderFields.Field("Content-Type", "application/json")]), body: body)
    }

    static func error(_ status: Int, _ type: String, retryAfter: Int? = nil) -> TransportResponse {
        var answer = json(
            ["success": false, "status": JSON(status), "error": ["type": JSON(type), "message": "simulated"]],
            status: status)
        if let retryAfter { answer.headers.fields.append(HeaderFields.Field("Retry-After", "\(retryAfter)")) }
        return answer
    }

    static func page(_ status: Int) -> TransportResponse {
        TransportResponse(
            status: status, headers: HeaderFields([HeaderFields.Field("Content-Type", "text/html")]),
            body: Array("<html><body>Please wait.</body></html>".utf8))
    }

    static func redirect(to place: String) -> TransportResponse {
        TransportResponse(status: 307, headers: HeaderFields([HeaderFields.Field("Location", place)]))
    }
}
