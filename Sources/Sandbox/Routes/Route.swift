import HTTPTypes

/// An operation of the server, as a request's method and path name it.
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

    /// `POST /v1/sandbox/events`
    case emit
    case deliveries
    case dead
    case outbox
    case replay
    case faults
    case setFaults
    case clearFaults

    /// `GET /v1/health`, `/openapi.json`, `/metrics`: of the server, and of no organization.
    case health
    case openAPI
    case metrics
}

/// Where a request leads.
enum Route: Hashable, Sendable {
    case operation(APIOperation)
    /// To the same path with a trailing slash more or less: answered 307, as the API's framework does.
    case redirect(to: String)
    case methodNotAllowed(allowed: [HTTPRequest.Method])
    case notFound

    static let collection = "/v1/organizations/webhooks"

    /// Finds the route of a path without its query among those declared. An identifier is percent-decoded.
    static func find(_ method: HTTPRequest.Method, _ path: String, dialect: SandboxDialect) -> Route {
        let found = RouteDeclaration.matching(path, dialect)
        if let match = found.first(where: { $0.declaration.method == method }) {
            return .operation(match.declaration.operation(match.identifier))
        }
        let isSlashed = path.hasSuffix("/")
        let other = isSlashed ? String(path.dropLast()) : path + "/"
        let behind = isSlashed && other.hasSuffix("/") ? [] : RouteDeclaration.matching(other, dialect)
        if behind.contains(where: { $0.declaration.method == method })
            || (found.isEmpty && isSlashed && !behind.isEmpty)
        {
            return .redirect(to: other)
        }
        // A path that is declared by its own name is that, and no identifier, though one of that name would be found.
        let nearest = found.filter { $0.declaration.path == found.first?.declaration.path }
        let allowed = Set((nearest + behind).map(\.declaration.method))
        guard !allowed.isEmpty else { return .notFound }
        let order: [HTTPRequest.Method] = [.get, .post, .put, .delete]
        return .methodNotAllowed(allowed: order.filter(allowed.contains))
    }

    /// The name of the operation that it leads to in the OpenAPI document; `none` where it leads nowhere.
    var operationID: String {
        guard case .operation(let operation) = self else { return "none" }
        return operation.id
    }
}

extension APIOperation {
    /// As its declaration calls it.
    var id: String {
        switch self {
        case .listAll: "list_webhooks"
        case .listPage: "list_webhooks_page"
        case .create(201): "create_webhook"
        case .create: "create_webhook_without_slash"
        case .get: "get_webhook"
        case .update: "update_webhook"
        case .delete: "delete_webhook"
        case .emit: "emit_events"
        case .deliveries: "list_deliveries"
        case .dead: "list_dead"
        case .outbox: "list_outbox"
        case .replay: "replay"
        case .faults: "get_faults"
        case .setFaults: "set_faults"
        case .clearFaults: "clear_faults"
        case .health: "health"
        case .openAPI: "openapi"
        case .metrics: "metrics"
        }
    }
}
