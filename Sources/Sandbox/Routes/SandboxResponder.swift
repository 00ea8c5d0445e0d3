import HTTPTypes
import Hummingbird
import Logging
import LosslessJSON
import WebhookModel

/// Answers requests: finds the route, checks the key, keeps to the tier, lets faults happen, and runs the operation.
struct SandboxResponder: Sendable {
    let parts: ServerParts
    private let limiter: RateLimiter?

    init(parts: ServerParts) {
        self.parts = parts
        limiter = parts.configuration.tier.map { RateLimiter(tier: $0) }
    }

    var configuration: SandboxConfiguration { parts.configuration }

    /// Throws for a request that breaks off, and for a connection that is to be reset.
    func respond(to request: Request) async throws -> Response {
        let start = configuration.environment.uptime()
        let requestID = RequestIdentifier(request: request, environment: configuration.environment)
        let (path, query) = split(request.head.path ?? "/")
        let route = Route.find(request.method, String(path), dialect: configuration.dialect)
        var response = try await answer(request, route, query, requestID)
        response.headers[.requestID] = requestID.text
        response.headers[.date] = parts.dates.text(at: configuration.environment.now())
        let duration = configuration.environment.uptime() - start
        parts.meter.request(route.operationID, status: response.status.code, took: duration)
        configuration.logger.debug(
            "answered",
            metadata: [
                "request_id": "\(requestID.text)", "method": "\(request.method)", "path": "\(LogText.path(path))",
                "status": "\(response.status.code)", "ms": "\(duration.wholeMilliseconds)",
            ])
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(
        _ request: Request, _ route: Route, _ query: Substring, _ requestID: RequestIdentifier
    ) async throws -> Response {
        do {
            switch route {
            case .notFound: throw APIProblem.notFound("Not Found")
            case .methodNotAllowed(let allowed): throw APIProblem.methodNotAllowed(allowed.map(\.rawValue))
            case .redirect(let target):
                let location = query.isEmpty ? target : "\(target)?\(query)"
                return Response(status: .temporaryRedirect, headers: [.location: location])
            case .operation(let operation):
                let call = Call(
                    request: request, operation: operation, query: query, id: route.operationID)
                if let open = try await ServerOperations(parts: parts).answer(
                    operation, isAuthorized: isAuthorized(request))
                {
                    return open
                }
                return try await authorized(call)
            }
        } catch let problem as APIProblem {
            return Response(problem)
        } catch let failure as StoreFailure {
            configuration.logger.error(
                "the store failed", metadata: ["request_id": "\(requestID.text)", "reason": "\(failure.reason)"])
            return Response(failure.problem)
        }
    }

    private func organization(of request: Request) -> OrganizationID? {
        bearerToken(request.headers[.authorization]).flatMap { parts.keys.organization(presenting: $0) }
    }

    private func isAuthorized(_ request: Request) -> Bool { organization(of: request) != nil }

    private func authorized(_ call: Call) async throws -> Response {
        guard let organization = organization(of: call.request) else { throw APIProblem.unauthorized }
        guard let limiter else { return try await faulty(call, organization) }

        switch limiter.begin(organization, at: configuration.environment.uptime()) {
        case .refused(let budget, let retryAfter):
            var response = Response(.tooManyRequests(retryAfter: retryAfter))
            response.add(budget, now: configuration.environment.now())
            return response
        case .allowed(let budget):
            defer { limiter.finished(organization) }
            var response: Response
            do {
                response = try await faulty(call, organization)
            } catch let problem as APIProblem {
                response = Response(problem)
            }
            response.add(budget, now: configuration.environment.now())
            return response
        }
    }

    /// Runs an operation with what is to go wrong before, in and after it.
    private func faulty(_ call: Call, _ organization: OrganizationID) async throws -> Response {
        var rules = parts.faults.request(call.id, isOfWebhooks: call.isOfWebhooks, of: organization)
        if let header = call.request.headers[.sandboxFault] { rules += try FaultRule.parse(header: header) }
        guard !rules.isEmpty else { return try await perform(call, organization, RequestFaults(rules: [])) }

        let faults = RequestFaults(rules: rules)
        parts.meter.faults(rules.count)
        if let delay = faults[.delay] { try await Task.sleep(for: .milliseconds(delay.milliseconds)) }
        if faults.has(.resetBefore) { throw ConnectionReset() }
        if let refusal = faults.refusal { throw refusal }
        var response: Response
        do { response = try await perform(call, organization, faults) } catch let problem as APIProblem {
            response = Response(problem)
        }
        if faults.has(.resetAfter) { throw ConnectionReset() }
        if let rule = faults[.serverErrorAfter] { throw APIProblem.fault(rule.status) }
        if faults.has(.htmlBody) { return .proxyPage }
        if faults.has(.truncatedBody) { response = try await response.truncated() }
        return response
    }

    private func perform(
        _ call: Call, _ organization: OrganizationID, _ faults: RequestFaults
    ) async throws -> Response {
        let webhooks = WebhookOperations(parts: parts, organization: organization, faults: faults)
        let system = SystemOperations(parts: parts, organization: organization)
        func body() async throws -> [UInt8] {
            try await RequestBodyReader(limits: configuration.limits).read(call.request)
        }
        switch call.operation {
        case .listAll: return try await webhooks.listAll()
        case .listPage:
            let query = try ListQuery(parsing: call.query)
            return try await webhooks.listPage(query, where: ListFilterBody.parse(try await body()))
        case .create(let status): return try await webhooks.create(body: try await body(), status: status)
        case .get(let id): return try await webhooks.get(id)
        case .update(let id):
            return try await webhooks.update(id, body: try await body()) { await parts.dispatcher.signal() }
        case .delete(let id): return try await webhooks.delete(id)
        case .emit: return try await system.emit(body: try await body())
        case .deliveries: return try await system.list(query: call.query)
        case .dead: return try await system.list(query: call.query, status: .dead)
        case .outbox: return try await system.outbox(query: call.query)
        case .replay: return try await system.replay(body: try await body())
        case .faults: return system.currentFaults()
        case .setFaults: return try system.setFaults(body: try await body())
        case .clearFaults: return system.clearFaults()
        case .health, .openAPI, .metrics: throw APIProblem.notFound("Not Found")
        }
    }
}

/// A request to one of the operations.
private struct Call {
    let request: Request
    let operation: APIOperation
    let query: Substring
    /// The operation's name in the OpenAPI document.
    let id: String

    /// Whether it is one of the API that is rehearsed, and not of the rehearsal.
    var isOfWebhooks: Bool {
        switch operation {
        case .listAll, .listPage, .create, .get, .update, .delete: true
        default: false
        }
    }
}

/// A request's target in its path and its query.
private func split(_ target: String) -> (path: Substring, query: Substring) {
    guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (target[...], "") }
    // Of the bytes: a mark that combines with what follows it is still one.
    return (target[..<mark], target[target.utf8.index(after: mark)...])
}

/// The key of `Authorization: Bearer KEY`; the scheme's case does not matter (RFC 9110 §11.1).
private func bearerToken(_ header: String?) -> Substring? {
    guard let parts = header?.split(separator: " ", maxSplits: 1), parts.count == 2 else { return nil }
    guard parts[0].lowercased() == "bearer" else { return nil }
    let token = parts[1].drop { $0 == " " }
    return token.isEmpty ? nil : token
}
