import Hummingbird
import LosslessJSON
import WebhookModel

/// The operations of the API on one organization's webhooks.
struct WebhookOperations {
    let store: WebhookStore
    let organization: OrganizationID
    let configuration: SandboxConfiguration

    /// Every webhook of the organization in the order of insertion.
    func listAll() async throws -> Response {
        let batch = 1000
        let first = try await inStore { try await store.list(organization, from: .offset(0), limit: batch) }
        guard first.hasMore else {
            return Response(status: .ok, json: "[\(first.documents.joined(separator: ","))]")
        }
        // A long list goes out as it is read, each part going on behind the last webhook of the one before.
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody { [store, organization] writer in
                var slice = first
                try await writer.write(ByteBuffer(string: "[" + slice.documents.joined(separator: ",")))
                while slice.hasMore {
                    slice = try await store.list(organization, from: .after(sequence: slice.lastSequence), limit: batch)
                    guard !slice.documents.isEmpty else { break }
                    try await writer.write(ByteBuffer(string: "," + slice.documents.joined(separator: ",")))
                }
                try await writer.write(ByteBuffer(string: "]"))
                try await writer.finish(nil)
            })
    }

    func listPage(_ query: ListQuery, where filter: ListFilter) async throws -> Response {
        let (slice, total) = try await inStore {
            try await store.page(organization, where: filter, from: query.start, limit: query.limit)
        }
        return Response(status: .ok, json: ListPage(query: query, slice: slice, total: total).text)
    }

    func get(_ id: String) async throws -> Response {
        guard WebhookID(rawValue: id) != nil,
            let document = try await inStore({ try await store.document(id, of: organization) })
        else { throw notFound(id) }
        return Response(status: .ok, json: document)
    }

    func create(body: [UInt8], status: Int) async throws -> Response {
        let document = try checked(body)
        let format = configuration.idFormat
        let environment = configuration.environment
        let webhook = try await inStore {
            try await store.create(in: organization) { isTaken in
                var id = format.makeID(randomBytes: environment.randomBytes)
                while try isTaken(id) { id = format.makeID(randomBytes: environment.randomBytes) }
                return StoredWebhook(
                    id: id, document: DocumentRules.created(from: document, id: id, at: environment.now()))
            }
        }
        return Response(status: HTTPResponse.Status(code: status), json: webhook.document)
    }

    func update(_ id: String, body: [UInt8]) async throws -> Response {
        let document = try checked(body)
        guard WebhookID(rawValue: id) != nil else { throw notFound(id) }
        let environment = configuration.environment
        let webhook = try await inStore {
            try await store.update(id, of: organization) { stored in
                let stored = try JSON(parsing: stored)
                return StoredWebhook(
                    id: id,
                    document: DocumentRules.updated(stored, by: document, id: id, at: environment.now()))
            }
        }
        guard let webhook else { throw notFound(id) }
        return Response(status: .ok, json: webhook.document)
    }

    /// Succeeds for what is gone already, and for what never was.
    func delete(_ id: String) async throws -> Response {
        if WebhookID(rawValue: id) != nil {
            _ = try await inStore { try await store.delete(id, of: organization) }
        }
        return Response(status: .noContent)
    }

    /// The object of a body that may be stored.
    private func checked(_ body: [UInt8]) throws(APIProblem) -> JSONObject {
        let document = try RequestDocument.parse(body)
        let problems = SchemaCheck.problems(of: document, schema: configuration.schema)
        guard problems.isEmpty, let object = document.object else { throw .invalid(problems) }
        return object
    }

    private func notFound(_ id: String) -> APIProblem {
        .notFound("Webhook not found")
    }

    private func inStore<Result: Sendable>(_ operation: () async throws -> Result) async throws -> Result {
        do {
            return try await operation()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw StoreFailure(error)
        }
    }
}
