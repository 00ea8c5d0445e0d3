import LosslessJSON
import Synchronization

/// The webhooks API out of a dictionary: enough of every dialect to hold the client against.
final class APIServer: Sendable {
    /// How lists without a cursor go on.
    enum Paging: Sendable {
        case cursor
        case offset
        case number
    }

    struct Options: Sendable {
        var key = "sk_test_0123456789abcdef"
        var postsLists = true
        var getsLists = true
        /// The server's own bound on a page.
        var pageSize = 1000
        var paging = Paging.cursor
        /// 0.82: create has no slash and answers 200.
        var createsWithoutSlash = false
    }

    private struct State {
        var ids: [String] = []
        var documents: [String: JSON] = [:]
        var created = 0
    }

    private let options: Options
    private let state: Mutex<State>

    init(_ documents: [JSON] = [], _ options: Options = Options()) {
        self.options = options
        let ids = documents.compactMap { $0["webhook_id"]?.string }
        state = Mutex(State(ids: ids, documents: Dictionary(uniqueKeysWithValues: zip(ids, documents))))
    }

    /// Every document, in the order of creation.
    var documents: [JSON] { state.withLock { state in state.ids.compactMap { state.documents[$0] } } }

    @Sendable func handle(_ request: WireRequest) -> WireReply {
        guard request["Authorization"] == ["Bearer \(options.key)"] else {
            return .failure(401, "UnauthorizedError", "no such key", headers: [("X-Request-ID", "req_401")])
        }
        let root = "/v1/organizations/webhooks"
        switch (request.method, request.path) {
        case ("POST", root + "/list") where options.postsLists: return page(request.query)
        case ("GET", root + "/") where options.getsLists: return .json(JSON(documents))
        case ("POST", root + "/") where !options.createsWithoutSlash: return create(request, status: 201)
        case ("POST", root) where options.createsWithoutSlash: return create(request, status: 200)
        case (_, let path) where path.hasPrefix(root + "/") && path.count > root.count + 1:
            return single(request, id: String(path.dropFirst(root.count + 1)))
        default: return .answer(405, #"{"detail": "Method Not Allowed"}"#)
        }
    }

    private func single(_ request: WireRequest, id: String) -> WireReply {
        state.withLock { state in
            switch request.method {
            case "DELETE":
                if state.documents.removeValue(forKey: id) != nil { state.ids.removeAll { $0 == id } }
                return .answer(204)
            case "GET", "PUT":
                guard state.documents[id] != nil else { return .failure(404, "NotFoundError", "no webhook \(id)") }
                if request.method == "PUT" {
                    guard let document = valid(request) else { return Self.invalid }
                    state.documents[id] = completed(document, id: id, createdAt: state.documents[id]?["created_at"])
                }
                return .json(state.documents[id] ?? nil)
            default: return .answer(405, #"{"detail": "Method Not Allowed"}"#)
            }
        }
    }

    private func create(_ request: WireRequest, status: Int) -> WireReply {
        guard let document = valid(request) else { return Self.invalid }
        return state.withLock { state in
            state.created += 1
            let id = "wh_new\(state.created)"
            state.ids.append(id)
            state.documents[id] = completed(document, id: id, createdAt: "2026-01-01T00:00:00Z")
            return .json(state.documents[id] ?? nil, status: status)
        }
    }

    private func valid(_ request: WireRequest) -> JSON? {
        guard let document = try? JSON(parsing: request.body), document["event_types"]?.array?.isEmpty == false else {
            return nil
        }
        return document
    }

    private static let invalid = WireReply.json(
        ["detail": [["loc": ["body", "event_types"], "msg": "too short", "type": "too_short"]]], status: 422)

    /// PUT and create replace: what was left out falls back to its default.
    private func completed(_ document: JSON, id: String, createdAt: JSON?) -> JSON {
        var object = document.object ?? JSONObject([])
        object["webhook_id"] = JSON(id)
        object["created_at"] = createdAt
        if object["is_active"] == nil { object["is_active"] = true }
        return JSON(object)
    }

    private func page(_ query: [String: String]) -> WireReply {
        let all = documents
        let asked = (query["limit"] ?? query["page_size"]).flatMap { Int($0) } ?? 10
        guard (1...1000).contains(asked) else { return .failure(422, "ValidationError", "limit") }
        let size = min(asked, options.pageSize)
        let start =
            switch options.paging {
            case .cursor: query["cursor"].flatMap { Int($0.dropFirst("after-".count)) } ?? 0
            case .offset: query["offset"].flatMap { Int($0) } ?? 0
            case .number: ((query["page"].flatMap { Int($0) } ?? 1) - 1) * size
            }
        let end = min(start + size, all.count)
        let results = start < end ? Array(all[start..<end]) : []
        let cursor: JSON = options.paging == .cursor && end < all.count ? JSON("after-\(end)") : nil
        let pagination: JSON = ["total": nil, "page_size": JSON(size), "next_cursor": cursor]
        return .json(["results": JSON(results), "pagination": pagination, "total": JSON(all.count)])
    }
}
