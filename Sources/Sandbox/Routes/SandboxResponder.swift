import Hummingbird
import Logging
import LosslessJSON
import WebhookModel

/// Answers the requests of the API: finds the route, checks the key, keeps to the tier, and runs the operation.
struct SandboxResponder: HTTPResponder {
    typealias Context = SandboxRequestContext

    let store: WebhookStore
    let keys: KeyRing
    let configuration: SandboxConfiguration
    private let limiter: RateLimiter?

    init(opened: OpenedStore, configuration: SandboxConfiguration) {
        store = opened.store
        keys = opened.keys
        self.configuration = configuration
        limiter = configuration.tier.map { RateLimiter(tier: $0) }
    }

    /// Never throws but for a request that breaks off.
    func respond(to request: Request, context: SandboxRequestContext) async throws -> Response {
        let requestID = RequestIdentifier(request: request, environment: configuration.environment)
        var response = try await answer(request, context, requestID)
        response.headers[.requestID] = requestID.text
        response.headers[.date] = configuration.environment.now().httpDate
        configuration.logger.debug(
            "answered",
            metadata: [
                "request_id": "\(requestID.text)", "method": "\(request.method)",
                "status": "\(response.status.code)",
            ])
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(
        _ request: Request, _ context: SandboxRequestContext, _ requestID: RequestIdentifier
    ) async throws -> Response {
        do {
            let (path, query) = split(request.head.path ?? "/")
            switch Route.find(request.method, String(path), dialect: configuration.dialect) {
            case .notFound: throw APIProblem.notFound("Not Found")
            case .methodNotAllowed(let allowed): throw APIProblem.methodNotAllowed(allowed.map(\.rawValue))
            case .redirect(let target):
                let location = query.isEmpty ? target : "\(target)?\(query)"
                return Response(status: .temporaryRedirect, headers: [.location: location])
            case .operation(let operation):
                return try await authorized(
                    Call(request: request, context: context, operation: operation, query: query))
            }
        } catch let problem as APIProblem {
            return Response(problem)
        } catch let failure as StoreFailure {
            configuration.logger.error(
                "the store failed", metadata: ["request_id": "\(requestID.text)", "reason": "\(failure.reason)"])
            return Response(failure.problem)
        }
    }

    private func authorized(_ call: Call) async throws -> Response {
        guard let key = bearerToken(call.request.headers[.authorization]),
            let organization = keys.organization(presenting: key)
        else { throw APIProblem.unauthorized }
        guard let limiter else { return try await perform(call, organization) }

        switch limiter.begin(organization, at: configuration.environment.uptime()) {
        case .refused(let budget, let retryAfter):
            var response = Response(.tooManyRequests(retryAfter: retryAfter))
            response.add(budget, now: configuration.environment.now())
            return response
        case .allowed(let budget):
            defer { limiter.finished(organization) }
            var response: Response
            do {
                response = try await perform(call, organization)
            } catch let problem as APIProblem {
                response = Response(problem)
            }
            response.add(budget, now: configuration.environment.now())
            return response
        }
    }

    private func perform(_ call: Call, _ organization: OrganizationID) async throws -> Response {
        let operations = WebhookOperations(store: store, organization: organization, configuration: configuration)
        let reader = RequestBodyReader(limits: configuration.limits, context: call.context)
        switch call.operation {
        case .listAll:
            return try await operations.listAll()
        case .listPage:
            let query = try ListQuery(parsing: call.query)
            return try await operations.listPage(
                query, where: ListFilterBody.parse(try await reader.read(call.request)))
        case .create(let status):
            return try await operations.create(body: try await reader.read(call.request), status: status)
        case .get(let id):
            return try await operations.get(id)
        case .update(let id):
            return try await operations.update(id, body: try await reader.read(call.request))
        case .delete(let id):
            return try await operations.delete(id)
        }
    }
}

/// A request to one of the operations.
private struct Call {
    let request: Request
    let context: SandboxRequestContext
    let operation: APIOperation
    let query: Substring
}

/// A request's target in its path and its query.
private func split(_ target: String) -> (path: Substring, query: Substring) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return (parts[0], parts.count == 2 ? parts[1] : "")
}

/// The key of `Authorization: Bearer KEY`; the scheme's case does not matter (RFC 9110 §11.1).
private func bearerToken(_ header: String?) -> Substring? {
    guard let parts = header?.split(separator: " ", maxSplits: 1), parts.count == 2 else { return nil }
    guard parts[0].lowercased() == "bearer" else { return nil }
    let token = parts[1].drop { $0 == " " }
    return token.isEmpty ? nil : token
}
