import LosslessJSON
import Shell
import WebhookAPI
import WebhookModel

/// The HTTP client as the shell's port wants it.
struct HTTPProfileService: ProfileService {
    let service: HTTPWebhookService
    /// Host and port of the proxy that it goes through.
    var proxy: String?

    var knownDialect: Profile.Dialect? { service.dialect.map(Profile.Dialect.init) }

    func look() async -> ServerLook {
        let look = await service.look()
        let page = look.page.map { ServerLook.Page(dialect: Profile.Dialect($0.dialect), webhooks: $0.webhooks) }
        return ServerLook(page: page, serverTime: look.serverTime, took: look.took, proxy: proxy)
    }

    var sandbox: (any SandboxService)? { HTTPSandboxService(service: service) }

    func close() async { await service.shutdown() }

    func list() async throws(ServiceError) -> [Webhook] { try await service.list() }
    func get(_ id: WebhookID) async throws(ServiceError) -> Webhook { try await service.get(id) }
    func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook {
        try await service.create(document, leaving: departure)
    }

    func update(_ id: WebhookID, to document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook
    {
        try await service.update(id, to: document, leaving: departure)
    }

    func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError) {
        try await service.delete(id, leaving: departure)
    }
}

extension Profile.Dialect {
    fileprivate init(_ dialect: ListDialect) {
        self = dialect == .array ? .array : .paged
    }
}
