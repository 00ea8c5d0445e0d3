import LosslessJSON
import Shell
import WebhookAPI
import WebhookModel

/// The HTTP client as the shell's port wants it.
struct HTTPProfileService: ProfileService {
    let service: HTTPWebhookService

    var knownDialect: Profile.Dialect? {
        switch service.dialect {
        case .array: .array
        case .paged: .paged
        case nil: nil
        }
    }

    var sandbox: (any SandboxService)? { HTTPSandboxService(service: service) }

    func close() async { await service.shutdown() }

    func list() async throws(ServiceError) -> [Webhook] { try await service.list() }
    func get(_ id: WebhookID) async throws(ServiceError) -> Webhook { try await service.get(id) }
    func create(_ document: JSON) async throws(ServiceError) -> Webhook { try await service.create(document) }

    func update(_ id: WebhookID, to document: JSON) async throws(ServiceError) -> Webhook {
        try await service.update(id, to: document)
    }

    func delete(_ id: WebhookID) async throws(ServiceError) { try await service.delete(id) }
}
