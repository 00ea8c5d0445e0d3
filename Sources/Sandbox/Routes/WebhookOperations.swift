import Hummingbird
import LosslessJSON
import NIOCore
import WebhookModel

/// The operations of the API on one organization's webhooks.
struct WebhookOperations {
    let parts: ServerParts
    let organization: OrganizationID
    let faults: RequestFaults

    private var store: WebhookStore { parts.store }
    /// Remembers what webhooks were, for stale reads.
    private var board: FaultBoard { parts.faults }

    private static let notFound = APIProblem.notFound("Webhook not found")

    /// Every webhook of the organization in the order of insertion.
    func listAll() async throws -> Response {
        let batch = 1000
        let first = try await inStore { try await store.list(organization, from: .offset(0), limit: batch) }
        guard first.hasMore else {
            return Response(status: .ok, json: ByteBuffer(array: "[", shown(first.documents), "]"))
        }
        // A long list goes out as it is read, each part going on behind the last webhook of the one before.
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody { [self] writer in
                var slice = first
                try await writer.write(ByteBuffer(array: "[", shown(slice.documents), ""))
                while slice.hasMore {
                    slice = try await store.list(organization, from: .after(sequence: slice.lastSequence), limit: batch)
                    guard !slice.documents.isEmpty else { break }
                    try await writer.write(ByteBuffer(array: ",", shown(slice.documents), ""))
                }
                try await writer.write(ByteBuffer(string: "]"))
                try await writer.finish(nil)
            })
    }

    func listPage(_ query: ListQuery, where filter: ListFilter) async throws -> Response {
        var (slice, total) = try await inStore {
            try await store.page(organization, where: filter, from: query.start, limit: query.limit)
        }
        slice.documents = shown(slice.documents)
        return Response(status: .ok, json: ListPage(query: query, slice: slice, total: total).body)
    }

    func get(_ id: String) async throws -> Response {
        guard WebhookID(rawValue: id) != nil,
            let document = try await inStore({ try await store.document(id, of: organization) })
        else { throw Self.notFound }
        if faults.has(.staleRead), case .some(.none) = board.former(id, of: organization) { throw Self.notFound }
        return Response(status: .ok, json: faults.read(document, former: board.former(id, of: organization)))
    }

    func create(body: [UInt8], status: Int) async throws -> Response {
        let document = faults.written(try checked(body), over: nil)
        let format = parts.configuration.idFormat
        let environment = parts.configuration.environment
        let webhook = try await inStore {
            try await store.create(in: organization) { isTaken in
                var id = format.makeID(randomBytes: environment.randomBytes)
                while try isTaken(id) { id = format.makeID(randomBytes: environment.randomBytes) }
                return StoredWebhook(
                    id: id, document: DocumentRules.created(from: document, id: id, at: environment.now()))
            }
        }
        board.remember(nil, id: webhook.id, of: organization)
        return Response(status: HTTPResponse.Status(code: status), json: faults.read(webhook.document, former: nil))
    }

    /// Tells when it has enabled a webhook that was paused.
    func update(_ id: String, body: [UInt8], enabled: () async -> Void) async throws -> Response {
        let document = try checked(body)
        guard WebhookID(rawValue: id) != nil else { throw Self.notFound }
        let environment = parts.configuration.environment
        let faults = faults
        let replaced: ReplacedDocument?
        do {
            replaced = try await store.update(id, of: organization) { stored in
                let updated = DocumentRules.updated(
                    stored, by: faults.written(document, over: stored), id: id, at: environment.now())
                // A write that is lost is answered as if it had not been.
                if faults.has(.lostWrite) { throw LostWrite(document: updated.text(.compact)) }
                return updated
            }
        } catch let lost as LostWrite {
            return Response(status: .ok, json: lost.document)
        } catch {
            throw StoreFailure(error)
        }
        guard let replaced else { throw Self.notFound }
        board.remember(replaced.former, id: id, of: organization)
        if replaced.isEnabled { await enabled() }
        return Response(status: .ok, json: faults.read(replaced.text, former: nil))
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
        let problems = SchemaCheck.problems(of: document, schema: parts.configuration.schema)
        guard problems.isEmpty, let object = document.object else { throw .invalid(problems) }
        return object
    }

    /// Documents as they are read, faults included.
    private func shown(_ documents: [String]) -> [String] {
        guard faults.has(.staleRead) || faults.has(.maskedSecrets) || faults.has(.keptSecrets) else { return documents }
        return documents.map { document in
            let id = (try? JSON(parsing: document))?[Member.id]?.string ?? ""
            return faults.read(document, former: board.former(id, of: organization))
        }
    }
}
